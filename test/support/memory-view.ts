import { tableOf, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';

export type MemoryView = ReadView & {
  readonly put: <T extends TableName>(table: T, ...rows: readonly Row<T>[]) => void;
  readonly remove: (table: TableName, id: string) => void;
};

/** Fields of a row in a test; the ones the store keeps are made up. */
export function testRow<T extends TableName>(table: T, id: string, fields: Readonly<Record<string, unknown>>): Row<T> {
  const { prefix, fields: declared } = tableOf(table);
  const unknown = Object.keys(fields).filter((key) => !Object.hasOwn(declared, key) && key !== 'number');
  if (unknown.length > 0) throw new Error(`${table} has no field ${unknown.join(', ')}`);
  const row = {
    id,
    ...(prefix === undefined ? {} : { number: `${prefix}${id.replaceAll(/\D/g, '').padStart(7, '0')}` }),
    createdAt: '2025-01-01T00:00:00.000Z',
    createdBy: 'u1',
    updatedAt: '2025-01-01T00:00:00.000Z',
    updatedBy: 'u1',
    rev: 1,
    ...fields,
  };
  return row as unknown as Row<T>; // tests build rows as they need them
}

/** Records in memory for tests of pure functions: indexes every string and list of strings. */
export function memoryView(): MemoryView {
  const tables = new Map<TableName, Map<string, AnyRow>>();
  const indexes = new Map<string, Map<string, AnyRow>>();
  const rowsOf = (table: TableName): Map<string, AnyRow> => {
    const rows = tables.get(table) ?? new Map<string, AnyRow>();
    tables.set(table, rows);
    return rows;
  };
  const keysOf = (table: TableName, row: AnyRow): string[] =>
    Object.entries(row).flatMap(([field, value]) =>
      (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string').map((one) => `${table} ${field} ${one}`),
    );
  const view: MemoryView = {
    get: (table, id) => rowsOf(table).get(id) as Row<typeof table> | undefined,
    all: (table) => rowsOf(table).values() as Iterable<Row<typeof table>>,
    count: (table) => rowsOf(table).size,
    by: (table, field, value) =>
      [...(indexes.get(`${table} ${field} ${value}`)?.values() ?? [])] as unknown as readonly Row<typeof table>[],
    put: (table, ...rows) => {
      for (const row of rows) {
        view.remove(table, row.id);
        rowsOf(table).set(row.id, row);
        for (const key of keysOf(table, row)) indexes.set(key, (indexes.get(key) ?? new Map<string, AnyRow>()).set(row.id, row));
      }
    },
    remove: (table, id) => {
      const row = rowsOf(table).get(id);
      if (!row) return;
      rowsOf(table).delete(id);
      for (const key of keysOf(table, row)) indexes.get(key)?.delete(id);
    },
  };
  return view;
}
