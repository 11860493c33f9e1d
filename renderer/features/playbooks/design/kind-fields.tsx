import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { PlaybookActivity } from '#shared/domain/playbooks/definition.ts';
import { tablesOfField } from '#shared/model/any-reference.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import names from '../player.module.css';
import { keyFor } from './edit-steps.ts';
import { MailFields, MailsFields, SuggestedTasks } from './template-fields.tsx';

type Props = { readonly table: TableName; readonly activity: PlaybookActivity; readonly onChange: (activity: PlaybookActivity) => void };

const TEAM_OF = { responsibilities: 'customerTeam', accountTeam: 'accountTeam', squad: 'squad' } as const;

/** Fields of the record that people fill in, each with a box. */
function FieldBoxes({
  table,
  label,
  chosen,
  onChange,
}: {
  readonly table: TableName;
  readonly label: string;
  readonly chosen: readonly string[];
  readonly onChange: (fields: string[]) => void;
}) {
  const fields = Object.entries(tableOf(table).fields).filter(([, { readOnly, kind }]) => readOnly !== true && kind !== 'journal');
  return (
    <fieldset className={names.boxes}>
      <legend>{label}</legend>
      {fields.map(([name, field]) => (
        <Checkbox
          key={name}
          size="xs"
          label={field.label}
          checked={chosen.includes(name)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, name] : chosen.filter((one) => one !== name))}
        />
      ))}
    </fieldset>
  );
}

type Item = { readonly key: string; readonly label: string };

/** Lines that are added, renamed and taken out: items of a checklist, answers of a decision. */
function Lines<I extends Item>({
  label,
  items,
  fresh,
  onChange,
}: {
  readonly label: string;
  readonly items: readonly I[];
  readonly fresh: (item: Item) => I;
  readonly onChange: (items: I[]) => void;
}) {
  return (
    <fieldset className={names.boxes}>
      <legend>{label}</legend>
      {items.map((item, at) => (
        <div key={item.key} className={names.adding}>
          <TextInput
            aria-label={`${label} ${at + 1}`}
            value={item.label}
            onChange={(event) => onChange(items.map((one) => (one.key === item.key ? { ...one, label: event.currentTarget.value } : one)))}
          />
          <IconButton
            icon="close"
            size={22}
            label={`Take ${item.label} out`}
            onClick={() => onChange(items.filter((one) => one.key !== item.key))}
          />
        </div>
      ))}
      <Button
        size="xs"
        onClick={() => {
          const next = `New ${items.length + 1}`;
          onChange([...items, fresh({ key: keyFor(next, new Set(items.map(({ key }) => key))), label: next })]);
        }}
      >
        Add a line
      </Button>
    </fieldset>
  );
}

/** What an activity of each kind has of its own. */
export function KindFields({ table, activity, onChange }: Props) {
  const referring = Object.entries(tableOf(table).fields).filter(
    ([, field]) => tablesOfField(field).length > 0 && field.kind !== 'references',
  );
  switch (activity.kind) {
    case 'form':
      return (
        <>
          <FieldBoxes
            table={table}
            label="Fields"
            chosen={activity.fields}
            onChange={(fields) => onChange({ ...activity, fields, mandatory: activity.mandatory.filter((one) => fields.includes(one)) })}
          />
          <FieldBoxes
            table={table}
            label="Of these have to be filled in"
            chosen={activity.mandatory}
            onChange={(mandatory) => onChange({ ...activity, mandatory })}
          />
        </>
      );
    case 'summary':
      return <FieldBoxes table={table} label="Fields" chosen={activity.fields} onChange={(fields) => onChange({ ...activity, fields })} />;
    case 'choose':
    case 'view': {
      const field = tableOf(table).fields[activity.field];
      const [into] = field === undefined ? [] : tablesOfField(field);
      return (
        <>
          <NativeSelect
            label="Field"
            value={activity.field}
            onChange={(event) => {
              const next = event.currentTarget.value;
              onChange(activity.kind === 'choose' ? { ...activity, field: next, create: [] } : { ...activity, field: next });
            }}
            data={referring.map(([value, { label }]) => ({ value, label }))}
          />
          {activity.kind === 'choose' && into !== undefined && (
            <FieldBoxes
              table={into}
              label="A new one can be created with these fields"
              chosen={activity.create}
              onChange={(create) => onChange({ ...activity, create })}
            />
          )}
        </>
      );
    }
    case 'mail':
      return (
        <>
          <MailFields mail={activity.mail} onChange={(mail) => onChange({ ...activity, mail })} />
          <Checkbox
            label="With a task that closes itself"
            checked={activity.task !== undefined}
            onChange={(event) => {
              const { task: _task, ...rest } = activity;
              onChange(event.currentTarget.checked ? { ...rest, task: { subject: activity.label } } : rest);
            }}
          />
        </>
      );
    case 'responsibilities':
    case 'accountTeam':
    case 'squad':
      return <MailsFields mails={activity.mails} to={TEAM_OF[activity.kind]} onChange={(mails) => onChange({ ...activity, mails })} />;
    case 'tasks':
    case 'taskGate':
      return <SuggestedTasks tasks={activity.suggested} onChange={(suggested) => onChange({ ...activity, suggested })} />;
    case 'task':
    case 'dataImport':
      return (
        <>
          <TextInput
            label="Subject of the task"
            value={activity.task.subject}
            onChange={(event) => onChange({ ...activity, task: { ...activity.task, subject: event.currentTarget.value } })}
          />
          {activity.kind === 'dataImport' && (
            <TextInput
              label="Brings in"
              value={activity.intoTable}
              onChange={(event) => onChange({ ...activity, intoTable: event.currentTarget.value })}
            />
          )}
        </>
      );
    case 'checklist':
      return (
        <Lines
          label="Items"
          items={activity.items}
          fresh={(item) => ({ ...item, optional: false })}
          onChange={(items) => onChange({ ...activity, items })}
        />
      );
    case 'decision':
      return (
        <>
          <TextInput
            label="Question"
            value={activity.question}
            onChange={(event) => onChange({ ...activity, question: event.currentTarget.value })}
          />
          <Lines
            label="Answers"
            items={activity.options}
            fresh={(item) => item}
            onChange={(options) => onChange({ ...activity, options })}
          />
        </>
      );
    case 'customerTeam':
    case 'comment':
    case 'note':
    case 'meetingGate':
    case 'close':
      return null;
  }
}
