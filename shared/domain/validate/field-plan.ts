import { tableNames, tableOf, type TableName } from '../../model/dictionary.ts';
import type { Field } from '../../model/field.ts';
import { readerOf, type Reader } from './field-values.ts';

export type PlannedField = { readonly key: string; readonly field: Field; readonly read: Reader };

const plans: ReadonlyMap<TableName, ReadonlyMap<string, PlannedField>> = new Map(
  tableNames.map((name) => [
    name,
    new Map(Object.entries(tableOf(name).fields).map(([key, field]) => [key, { key, field, read: readerOf(field) }])),
  ]),
);
const none: ReadonlyMap<string, PlannedField> = new Map();

/** The fields of a record type with their readers, in the order of the dictionary. A map, so that `__proto__` is just another unknown key. */
export function planOf(table: TableName): ReadonlyMap<string, PlannedField> {
  return plans.get(table) ?? none;
}
