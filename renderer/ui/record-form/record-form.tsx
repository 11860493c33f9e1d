import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { Failure, type FailureLike } from '../failure.tsx';
import { fieldSections, type NamedField } from './field-order.ts';
import { FormBar, KeptNotice, ProblemSummary } from './form-bar.tsx';
import { EMPTY_DRAFT, insisted, isOvertaken, typed, untyped, type FormDraft } from './form-draft.ts';
import { FormLine } from './form-line.tsx';
import { FormWorldContext, useFormWorld } from './form-world.ts';
import { readDraft, toRaw } from './raw-values.ts';
import names from './record-form.module.css';

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
  /** Fields that are needed here though the record can do without them. */
  readonly needed?: readonly string[] | undefined;
  readonly verb?: string;
  readonly columns?: 1 | 2;
  /** New records: the field that has the focus first. */
  readonly focusField?: string;
  /** Every field as its editor, not only those that were opened. */
  readonly wholeForm?: boolean;
  /** The record is only shown: the person may not change it. */
  readonly locked?: boolean;
  /** When the draft was typed, where that was before this form was opened. */
  readonly keptSince?: string | undefined;
  /** Values that rules will fill in when it is saved. */
  readonly follows?: Readonly<Record<string, unknown>> | undefined;
  /** Labels of records among them. */
  readonly followNames?: Readonly<Record<string, string>> | undefined;
  readonly onOpenRecord?: (table: string, id: string) => void;
};

const NONE: Readonly<Record<string, never>> = {};
const MEANWHILE = 'Someone else has changed it meanwhile: take the new value or keep yours.';

/**
 * Shows and edits a record, all from the dictionary. A new record shows every editor; a stored one shows values, and the one
 * that is clicked (or reached and pressed Enter) turns into its editor in place. Enter saves, Escape puts a field back.
 */
