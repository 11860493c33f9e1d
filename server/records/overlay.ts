import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { hasValue } from './record-cache.ts';

/** Changes on top of a view: those of one intent on top of those of its push, on top of what the database has. */
export type Overlay = {
  readonly view: ReadView;
  readonly put: (table: TableName, row: AnyRow) => void;
  readonly remove: (table: TableName, id: string) => void;
  /** Every record that was put or removed, as it is now. */
  readonly changed: () => readonly { readonly table: TableName; readonly id: string; readonly row: AnyRow | undefined }[];
};

const byId = (a: AnyRow, b: AnyRow) => (a.id < b.id ? -1 : 1);

/** Opens an overlay. */
export function openOverlay(below: ReadView): Overlay {
  const layers = new Map<TableName, Map<string, AnyRow | undefined>>();
  const write = (table: TableName, id: string, row: AnyRow | undefined): void => {
    const layer = layers.get(table) ?? new Map<string, AnyRow | undefined>();
    layers.set(table, layer.set(id, row));
  };
  const over = (table: TableName, under: Iterable<AnyRow>, belongs: (row: AnyRow) => boolean): AnyRow[] => {
    const layer = layers.get(table);
    if (layer === undefined) return [...under];
    const kept = [...under].filter((row) => !layer.has(row.id));
    const own = [...layer.values()].filter((row) => row !== undefined).filter(belongs);
    return own.length === 0 ? kept : [...kept, ...own].toSorted(byId);
  };
  const all = (table: TableName): AnyRow[] => over(table, below.all(table) as Iterable<AnyRow>, () => true); // Row seen generically
  return {
    view: {
      get: <T extends TableName>(table: T, id: string) => {
        const layer = layers.get(table);
        // rows lie under their own table
        return layer?.has(id) === true ? (layer.get(id) as Row<T> | undefined) : below.get(table, id);
      },
      all: <T extends TableName>(table: T) => all(table) as Iterable<AnyRow> as Iterable<Row<T>>, // as above
      count: (table) => all(table).length,
      by: <T extends TableName>(table: T, field: string, value: string) =>
        over(table, below.by(table, field, value) as readonly AnyRow[], (row) =>
          hasValue(row, field, value),
        ) as readonly AnyRow[] as readonly Row<T>[], // as above
    },
    put: (table, row) => write(table, row.id, row),
    remove: (table, id) => write(table, id, undefined),
    changed: () => [...layers].flatMap(([table, layer]) => [...layer].map(([id, row]) => ({ table, id, row }))),
  };
}
