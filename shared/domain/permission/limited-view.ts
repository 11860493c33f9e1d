import type { AnyRow, Row, TableName } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';

/** Answers a record as it may be seen; undefined where it is hidden. */
export type Shown = (table: TableName, row: AnyRow) => AnyRow | undefined;

/** Whether a record is still found under a value though some of its fields may have been taken out. */
export function isUnder(row: AnyRow, field: string, value: string): boolean {
  const own = row[field];
  return Array.isArray(own) ? own.includes(value) : own === value || field.includes('+');
}

/** The records of a view that may be seen: each looked at as it is asked for, nothing kept. For short-lived views, such as a command's. */
export function limitedView(base: ReadView, shown: Shown): ReadView {
  const rows = function* (table: TableName): Iterable<AnyRow> {
    // Row seen generically
    for (const row of base.all(table) as Iterable<AnyRow>) {
      const seen = shown(table, row);
      if (seen !== undefined) yield seen;
    }
  };
  return {
    // rows under a table's name are rows of that table
    get: <T extends TableName>(table: T, id: string) => {
      const row: AnyRow | undefined = base.get(table, id);
      return (row === undefined ? undefined : shown(table, row)) as Row<T> | undefined;
    },
    all: <T extends TableName>(table: T) => rows(table) as Iterable<Row<T>>, // as above
    count: (table) => [...rows(table)].length,
    by: <T extends TableName>(table: T, field: string, value: string) =>
      shownUnder(base, shown, { table, field, value }) as unknown as readonly Row<T>[], // as above
  };
}

/** The records under a value of a field that may be seen, and whose field itself may be seen. */
export function shownUnder(
  base: ReadView,
  shown: Shown,
  { table, field, value }: { readonly table: TableName; readonly field: string; readonly value: string },
): readonly AnyRow[] {
  return (base.by(table, field, value) as readonly AnyRow[]).flatMap((row) => {
    const seen = shown(table, row);
    return seen === undefined || (seen !== row && !isUnder(seen, field, value)) ? [] : [seen];
  });
}
