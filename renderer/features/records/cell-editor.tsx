import { useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Field, FieldKind } from '#shared/model/field.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import type { EditEnd } from '../../ui/data-list/types.ts';
import { FieldEditor } from '../../ui/record-form/field-editor.tsx';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { readRaw, toRaw, type RawValue } from '../../ui/record-form/raw-values.ts';
import names from './list.module.css';
import type { ListedRecord } from './record-columns.tsx';

const EDITED: ReadonlySet<FieldKind> = new Set([
  'text',
  'email',
  'url',
  'choice',
  'reference',
  'date',
  'instant',
  'money',
  'number',
  'integer',
  'percent',
  'boolean',
  'tags',
]);

/** The field of a cell that can be edited in its place. */
export function editableField(table: TableName, path: string): Field | undefined {
  const { fields } = tableOf(table);
  const field = Object.hasOwn(fields, path) ? fields[path] : undefined;
  return field !== undefined && field.readOnly !== true && EDITED.has(field.kind) ? field : undefined;
}

type Props = {
  readonly table: TableName;
  readonly record: ListedRecord;
  readonly path: string;
  readonly field: Field;
  readonly onEnd: (end: EditEnd) => void;
};

/** A cell while it is edited: Enter saves, Tab saves and goes on, Escape leaves it as it was. What cannot be saved says why. */
export function CellEditor({ table, record, path, field, onEnd }: Props) {
  const { reading } = useFormWorld();
  const { row, label } = record;
  const stored = toRaw(field, row[path], reading);
  const [raw, setRaw] = useState<RawValue>(stored);
  const [problem, setProblem] = useState<string>();
  const update = useCommand('records.update');
  const { toastSaved } = useUndo();
  const over = useRef(false);
  const end = (how: EditEnd) => {
    over.current = true;
    onEnd(how);
  };

  const save = (how: EditEnd) => {
    if (over.current || update.busy) return;
    if (JSON.stringify(raw) === JSON.stringify(stored)) return end(how);
    const read = readRaw(field, raw, reading);
    if ('problem' in read) return setProblem(read.problem);
    update.run({ table, id: row.id, patch: { [path]: read.value ?? null }, baseRev: row.rev }, ({ changeSetId }) => {
      toastSaved(`${field.label} of ${label} saved`, changeSetId);
      end(how);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // a list of choices that is open takes its own keys
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    const how: EditEnd | undefined =
      event.key === 'Enter' ? 'stay' : event.key === 'Tab' ? (event.shiftKey ? 'before' : 'next') : undefined;
    if (how === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (how === undefined) end('stay');
    else save(how);
  };
  const onBlur = (event: FocusEvent<HTMLDivElement>) => {
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
    // the window lost the focus, not the cell
    if (document.hasFocus()) save('leave');
  };
  const refusal = problem ?? update.error?.message;
  return (
    <div className={names.editor} onKeyDown={onKeyDown} onBlur={onBlur}>
      <FieldEditor
        field={field}
        raw={raw}
        autoFocus
        onChange={(next) => {
          setRaw(next);
          setProblem(undefined);
          if (update.error) update.clearError();
        }}
      />
      {refusal !== undefined && (
        <p role="alert" className={names.refusal}>
          {refusal}
        </p>
      )}
    </div>
  );
}