export function RecordForm(props: Props) {
  const { table, row, draft, onDraft, onSave, onCancel, saving, failure, fields, needed, keptSince, onOpenRecord } = props;
  const { verb = 'Save', columns = 2, focusField, wholeForm = false, locked = false, follows = NONE, followNames = NONE } = props;
  const world = useFormWorld();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const isNew = row === undefined;
  const sections = useMemo(() => {
    const found = fieldSections(table, { wanted: fields, isNew });
    if (!locked && needed === undefined) return found;
    const shown = ({ name, field }: NamedField): NamedField => ({
      name,
      field: {
        ...field,
        ...(locked ? { readOnly: true as const } : {}),
        isMandatory: field.isMandatory || needed?.includes(name) === true,
      },
    });
    return found.map((section) => ({ ...section, fields: section.fields.map(shown) }));
  }, [table, fields, isNew, locked, needed]);
  const shownFields = useMemo(() => new Map(sections.flatMap((section) => section.fields.map((one) => [one.name, one.field]))), [sections]);
  const read = useMemo(() => readDraft(table, draft.values, row, world.reading), [table, draft.values, row, world.reading]);
  const inner = useMemo(
    () => ({ ...world, nameOf: (of: TableName, key: string) => draft.picked[key] ?? world.nameOf(of, key) ?? followNames[key] }),
    [world, draft.picked, followNames],
  );
  const { patch } = read;
  const storedOf = (name: string) => {
    const field = shownFields.get(name);
    return field === undefined ? '' : toRaw(field, row?.[name], world.reading);
  };
  const overtaken = new Set(isNew ? [] : Object.keys(draft.values).filter((name) => isOvertaken(draft, name, storedOf(name))));
  const problems: Readonly<Record<string, string>> = {
    ...Object.fromEntries([...overtaken].map((name) => [name, MEANWHILE])),
    ...read.problems,
  };
  const changes = Object.keys(draft.values).length;
  const refusedField = failure?.details?.field;
  const labelled = Object.entries(problems).map(([name, message]) => ({
    name,
    message,
    label: tableOf(table).fields[name]?.label ?? name,
  }));

  const isOpen = (name: string) => isNew || wholeForm || opened.has(name) || draft.values[name] !== undefined;
  const goTo = (name: string) => {
    if (!isOpen(name)) setOpened((before) => new Set([...before, name]));
    // the editor may only be drawn by the line above
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"] :is(input, textarea, select)`)?.focus(),
    );
  };
  const save = () => {
    setTried(true);
    const [first] = Object.keys(problems);
    if (first !== undefined) goTo(first);
    if (saving || first !== undefined) return;
    if (!isNew && Object.keys(patch).length === 0) return;
    onSave(patch);
    setOpened(new Set());
    setTried(false);
  };
  const close = (name: string) => {
    onDraft(untyped(draft, name));
    setOpened((before) => new Set([...before].filter((other) => other !== name)));
  };
  const clear = () => {
    onDraft(EMPTY_DRAFT);
    setOpened(new Set());
    setTried(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    const isLine = target instanceof HTMLInputElement && target.getAttribute('aria-expanded') !== 'true' && target.type !== 'checkbox';
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || isLine)) {
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

  const line = (named: NamedField) => {
    const { name, field } = named;
    const stored = toRaw(field, row?.[name], world.reading);
    const start = isNew && field.default !== undefined ? toRaw(field, field.default, world.reading) : stored;
    const isTouched = draft.values[name] !== undefined;
    const showsProblem = tried || (isTouched && read.problems[name] !== undefined && !isNew);
    return (
      <FormLine
        key={name}
        id={id}
        table={table}
        named={named}
        row={row}
        raw={draft.values[name] ?? start}
        isEditing={field.readOnly !== true && isOpen(name)}
        isTouched={isTouched}
        problem={refusedField === name ? failure?.message : showsProblem ? problems[name] : undefined}
        autoFocus={isNew ? name === focusField : opened.has(name) && !isTouched}
        overtaken={overtaken.has(name)}
        follows={follows[name]}
        onOpen={() => setOpened((before) => new Set([...before, name]))}
        onChange={(raw, picked) => onDraft(typed(draft, name, { raw, stored: start, row, picked }))}
        onTheirs={() => close(name)}
        onMine={() => onDraft(insisted(draft, name, stored, row?.rev ?? 0))}
      />
    );
  };

  const generalFailure = failure && (refusedField === undefined || !shownFields.has(refusedField)) ? failure : undefined;
  const hasMoved = !isNew && draft.baseRev !== undefined && row.rev > draft.baseRev;
  return (
    <FormWorldContext value={inner}>
      <form
        ref={form}
        noValidate
        aria-label={`${tableOf(table).label} fields`}
        className={names.form}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {keptSince !== undefined && changes > 0 && <KeptNotice since={keptSince} isNew={isNew} onDiscard={clear} />}
        {generalFailure && <Failure failure={generalFailure} {...(onOpenRecord ? { onOpen: onOpenRecord } : {})} />}
        {tried && labelled.length > 0 && <ProblemSummary problems={labelled} onGo={goTo} />}
        {sections.map((section) => {
          const lines = section.fields.filter(
            ({ name, field }) => field.readOnly !== true || row?.[name] !== undefined || follows[name] !== undefined,
          );
          // what rules set says nothing while it holds only switches: "active" beside a state that says the same
          if (lines.every(({ field }) => field.readOnly === true && field.kind === 'boolean')) return null;
          return (
            <fieldset key={section.title} className={names.section} data-columns={columns}>
              <legend className={section.title === 'Details' ? names.first : names.legend}>{section.title}</legend>
              <div className={names.grid}>{lines.map(line)}</div>
            </fieldset>
          );
        })}
        {(isNew || changes > 0) && (
          <FormBar
            isNew={isNew}
            changes={changes}
            changedBy={hasMoved ? (world.nameOf('user', row.updatedBy) ?? 'Someone') : undefined}
            problem={
              tried && labelled.length > 0
                ? labelled.length === 1
                  ? labelled[0]?.message
                  : `${labelled.length} fields need attention`
                : undefined
            }
            saving={saving}
            verb={verb}
            onDiscard={() => {
              clear();
              onCancel?.();
            }}
          />
        )}
      </form>
    </FormWorldContext>
  );
}
