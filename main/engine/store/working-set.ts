import { tableNames, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { createRowSet, type RowSet } from './row-set.ts';

/** All committed records in memory. */
export type WorkingSet = {
  readonly view: ReadView;
  readonly table: (table: TableName) => RowSet;
};

/** Makes the working set; `load` brings a table's rows when it is first used (absent: empty tables), `steps` step by step beforehand. */
export function createWorkingSet(
  load?: (table: TableName) => readonly AnyRow[],
  steps?: (table: TableName) => Generator<void, readonly AnyRow[], void>,
): WorkingSet {
  const sets = new Map(
    tableNames.map((table) => [
      table,
      createRowSet(load === undefined ? undefined : () => load(table), steps === undefined ? undefined : () => steps(table)),
    ]),
  );
  const tableSet = (table: TableName): RowSet => {
    const set = sets.get(table);
    if (set === undefined) throw new TypeError(`no table ${table}`);
    return set;
  };
  return { table: tableSet, view: viewOf(tableSet) };
}

/** Reads row sets as a {@link ReadView}. */
function viewOf(set: (table: TableName) => RowSet): ReadView {
  return {
    // the sets hold rows that the dictionary's validators let in, under their own table
    get: <T extends TableName>(table: T, id: string) => set(table).get(id) as Row<T> | undefined,
    all: <T extends TableName>(table: T) => set(table).all() as Iterable<Row<T>>, // as above
    count: (table) => set(table).size(),
    by: <T extends TableName>(table: T, field: string, value: string) =>
      set(table).by(field, value) as readonly AnyRow[] as readonly Row<T>[], // as above
    range: <T extends TableName>(table: T, field: string, from: string | undefined, to: string | undefined) =>
      set(table).range(field, from, to) as readonly AnyRow[] as readonly Row<T>[], // as above
  };
}
