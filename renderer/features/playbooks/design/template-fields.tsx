import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { MailTemplate, TaskTemplate } from '#shared/domain/playbooks/definition.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import names from '../player.module.css';

const TO = {
  contact: 'The contact of the record',
  primary: 'The primary contact',
  customerTeam: 'The customer’s team',
  accountTeam: 'The account team',
  squad: 'The squad',
} as const satisfies Readonly<Record<MailTemplate['to'], string>>;

type MailProps = { readonly mail: MailTemplate; readonly onChange: (mail: MailTemplate) => void };

/** To whom a mail goes, and what it says. */
export function MailFields({ mail, onChange }: MailProps) {
  return (
    <>
      <NativeSelect
        label="To"
        value={mail.to}
        data={Object.entries(TO).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const to = (Object.keys(TO) as MailTemplate['to'][]).find((one) => one === event.currentTarget.value); // its own keys
          if (to) onChange({ ...mail, to });
        }}
      />
      <TextInput label="Subject" value={mail.subject} onChange={(event) => onChange({ ...mail, subject: event.currentTarget.value })} />
      <Textarea
        label="Text"
        description="Words in braces, such as {account}, are filled in."
        autosize
        minRows={3}
        value={mail.body}
        onChange={(event) => onChange({ ...mail, body: event.currentTarget.value })}
      />
    </>
  );
}

type MailsProps = {
  readonly mails: readonly MailTemplate[];
  readonly to: MailTemplate['to'];
  readonly onChange: (mails: MailTemplate[]) => void;
};

/** Mails that are queued when an activity is complete. */
export function MailsFields({ mails, to, onChange }: MailsProps) {
  return (
    <fieldset className={names.boxes}>
      <legend>Mails when it is complete</legend>
      {mails.map((mail, at) => (
        <div key={at} className={names.body}>
          <MailFields mail={mail} onChange={(next) => onChange(mails.map((one, place) => (place === at ? next : one)))} />
          <Button size="xs" onClick={() => onChange(mails.filter((_, place) => place !== at))}>
            Take the mail “{mail.subject}” out
          </Button>
        </div>
      ))}
      {mails.length < 5 && (
        <Button size="xs" onClick={() => onChange([...mails, { to, subject: 'You are on the team', body: '' }])}>
          Add a mail
        </Button>
      )}
    </fieldset>
  );
}

type TasksProps = { readonly tasks: readonly TaskTemplate[]; readonly onChange: (tasks: TaskTemplate[]) => void };

/** Tasks that are offered to be created. */
export function SuggestedTasks({ tasks, onChange }: TasksProps) {
  return (
    <fieldset className={names.boxes}>
      <legend>Suggested tasks</legend>
      {tasks.map((task, at) => (
        <div key={at} className={names.adding}>
          <TextInput
            aria-label={`Suggested task ${at + 1}`}
            value={task.subject}
            onChange={(event) => onChange(tasks.map((one, place) => (place === at ? { ...one, subject: event.currentTarget.value } : one)))}
          />
          <IconButton
            icon="close"
            size={24}
            label={`Take ${task.subject} out`}
            onClick={() => onChange(tasks.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      <Button size="xs" onClick={() => onChange([...tasks, { subject: `Task ${tasks.length + 1}` }])}>
        Add a task
      </Button>
    </fieldset>
  );
}
