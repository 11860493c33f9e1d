import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { choicesIn } from '#shared/domain/choices.ts';
import { isTableName } from '#shared/model/dictionary.ts';
import type { Field, FieldKind } from '#shared/model/field.ts';
import { DateField } from '../date-field.tsx';
import { ReferencePicker, ReferencesPicker } from '../reference-picker.tsx';
import type { Reference } from '../reference.ts';
import { AnyReferenceEditor } from './any-reference-editor.tsx';
import { useFormWorld } from './form-world.ts';
import { plainTexts } from './plain-text.ts';
import names from './record-form.module.css';
import type { RawValue } from './raw-values.ts';

type Props = {
  readonly field: Field;
  readonly raw: RawValue;
  readonly onChange: (raw: RawValue, picked?: readonly Reference[]) => void;
  readonly problem?: string | undefined;
  readonly autoFocus?: boolean;
  /** Above the field; without it the label is for screen readers only (it stands beside). */
  readonly showLabel?: boolean;
  readonly describedBy?: string | undefined;
};

const PLACEHOLDERS: Partial<Record<FieldKind, string>> = {
  money: '1200, 12k, 1200 EUR',
  instant: '2025-03-31 14:30',
  tags: 'Separated by commas',
  journal: 'What happened?',
};

const textOf = (raw: RawValue) => (typeof raw === 'string' ? raw : '');

/** What every Mantine field takes. Dialogs hand the focus to what carries `data-autofocus`. */
function common({ field, problem, autoFocus = false, showLabel = false, describedBy }: Props) {
  const naming: { label?: ReactNode; 'aria-label'?: string } = showLabel ? { label: field.label } : { 'aria-label': field.label };
  return { ...naming, error: problem, autoFocus, 'aria-describedby': describedBy, ...(autoFocus ? { 'data-autofocus': true } : {}) };
}

/** The same for our own fields. */
function picker({ field, problem, autoFocus = false, showLabel = false, describedBy }: Props) {
  return { ...(showLabel ? { label: field.label } : { ariaLabel: field.label }), error: problem, autoFocus, describedBy };
}

const marked = ({ field, showLabel = false }: Props) => ({ required: field.isMandatory, withAsterisk: field.isMandatory && showLabel });

function Line(props: Props) {
  const { field, raw, onChange } = props;
  return (
    <TextInput
      {...common(props)}
      {...marked(props)}
      value={textOf(raw)}
      autoComplete="off"
      placeholder={PLACEHOLDERS[field.kind] ?? ''}
      inputMode={field.kind === 'email' ? 'email' : 'text'}
      rightSection={field.kind === 'percent' ? '%' : field.unit}
      rightSectionPointerEvents="none"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Lines(props: Props) {
  const { field, raw, onChange } = props;
  return (
    <Textarea
      {...common(props)}
      {...marked(props)}
      value={textOf(raw)}
      placeholder={PLACEHOLDERS[field.kind] ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function YesNo(props: Props) {
  return (
    <Checkbox
      {...common(props)}
      size="sm"
      className={names.checkbox ?? ''}
      checked={props.raw === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

function Choice(props: Props) {
  const { field, raw, onChange } = props;
  const text = textOf(raw);
  const { choices } = useFormWorld();
  // a retired choice is shown where it stands, and offered nowhere else
  const offered = choicesIn(choices, field).filter(({ value, active }) => active || value === text);
  return (
    <NativeSelect {...common(props)} {...marked(props)} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
      {(!field.isMandatory || text === '') && <option value="">{field.isMandatory ? 'Choose…' : '—'}</option>}
      {offered.map(({ value, label, active }) => (
        <option key={value} value={value}>
          {active ? label : `${label} (retired)`}
        </option>
      ))}
    </NativeSelect>
  );
}

function One(props: Props) {
  const { lookup, nameOf } = useFormWorld();
  const to = props.field.to ?? '';
  const id = textOf(props.raw);
  if (!isTableName(to)) return null;
  return (
    <ReferencePicker
      {...picker(props)}
      table={to}
      lookup={lookup}
      required={props.field.isMandatory}
      value={id === '' ? undefined : { table: to, id, label: nameOf(to, id) ?? 'Unknown record' }}
      onChange={(picked) => props.onChange(picked?.id ?? '', picked ? [picked] : [])}
    />
  );
}

function Many(props: Props) {
  const { lookup, nameOf } = useFormWorld();
  const to = props.field.to ?? '';
  if (!isTableName(to)) return null;
  return (
    <ReferencesPicker
      {...picker(props)}
      table={to}
      lookup={lookup}
      values={plainTexts(props.raw).map((id) => ({ table: to, id, label: nameOf(to, id) ?? 'Unknown record' }))}
      onChange={(picked) => {
        const ids = picked.map((one) => one.id);
        props.onChange(ids, picked);
      }}
    />
  );
}

function AnyOne(props: Props) {
  return <AnyReferenceEditor field={props.field} value={textOf(props.raw)} onChange={props.onChange} picker={picker(props)} />;
}

function Day(props: Props) {
  const { reading } = useFormWorld();
  return (
    <DateField
      {...picker(props)}
      value={textOf(props.raw)}
      onChange={props.onChange}
      today={reading.today}
      required={props.field.isMandatory}
    />
  );
}

const BY_KIND: { readonly [K in FieldKind]: (props: Props) => ReactNode } = {
  text: Line,
  email: Line,
  url: Line,
  instant: Line,
  money: Line,
  number: Line,
  integer: Line,
  percent: Line,
  tags: Line,
  longText: Lines,
  journal: Lines,
  json: Lines,
  condition: Lines,
  boolean: YesNo,
  choice: Choice,
  reference: One,
  references: Many,
  anyReference: AnyOne,
  date: Day,
};

/** The editor that fits a field's kind. What is typed is kept as typed; reading and checking is the form's. */
export function FieldEditor(props: Props) {
  const Editor = BY_KIND[props.field.kind];
  return <Editor {...props} />;
}
