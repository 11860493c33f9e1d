import { Button, Kbd } from '@mantine/core';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { Failure, type FailureLike } from '../failure.tsx';
import { plural } from '../format.ts';
import { Icon } from '../icon.tsx';
import { FieldEditor } from './field-editor.tsx';
import { fieldSections, isWide, type NamedField } from './field-order.ts';
import { FieldValue } from './field-value.tsx';
import { FormWorldContext, useFormWorld } from './form-world.ts';
import { readDraft, toRaw, withValue, type RawValues } from './raw-values.ts';
import names from './record-form.module.css';

/** What is being typed, with the names of records that were picked: both survive a reload. */
export type FormDraft = {
  readonly values: RawValues;
  readonly picked: Readonly<Record<string, string>>;
  /** Revision of the record that the person saw when the typing began. */
  readonly baseRev?: number | undefined;
};
export const EMPTY_DRAFT: FormDraft = { values: {}, picked: {} };

type Props = {
  readonly table: TableName;
  /** Absent: a new record. */
  readonly row?: AnyRow | undefined;
  readonly draft: FormDraft;
  readonly onDraft: (draft: FormDraft) => void;
  readonly onSave: (patch: Readonly<Record<string, unknown>>) => void;
  readonly onCancel?: (() => void) | undefined;
  readonly saving: boolean;
  /** The engine's refusal; its field's message stands at the field. */
  readonly failure?: FailureLike | undefined;
  /** Only these fields, in sections as the dictionary has them. */
  readonly fields?: readonly string[] | undefined;
  readonly verb?: string;
  readonly columns?: 1 | 2;
  /** New records: the field that has the focus first. */
  readonly focusField?: string;
  readonly onOpenRecord?: (table: string, id: string) => void;
};

/**
 * Shows and edits a record, all from the dictionary. A new record shows every editor; a stored one shows values, and the one
 * that is clicked (or reached and pressed Enter) turns into its editor in place. Enter saves, Escape puts a field back.
 */
