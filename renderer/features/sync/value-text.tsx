import { isTableName, tableOf } from '#shared/model/dictionary.ts';
import type { FieldKind } from '#shared/model/field.ts';
import { FieldValue } from '../../ui/record-form/field-value.tsx';

/** Kinds that are read in the person's own way: their money, their dates. Of all others the engine's text says it, names included. */
const OWN_WAY = new Set<FieldKind>(['money', 'date', 'instant', 'number', 'integer', 'percent']);

type Props = { readonly table: string; readonly field: string | undefined; readonly text: string; readonly value: unknown };

/** A field's value in words. */
export function ValueText({ table, field: name, text, value }: Props) {
  const field = name === undefined || !isTableName(table) ? undefined : tableOf(table).fields[name];
  if (field === undefined || value === undefined || !isTableName(table) || !OWN_WAY.has(field.kind)) return text;
  return <FieldValue field={field} value={value} table={table} />;
}
