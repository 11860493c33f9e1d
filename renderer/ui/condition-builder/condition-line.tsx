import { MultiSelect, NativeSelect, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { choicesIn } from '#shared/domain/choices.ts';
import type { Operator } from '#shared/model/condition.ts';
import { isTableName } from '#shared/model/dictionary.ts';
import { operandShape, operatorsOf, OPERATOR_WORDS } from '#shared/domain/condition/operators.ts';
import type { FieldInfo } from '#shared/domain/derived/field-path.ts';
import { IconButton } from '../icon-button.tsx';
import { useFormWorld } from '../record-form/form-world.ts';
import { ReferencePicker, ReferencesPicker } from '../reference-picker.tsx';
import type { Reference } from '../reference.ts';
import names from './condition-builder.module.css';
import { keptOperator, type FieldLookup, type LineNode } from './condition-tree.ts';
import type { FieldOption } from './field-options.ts';

type Props = {
  readonly line: LineNode;
  readonly options: readonly FieldOption[];
  readonly fieldAt: FieldLookup;
  readonly onChange: (line: LineNode) => void;
  readonly onRemove: () => void;
};

function hintFor(field: FieldInfo, op: Operator): string {
  if (operandShape(op) === 'days') return 'days';
  if (operandShape(op) === 'several') return 'a, b, c';
  if (field.kind === 'date' || field.kind === 'instant') return 'today, +14, 2025-03-31';
  return field.unit ?? 'Value';
}

function ValueEditor({
  line,
  field,
  onChange,
}: {
  line: LineNode;
  field: FieldInfo;
  onChange: (typed: string | readonly string[]) => void;
}) {
  const { lookup, nameOf, choices } = useFormWorld();
  const [picked, setPicked] = useState<readonly Reference[]>([]);
  const shape = operandShape(line.op);
  const text = typeof line.typed === 'string' ? line.typed : line.typed.join(', ');
  const many = typeof line.typed === 'string' ? line.typed.split(',').filter((item) => item !== '') : line.typed;
  const label = `Value for ${field.label}`;
  if (shape === 'none') return <span />;
  if (field.kind === 'boolean') {
    return (
      <NativeSelect aria-label={label} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">Choose…</option>
        <option value="true">Yes</option>
        <option value="false">No</option>
      </NativeSelect>
    );
  }
  if (field.kind === 'choice' && shape === 'several') {
    return (
      <MultiSelect
        size="xs"
        aria-label={label}
        data={choicesIn(choices, field).map(({ value, label }) => ({ value, label }))}
        value={[...many]}
        onChange={onChange}
        placeholder="Choose"
        clearable
      />
    );
  }
  if (field.kind === 'choice') {
    return (
      <NativeSelect aria-label={label} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">Choose…</option>
        {choicesIn(choices, field).map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </NativeSelect>
    );
  }
  const isReference = field.kind === 'reference' || field.kind === 'references';
  if (isReference && field.to !== undefined && isTableName(field.to) && !['contains', 'doesNotContain', 'startsWith'].includes(line.op)) {
    const to = field.to;
    const named = (id: string): Reference =>
      picked.find((one) => one.id === id) ?? { table: to, id, label: nameOf(to, id) ?? 'Chosen record' };
    if (shape === 'several') {
      return (
        <ReferencesPicker
          ariaLabel={label}
          table={to}
          lookup={lookup}
          values={many.map(named)}
          onChange={(values) => {
            setPicked(values);
            onChange(values.map((value) => value.id));
          }}
        />
      );
    }
    return (
      <ReferencePicker
        ariaLabel={label}
        table={to}
        lookup={lookup}
        value={text === '' ? undefined : named(text)}
        onChange={(value) => {
          setPicked(value ? [value] : []);
          onChange(value?.id ?? '');
        }}
      />
    );
  }
  return (
    <TextInput
      aria-label={label}
      value={text}
      placeholder={hintFor(field, line.op)}
      rightSection={shape === 'days' ? 'days' : undefined}
      rightSectionWidth={shape === 'days' ? 40 : 24}
      rightSectionPointerEvents="none"
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** One comparison: field, operator, value. */
export function ConditionLine({ line, options, fieldAt, onChange, onRemove }: Props) {
  const field = fieldAt(line.field);
  const data = useMemo(() => {
    const groups = [...new Set(options.map((option) => option.group))];
    return groups.map((group) => ({
      group,
      items: options.filter((option) => option.group === group).map((option) => ({ value: option.path, label: option.label })),
    }));
  }, [options]);
  return (
    <div className={names.line}>
      <Select
        size="xs"
        aria-label="Field"
        data={data}
        value={line.field}
        searchable
        allowDeselect={false}
        maxDropdownHeight={320}

        onChange={(path) => {
          if (path === null) return;
          const next = fieldAt(path);
          onChange({
            ...line,
            field: path,
            op: keptOperator(line.op, next),
            typed: next?.kind === field?.kind && next?.kind !== 'choice' ? line.typed : '',
          });
        }}
      />
      <NativeSelect
        aria-label="Comparison"
        {...(line.isNew === true ? { 'data-autofocus': true } : {})}
        value={line.op}
        onChange={(event) => {
          const op = operatorsOf(field?.kind ?? 'text').find((offered) => offered === event.currentTarget.value);
          if (op !== undefined) onChange({ ...line, op, typed: operandShape(op) === operandShape(line.op) ? line.typed : '' });
        }}
      >
        {(field ? operatorsOf(field.kind) : [line.op]).map((op) => (
          <option key={op} value={op}>
            {OPERATOR_WORDS[op]}
          </option>
        ))}
      </NativeSelect>
      {field ? (
        <ValueEditor line={line} field={field} onChange={(typed) => onChange({ ...line, typed })} />
      ) : (
        <span>This field no longer exists.</span>
      )}
      <IconButton icon="close" label="Take this condition away" onClick={onRemove} />
    </div>
  );
}