export function RecordForm(props: Props) {
  const {
    table,
    row,
    draft,
    onDraft,
    onSave,
    onCancel,
    saving,
    failure,
    fields,
    verb = 'Save',
    columns = 2,
    focusField,
    onOpenRecord,
  } = props;
  const world = useFormWorld();
  const id = useId();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const sections = useMemo(() => fieldSections(table, fields), [table, fields]);
  const known = useMemo(() => new Set(sections.flatMap((section) => section.fields.map(({ name }) => name))), [sections]);
  const { patch, problems } = useMemo(() => readDraft(table, draft.values, row, world.reading), [table, draft.values, row, world.reading]);
  const inner = useMemo(
    () => ({ ...world, nameOf: (of: TableName, key: string) => draft.picked[key] ?? world.nameOf(of, key) }),
    [world, draft.picked],
  );
  const changes = Object.keys(draft.values).length;
  const isNew = row === undefined;
  const refusedField = failure?.details?.field;

  const save = () => {
    setTried(true);
    if (saving || Object.keys(problems).length > 0) return;
    if (!isNew && Object.keys(patch).length === 0) return;
    onSave(patch);
    setOpened(new Set());
  };
  const close = (name: string) => {
    const { [name]: _dropped, ...values } = draft.values;
    onDraft({ ...draft, values });
    setOpened((before) => new Set([...before].filter((other) => other !== name)));
  };
  const discard = () => {
    onDraft(EMPTY_DRAFT);
    setOpened(new Set());
    setTried(false);
    onCancel?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    } else if (
      event.key === 'Enter' &&
      target instanceof HTMLInputElement &&
      target.getAttribute('aria-expanded') !== 'true' &&
      target.type !== 'checkbox'
    ) {
      event.preventDefault();
      save();
    } else if (event.key === 'Escape' && !isNew && !event.defaultPrevented && target instanceof HTMLElement) {
      const name = target.closest<HTMLElement>('[data-field]')?.dataset['field'];
      if (name === undefined || !isOpen(name)) return;
      event.preventDefault();
      event.stopPropagation();
      close(name);
    }
  };
  const isOpen = (name: string) => isNew || opened.has(name) || draft.values[name] !== undefined;

  const line = ({ name, field }: NamedField) => {
    const labelId = `${id}-${name}`;
    const stored = toRaw(field, row?.[name], world.reading);
    const start = isNew && field.default !== undefined ? toRaw(field, field.default, world.reading) : stored;
    const editing = field.readOnly !== true && isOpen(name);
    const isTouched = draft.values[name] !== undefined;
    const problem =
      refusedField === name
        ? failure?.message
        : tried || (isTouched && problems[name] !== undefined && !isNew)
          ? problems[name]
          : undefined;
    const hint = field.help === undefined ? undefined : `${labelId}-help`;
    return (
      <div
        key={name}
        className={names.line}
        data-field={name}
        data-wide={isWide(field) || undefined}
        data-changed={(!isNew && isTouched) || undefined}
      >
        <span id={labelId} className={names.label}>
          {field.label}
          {field.isMandatory && editing && (
            <span className={names.asterisk} title="Must be filled in">
              *
            </span>
          )}
        </span>
        <div className={names.value}>
          {editing ? (
            <FieldEditor
              field={field}
              raw={draft.values[name] ?? start}
              problem={problem}
              describedBy={hint}
              autoFocus={isNew ? name === focusField : opened.has(name) && draft.values[name] === undefined}
              onChange={(raw, picked) =>
                onDraft({
                  ...draft,
                  baseRev: draft.baseRev ?? row?.rev,
                  values: withValue(draft.values, name, raw, start),
                  picked: picked ? { ...draft.picked, ...Object.fromEntries(picked.map((one) => [one.id, one.label])) } : draft.picked,
                })
              }
            />
          ) : field.readOnly === true || isNew ? (
            <span className={names.fixed}>
              <FieldValue field={field} value={row?.[name]} table={table} />
            </span>
          ) : (
            <div className={names.shown}>
              <FieldValue field={field} value={row[name]} table={table} />
              <button
                type="button"
                className={names.edit}
                aria-label={`Edit ${field.label}`}
                onClick={() => setOpened((before) => new Set([...before, name]))}
              >
                <Icon name="pencil" size={13} />
              </button>
            </div>
          )}
          {field.help !== undefined && editing && (
            <span id={hint} className={names.help}>
              {field.help}
            </span>
          )}
        </div>
      </div>
    );
  };

  const showsBar = isNew || changes > 0;
  const generalFailure = failure && (refusedField === undefined || !known.has(refusedField)) ? failure : undefined;
  return (
    <FormWorldContext value={inner}>
      <form
        noValidate
        aria-label={`${tableOf(table).label} fields`}
        className={names.form}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {generalFailure && <Failure failure={generalFailure} {...(onOpenRecord ? { onOpen: onOpenRecord } : {})} />}
        {sections.map((section) => {
          const lines = section.fields.filter(({ name, field }) => field.readOnly !== true || row?.[name] !== undefined);
          // what rules set says nothing while it holds only switches: "active" beside a state that says the same
          if (lines.every(({ field }) => field.readOnly === true && field.kind === 'boolean')) return null;
          return (
            <fieldset key={section.title} className={names.section} data-columns={columns}>
              <legend className={section.title === 'Details' ? names.first : names.legend}>{section.title}</legend>
              <div className={names.grid}>{lines.map(line)}</div>
            </fieldset>
          );
        })}
        {showsBar && (
          <div className={names.bar}>
            <span role="status">{isNew ? '' : plural(changes, 'change')}</span>
            {tried && Object.keys(problems).length > 0 && (
              <span className={names.barProblem}>
                {Object.values(problems).length === 1
                  ? Object.values(problems)[0]
                  : `${Object.keys(problems).length} fields need attention`}
              </span>
            )}
            <Button onClick={discard}>{isNew ? 'Cancel' : 'Discard'}</Button>
            <Button type="submit" variant="filled" loading={saving} rightSection={<Kbd className={names.kbd}>Ctrl ↵</Kbd>}>
              {verb}
            </Button>
          </div>
        )}
      </form>
    </FormWorldContext>
  );
}
