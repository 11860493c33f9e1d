import { derivedTables } from '#shared/domain/derived/derived-tables.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { referringFields } from './derived-schema.ts';

/** Names a record. */
export function refOf(table: TableName, row: AnyRow, view: ReadView): { table: TableName; id: string; label: string; number?: string } {
  const { id, number } = row;
  return { table, id, label: labelOf(table, row, view), ...(number === undefined ? {} : { number }) };
}

/** Names everything that the rows refer to, by ID. */
export function refsOf(table: TableName, rows: readonly AnyRow[], view: ReadView): Record<string, ReturnType<typeof refOf>> {
  const refs = new Map<string, ReturnType<typeof refOf>>();
  const add = (to: TableName, id: unknown) => {
    if (typeof id !== 'string' || refs.has(id)) return;
    const target: AnyRow | undefined = view.get(to, id);
    if (target !== undefined) refs.set(id, refOf(to, target, view));
  };
  for (const row of rows) {
    for (const [name, field] of referringFields(table)) for (const ref of refsIn(field, row[name])) add(ref.table, ref.id);
    add('user', row.createdBy);
    add('user', row.updatedBy);
  }
  return Object.fromEntries(refs);
}

/** The values of all derived fields of a row; empty ones are absent. */
export function derivedOf(table: TableName, row: AnyRow, view: ReadView, asOf: string, more: DerivedTables): Record<string, unknown> {
  const fields = { ...derivedTables[table], ...more[table] };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      // computed figures are there where the caller may see them
      if (field.computed === true && more[table]?.[name] === undefined) return [];
      const value = field.value(row, view, asOf);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
