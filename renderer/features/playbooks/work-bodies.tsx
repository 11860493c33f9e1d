import { Button, Checkbox, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { TASK_LINKS, type PlayedTable } from '#shared/domain/playbooks/task-links.ts';
import { tableOf, type AnyRow } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { newRecordAddress, recordAddress } from '../../state/addresses.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { MentionArea } from '../../ui/mention-area.tsx';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { plainText, plainTexts } from '../../ui/record-form/plain-text.ts';
import { Facts } from '../../ui/facts.tsx';
import { parsed } from './activity-input.ts';
import { toFirstField } from './first-field.ts';
import names from './player.module.css';
import type { ActivityWork, Played } from './use-activity.ts';

export type BodyProps = {
  readonly work: ActivityWork;
  readonly played: Played;
  readonly table: PlayedTable;
  readonly row: AnyRow;
  readonly label: string;
  /** ID of the run. */
  readonly run: string;
};
type Of<K extends Played['activity']['kind']> = Extract<Played['activity'], { readonly kind: K }>;

/** A text: for the customer, or among us. */
export function TextBody({ work, played }: BodyProps) {
  const { lookup } = useFormWorld();
  const forCustomer = played.activity.kind === 'comment';
  return (
    <MentionArea
      label={forCustomer ? 'Comment: the customer reads it' : 'Work note: internal only'}
      showLabel
      value={plainText(work.values['text'])}
      onChange={(text) => work.put('text', text)}
      lookup={lookup}
      minRows={4}
    />
  );
}

/** Records that a gate waits for, or that an activity is about. */
function Links({ refs }: { readonly refs: Played['open'] }) {
  return (
    <ul className={names.entries}>
      {refs.map((ref) => (
        <li key={ref.id}>
          <a href={recordAddress(ref.table, ref.id)}>{ref.label}</a>
          <span className={names.quiet}>{[tableOf(ref.table).label, ref.number].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}

/** One task more, by its subject. */
function QuickTask({ table, row, label, played }: Pick<BodyProps, 'table' | 'row' | 'label' | 'played'>) {
  const { suggested } = played.activity as Of<'taskGate'>; // shown for this kind alone
  const [subject, setSubject] = useState('');
  const { run, busy, error } = useCommand('records.create');
  const { toastSaved } = useUndo();
  const link = TASK_LINKS[table];
  const up = tableOf(link.table).fields[link.up]?.kind === 'anyReference' ? `${table}/${row.id}` : row.id;
  const create = () => {
    if (subject.trim() === '' || busy) return;
    const values = { [link.title]: subject.trim(), description: subject.trim(), [link.up]: up };
    run({ table: link.table, values }, ({ changeSetId }) => {
      setSubject('');
      toastSaved('Task created', changeSetId);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    create();
  };
  return (
    <>
      {error && <Failure failure={error} />}
      <div className={names.adding} onKeyDown={onKeyDown}>
        <TextInput label={`New task of ${label}`} value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
        <Button
          disabled={subject.trim() === ''}
          loading={busy}
          onClick={(event) => {
            create();
            toFirstField(event);
          }}
        >
          Create task
        </Button>
        {suggested.map((one) => (
          <Button
            key={one.subject}
            variant="subtle"
            onClick={(event) => {
              setSubject(one.subject);
              toFirstField(event);
            }}
          >
            “{one.subject}”
          </Button>
        ))}
      </div>
    </>
  );
}

export function TaskGateBody({ played, table, row, label }: BodyProps) {
  return (
    <>
      <p className={names.quiet}>{played.open.length === 0 ? 'No task is open.' : 'It goes on once these are closed or cancelled:'}</p>
      <Links refs={played.open} />
      <QuickTask table={table} row={row} label={label} played={played} />
    </>
  );
}

export function MeetingGateBody({ played, table, row, label }: BodyProps) {
  const about = `${table}/${row.id}`;
  return (
    <>
      <p className={names.quiet}>
        {played.open.length === 0 ? 'No meeting is open.' : 'It goes on once these are completed or cancelled:'}
      </p>
      <Links refs={played.open} />
      <Button component="a" href={newRecordAddress('meeting', { about }, { [about]: label })}>
        Plan a meeting
      </Button>
    </>
  );
}

export function MailBody({ work, played }: BodyProps) {
  const { mail } = played;
  const to = mail?.to ?? [];
  return (
    <>
      <p className={names.quiet}>
        {to.length === 0
          ? 'To nobody yet: choose the contact of the record, or skip the mail.'
          : `To ${to.map(({ label }) => label).join(', ')}`}
      </p>
      {played.record && <Links refs={[played.record]} />}
      <TextInput
        label="Subject"

        value={plainText(work.values['subject'] ?? mail?.subject)}
        onChange={(event) => work.put('subject', event.currentTarget.value)}
      />
      <Textarea
        label="Text"
        autosize
        minRows={5}
        maxRows={14}
        value={plainText(work.values['body'] ?? mail?.body)}
        onChange={(event) => work.put('body', event.currentTarget.value)}
      />
    </>
  );
}

/** What an activity is about, to be looked at or ended elsewhere. */
export function ViewBody({ played }: BodyProps) {
  return played.record ? <Links refs={[played.record]} /> : <p className={names.quiet}>There is no such record yet.</p>;
}

/** The import screen, for this very activity. */
function importAddress({ run, played, table, row }: BodyProps): string {
  const search = new URLSearchParams({ run, activity: played.activity.key, about: `${table}/${row.id}` });
  return `#/import?${search.toString()}`;
}

export function TaskBody(props: BodyProps) {
  const { work, played } = props;
  return (
    <>
      {played.record && <Links refs={[played.record]} />}
      {played.activity.kind === 'dataImport' && (
        <Button component="a" href={importAddress(props)}>
          Open the import
        </Button>
      )}
      <Textarea
        label="Close notes"
        description="They close its task; empty, the activity’s name is noted."

        autosize
        minRows={2}
        value={plainText(work.values['closeNotes'])}
        onChange={(event) => work.put('closeNotes', event.currentTarget.value)}
      />
    </>
  );
}

export function ChecklistBody({ work, played }: BodyProps) {
  const { items } = played.activity as Of<'checklist'>; // shown for this kind alone
  const checked = plainTexts(work.values['checked']);
  return (
    <Stack gap={12} role="group" aria-label={played.activity.label}>
      {items.map(({ key, label, optional }) => (
        <Checkbox
          key={key}
          label={optional ? `${label} (optional)` : label}

          checked={checked.includes(key)}
          onChange={(event) => work.put('checked', event.currentTarget.checked ? [...checked, key] : checked.filter((one) => one !== key))}
        />
      ))}
    </Stack>
  );
}

export function DecisionBody({ work, played }: BodyProps) {
  const { question, options } = played.activity as Of<'decision'>; // as above
  return (
    <Radio.Group label={question} value={plainText(work.values['option'])} onChange={(value) => work.put('option', value)}>
      <Stack gap={12} mt={6}>
        {options.map(({ key, label }) => (
          <Radio key={key} value={key} label={label} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

export function TasksBody({ work, played }: BodyProps) {
  const { suggested } = played.activity as Of<'tasks'>; // as above
  const [subject, setSubject] = useState('');
  const entries = plainTexts(work.values['tasks']);
  const add = (text: string, description?: string) =>
    work.put('tasks', [...entries, JSON.stringify({ subject: text, ...(description === undefined ? {} : { description }) })]);
  const take = () => {
    if (subject.trim() === '') return;
    add(subject.trim());
    setSubject('');
  };
  return (
    <>
      {entries.length > 0 && (
        <ul className={names.entries}>
          {entries.map((entry) => {
            // this screen wrote it
            const { subject: text } = parsed(entry) as { readonly subject: string };
            return (
              <li key={entry}>
                <span>{text}</span>
                <IconButton
                  icon="close"
                  size={22}
                  label={`Take ${text} out`}
                  onClick={(event) => {
                    work.put(
                      'tasks',
                      entries.filter((other) => other !== entry),
                    );
                    toFirstField(event);
                  }}
                />
              </li>
            );
          })}
        </ul>
      )}
      <div
        className={names.adding}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          take();
        }}
      >
        <TextInput label="Task" value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
        <Button
          disabled={subject.trim() === ''}
          onClick={(event) => {
            take();
            toFirstField(event);
          }}
        >
          Add
        </Button>
        {suggested.map((one) => (
          <Button
            key={one.subject}
            variant="subtle"
            onClick={(event) => {
              add(one.subject, one.description);
              toFirstField(event);
            }}
          >
            Add “{one.subject}”
          </Button>
        ))}
      </div>
    </>
  );
}

export function SummaryBody({ played, table, row }: BodyProps) {
  const { fields } = played.activity as Of<'summary'>; // as above
  const kind = tableOf(table);
  const facts = fields.flatMap((name) => {
    const field = kind.fields[name];
    return field === undefined ? [] : [{ label: field.label, value: <FieldValue field={field} value={row[name]} table={table} /> }];
  });
  return <Facts layout="column" facts={facts} />;
}

export function CloseBody({ work, table }: BodyProps) {
  const { lifecycle, fields } = tableOf(table);
  const codes = Object.entries(lifecycle?.closureCodes ?? {}).filter(([code]) => code !== lifecycle?.cancelledCode);
  return (
    <>
      <NativeSelect
        label={fields['closureCode']?.label ?? 'Closure code'}
        required
        withAsterisk

        value={plainText(work.values['closureCode'])}
        onChange={(event) => work.put('closureCode', event.currentTarget.value)}
      >
        <option value="">Choose…</option>
        {codes.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </NativeSelect>
      <Textarea
        label="Close notes"
        required
        withAsterisk
        autosize
        minRows={3}
        value={plainText(work.values['closeNotes'])}
        onChange={(event) => work.put('closeNotes', event.currentTarget.value)}
      />
    </>
  );
}
