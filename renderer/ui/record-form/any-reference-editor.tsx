import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { parseRef, refTo, tablesOfField } from '#shared/model/any-reference.ts';
import { isTableName, tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Field } from '#shared/model/field.ts';
import { ReferencePicker } from '../reference-picker.tsx';
import type { Reference } from '../reference.ts';
import { useFormWorld } from './form-world.ts';
import names from './record-form.module.css';

type Props = {
  readonly field: Field;
  /** The stored form: record type and ID. */
  readonly value: string;
  readonly onChange: (value: string, picked: readonly Reference[]) => void;
  /** How the picker is named and marked, as for every other field. */
  readonly picker: Omit<Parameters<typeof ReferencePicker>[0], 'table' | 'lookup' | 'value' | 'onChange'>;
};

/** Types in the order of their names; where all are allowed, those without a name of their own are left out. */
function offered(field: Field): readonly TableName[] {
  const tables = tablesOfField(field).filter((table) => field.toAny !== undefined || tableOf(table).prefix !== undefined);
  return tables.toSorted((a, b) => (tableOf(a).label < tableOf(b).label ? -1 : 1));
}

/** Picks a record of one of several types: first the type, then the record. */
export function AnyReferenceEditor({ field, value, onChange, picker }: Props) {
  const { lookup, nameOf } = useFormWorld();
  const tables = offered(field);
  const chosen = parseRef(value);
  const [type, setType] = useState<TableName>();
  const table = type ?? chosen?.table ?? tables[0];
  if (table === undefined) return null;
  const current = chosen?.table === table ? chosen : undefined;
  return (
    <div className={names.anyReference}>
      <NativeSelect
        size="xs"
        {...(picker.label === undefined ? {} : { label: 'Type' })}
        aria-label={`Type of record: ${field.label}`}
        value={table}
        onChange={(event) => {
          const next = event.currentTarget.value;
          if (!isTableName(next)) return;
          setType(next);
          if (chosen !== undefined && chosen.table !== next) onChange('', []);
        }}
      >
        {tables.map((one) => (
          <option key={one} value={one}>
            {tableOf(one).label}
          </option>
        ))}
      </NativeSelect>
      <ReferencePicker
        key={table}
        {...picker}
        table={table}
        lookup={lookup}
        required={field.isMandatory}
        value={current && { ...current, label: nameOf(current.table, current.id) ?? 'Unknown record' }}
        onChange={(picked) => onChange(picked ? refTo(picked.table, picked.id) : '', picked ? [picked] : [])}
      />
    </div>
  );
}
