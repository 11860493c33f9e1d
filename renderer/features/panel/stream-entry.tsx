import { memo } from 'react';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { ActivityEntry } from '../../data/use-activity.ts';
import { formatTime } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import type { Reference } from '../../ui/reference.ts';
import { actorName, initials, isNamed, isOwnAccord } from './actor-name.ts';
import names from './stream.module.css';
import { WithMentions } from './with-mentions.tsx';

type Refs = Readonly<Record<string, Reference>>;
type Note = ActivityEntry['notes'][number];
type Change = ActivityEntry['changes'][number];

const AUDIENCE = {
  internal: { icon: 'lock', label: 'Work note', who: 'internal' },
  customer: { icon: 'person', label: 'Comment', who: 'the customer sees it' },
} as const;

/** Comments for the customer and work notes for ourselves look different at first sight, and say which they are. */
function NoteBlock({ note }: { note: Note }) {
  const { icon, label, who } = AUDIENCE[note.audience];
  return (
    <div className={names.note} data-audience={note.audience} data-removed={note.removed || undefined}>
      <div className={names.noteHead}>
        <Icon name={icon} size={12} />
        <span>
          {label} · {note.removed ? 'taken back' : who}
        </span>
      </div>
      <p className={names.noteText}>
        <WithMentions text={note.text} mentions={note.mentions} />
      </p>
    </div>
  );
}

function ChangeLine({ change, table }: { change: Change; table: TableName }) {
  const field = tableOf(table).fields[change.field];
  if (field === undefined) return null;
  return (
    <li className={names.change}>
      <span className={names.field}>
        {field.label}
        {change.byRule && <span className={names.byRule}> follows</span>}
      </span>
      <span className={names.values}>
        <span className={names.before}>
          <FieldValue field={field} value={change.before} table={table} />
        </span>
        <span aria-hidden="true">→</span>
        <span className={names.sr}>became</span>
        <span>
          <FieldValue field={field} value={change.after} table={table} />
        </span>
      </span>
    </li>
  );
}

const DONE = { create: 'created', close: 'closed', cancel: 'cancelled', reopen: 'reopened', delete: 'deleted' } as const;
/** Labels that say no more than what is shown anyway. */
const PLAIN = /^(Change|Create|Close|Cancel|Reopen|Delete) /;

function deed({ step, action, label, changes, notes }: ActivityEntry, kind: string): string {
  if (step === 'undo') return `took back “${label}”`;
  if (step === 'redo') return `did “${label}” again`;
  if (!PLAIN.test(label)) return label;
  if (action !== 'update') return `${DONE[action]} this ${kind}`;
  if (changes.length > 0) return changes.length === 1 ? 'changed a field' : `changed ${changes.length} fields`;
  return notes.some(({ audience }) => audience === 'customer') ? 'commented' : 'noted';
}

function Mark({ entry, name }: { entry: ActivityEntry; name: string }) {
  if (entry.step !== 'do') return <Icon name="undo" size={12} />;
  if (isOwnAccord(entry.by)) return <Icon name="refresh" size={12} />;
  return isNamed(entry.by) ? initials(name) : <Icon name="person" size={12} />;
}

type Props = {
  readonly entry: ActivityEntry;
  readonly table: TableName;
  readonly refs: Refs;
  readonly onTakeBack: (entry: ActivityEntry) => void;
};

/** One change set: who, what, when, from what to what. */
export const StreamEntry = memo(function StreamEntry({ entry, table, refs, onTakeBack }: Props) {
  const { reading } = useFormWorld();
  const name = actorName(entry.by, refs);
  const what = deed(entry, tableOf(table).label.toLowerCase());
  return (
    <li className={names.entry}>
      <span className={names.mark} aria-hidden="true">
        <Mark entry={entry} name={name} />
      </span>
      <div className={names.content}>
        <div className={names.head}>
          <span className={names.who}>
            <strong>{name}</strong> {what}
          </span>
          <time className={names.time} dateTime={entry.at}>
            {formatTime(entry.at, reading.timeZone)}
          </time>
          {entry.undoable && (
            <IconButton
              icon="undo"
              size={22}
              className={names.back ?? ''}
              label={`Take back: ${entry.label}`}
              onClick={() => onTakeBack(entry)}
            />
          )}
        </div>
        {entry.notes.map((note) => (
          <NoteBlock key={`${note.field} ${note.at} ${note.text.length}`} note={note} />
        ))}
        {entry.changes.length > 0 && (
          <ul className={names.changes}>
            {entry.changes.map((change) => (
              <ChangeLine key={change.field} change={change} table={table} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
});
