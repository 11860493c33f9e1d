import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { choicesIn } from '#shared/domain/choices.ts';
import type { AppError } from '#shared/errors/app-error.ts';
import { CADENCES, meeting as meetingTable } from '#shared/model/tables/meeting.ts';
import { useChoices } from '../../data/use-choices.ts';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { readDraft, type MeetingDraft, type Read, type Repeats } from './meeting-draft.ts';
import names from './meetings.module.css';

type Props = {
  readonly opened: boolean;
  readonly title: string;
  readonly verb: string;
  readonly start: MeetingDraft;
  readonly today: string;
  /** On whose clock the time is typed. */
  readonly zone: string;
  /** Whether it can be repeated: a new one can. */
  readonly repeating: boolean;
  readonly busy: boolean;
  readonly failure: AppError | undefined;
  readonly children?: ReactNode;
  readonly onSave: (draft: MeetingDraft, times: Read) => void;
  readonly onClose: () => void;
};

const REPEATS: readonly { readonly value: Repeats; readonly label: string }[] = [
  { value: 'once', label: 'Once' },
  // Object.entries loses the literal type of a constant object's keys
  ...Object.entries(CADENCES).map(([value, label]) => ({ value: value as keyof typeof CADENCES, label })),
];

function MeetingForm({ verb, start, today, zone, repeating, busy, failure, children, onSave, onClose }: Omit<Props, 'opened' | 'title'>) {
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const choices = useChoices();
  const read = readDraft(draft, today, zone);
  const problemOf = (field: keyof MeetingDraft) => (tried && 'field' in read && read.field === field ? read.problem : undefined);
  const set = (part: Partial<MeetingDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = () => {
    setTried(true);
    if (!('field' in read)) onSave(draft, read);
  };
  return (
    <form
      noValidate
      className={names.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
      }}
    >
      {failure && <Failure failure={failure} />}
      {children}
      <TextInput
        label="Subject"
        required
        data-autofocus
        value={draft.subject}
        error={problemOf('subject')}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <div className={names.triple}>
        <DateField label="Day" required value={draft.day} today={today} error={problemOf('day')} onChange={(day) => set({ day })} />
        <TextInput
          label="Time"
          required
          value={draft.time}
          error={problemOf('time')}
          onChange={(event) => set({ time: event.currentTarget.value })}
        />
        <TextInput
          label="Minutes"
          required
          value={draft.minutes}
          error={problemOf('minutes')}
          onChange={(event) => set({ minutes: event.currentTarget.value })}
        />
      </div>
      <p className={names.quiet}>On the clock of {zone}</p>
      <div className={names.pair}>
        <NativeSelect
          label="Type"
          value={draft.type}
          onChange={(event) => set({ type: event.currentTarget.value })}
          data={choicesIn(choices, meetingTable.fields.type)
            .filter(({ active }) => active)
            .map(({ value, label }) => ({ value, label }))}
        />
        {repeating && (
          <NativeSelect
            label="Repeats"
            value={draft.repeats}
            onChange={(event) => set({ repeats: REPEATS.find(({ value }) => value === event.currentTarget.value)?.value ?? 'once' })}
            data={[...REPEATS]}
          />
        )}
      </div>
      {repeating && draft.repeats !== 'once' && (
        <DateField
          label="Repeat until"
          required
          value={draft.until}
          today={today}
          error={problemOf('until')}
          onChange={(until) => set({ until })}
        />
      )}
      <TextInput label="Meeting link" value={draft.link} onChange={(event) => set({ link: event.currentTarget.value })} />
      <Textarea
        label="Agenda"
        autosize
        minRows={2}
        maxRows={8}
        value={draft.agenda}
        onChange={(event) => set({ agenda: event.currentTarget.value })}
      />
      <Group justify="flex-end" gap="xs">
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" variant="filled" loading={busy}>
          {verb}
        </Button>
      </Group>
    </form>
  );
}

/** Plans a meeting or changes one; it is drawn all the time, so that the focus goes back where it came from (TCH-02, TCH-03). */
export function MeetingDialog({ opened, title, ...form }: Props) {
  return (
    <Dialog opened={opened} title={title} onClose={form.onClose} size={520}>
      <MeetingForm {...form} />
    </Dialog>
  );
}
