import { Button } from '@mantine/core';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { Icon } from '../icon.tsx';
import type { Reference } from '../reference.ts';
import { FieldEditor } from './field-editor.tsx';
import { isWide, type NamedField } from './field-order.ts';
import { FieldValue } from './field-value.tsx';
import type { RawValue } from './raw-values.ts';
import names from './record-form.module.css';

type Props = {
  readonly id: string;
  readonly table: TableName;
  readonly named: NamedField;
  readonly row: AnyRow | undefined;
  /** What stands in the editor. */
  readonly raw: RawValue;
  readonly isEditing: boolean;
  readonly isTouched: boolean;
  readonly problem: string | undefined;
  readonly autoFocus: boolean;
  /** Who changed the field while it was being edited; the stored value is theirs. */
  readonly overtaken: boolean;
  /** What the rules will put here when it is saved. */
  readonly follows: unknown;
  readonly onOpen: () => void;
  readonly onChange: (raw: RawValue, picked?: readonly Reference[]) => void;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
};

/** A change by someone else, shown where it matters: at the field that is being edited. */
function Overtaken({ table, named: { name, field }, row, onTheirs, onMine }: Props) {
  return (
    <div className={names.overtaken} role="alert">
      <span>
        Changed meanwhile to{' '}
        <strong>{row?.[name] === undefined ? 'nothing' : <FieldValue field={field} value={row[name]} table={table} />}</strong>
      </span>
      <Button size="compact-xs" onClick={onTheirs} aria-label={`Take it: the new value of ${field.label}`}>
        Take it
      </Button>
      <Button size="compact-xs" onClick={onMine} aria-label={`Keep mine: what I typed in ${field.label}`}>
        Keep mine
      </Button>
    </div>
  );
}

function Shown({ table, named: { name, field }, row, onOpen, follows }: Props) {
  if (field.readOnly === true || row === undefined) {
    return (
      <span
        className={names.fixed}
        data-follows={follows !== undefined || undefined}
        title={follows === undefined ? undefined : 'Filled in by itself'}
      >
        <FieldValue field={field} value={follows ?? row?.[name]} table={table} />
      </span>
    );
  }
  return (
    <div className={names.shown}>
      <FieldValue field={field} value={row[name]} table={table} />
      <button type="button" className={names.edit} aria-label={`Edit ${field.label}`} onClick={onOpen}>
        <Icon name="pencil" size={13} />
      </button>
    </div>
  );
}

/** One field of a form: its name and its value, or its editor with what is wrong and what helps. */
export function FormLine(props: Props) {
  const { id, table, named, row, raw, isEditing, isTouched, problem, autoFocus, overtaken, follows, onChange } = props;
  const { name, field } = named;
  const help = `${id}-${name}-help`;
  const showsFollows = isEditing && follows !== undefined && (raw === '' || raw === false);
  return (
    <div
      className={names.line}
      data-field={name}
      data-wide={isWide(field) || undefined}
      data-changed={(row !== undefined && isTouched) || undefined}
      data-problem={problem !== undefined || undefined}
    >
      <span className={names.label}>
        {field.label}
        {field.isMandatory && isEditing && (
          <span className={names.asterisk} title="Must be filled in">
            *
          </span>
        )}
      </span>
      <div className={names.value}>
        {isEditing ? (
          <FieldEditor
            field={field}
            raw={raw}
            problem={problem}
            describedBy={field.help === undefined ? undefined : help}
            autoFocus={autoFocus}
            onChange={onChange}
          />
        ) : (
          <Shown {...props} />
        )}
        {overtaken && <Overtaken {...props} />}
        {showsFollows && (
          <span className={names.help}>
            Left empty it becomes <FieldValue field={field} value={follows} table={table} />.
          </span>
        )}
        {field.help !== undefined && isEditing && (
          <span id={help} className={names.help}>
            {field.help}
          </span>
        )}
      </div>
    </div>
  );
}
