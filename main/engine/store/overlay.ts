import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { createRowSet, type RowSet } from './row-set.ts';
import type { WorkingSet } from './working-set.ts';

/** An open command's own changes on top of the committed records. */
export type Overlay = {
  readonly view: ReadView;
  readonly put: (table: TableName, row: AnyRow) => void;
  readonly remove: (table: TableName, id: string) => void;
};

type Layer = {
  /** Rows as the command leaves them. */
  readonly changed: RowSet;
  /** IDs that exist below and are deleted here. */
  readonly removed: Set<string>;
  /** How many of `changed` do not exist below. */
  created: number;
};

/** Opens an overlay; it costs nothing until it is written to. */
export function createOverlay(below: WorkingSet): Overlay {
  const layers = new Map<TableName, Layer>();
  const layerOf = (table: TableName): Layer => {
    const known = layers.get(table);
    if (known !== undefined) return known;
    const layer: Layer = { changed: createRowSet(), removed: new Set(), created: 0 };
    layers.set(table, layer);
    return layer;
  };
  const get = (table: TableName, id: string): AnyRow | undefined => {
    const layer = layers.get(table);
    if (layer === undefined) return below.table(table).get(id);
    return layer.changed.get(id) ?? (layer.removed.has(id) ? undefined : below.table(table).get(id));
  };
  const by = (table: TableName, field: string, value: string): AnyRow[] => {
    const under = below.table(table).by(field, value);
    const layer = layers.get(table);
    if (layer === undefined) return under;
    const own = layer.changed.by(field, value);
    const kept = under.filter((row) => !layer.changed.has(row.id) && !layer.removed.has(row.id));
    return kept.length === 0 ? own : own.length === 0 ? kept : merge(kept, own);
  };
  // a copy: whoever walks it may change records meanwhile
  const all = (table: TableName): Iterable<AnyRow> => {
    const under = below.table(table).all();
    const layer = layers.get(table);
    if (layer === undefined) return under;
    const kept = [...under].filter((row) => !layer.changed.has(row.id) && !layer.removed.has(row.id));
    return merge(kept, [...layer.changed.all()]);
  };

  return {
    view: {
      // rows under a table's name are rows of that table (as in the working set)
      get: <T extends TableName>(table: T, id: string) => get(table, id) as Row<T> | undefined,
      all: <T extends TableName>(table: T) => all(table) as Iterable<Row<T>>, // as above
      count: (table) => {
        const layer = layers.get(table);
        return below.table(table).size() + (layer === undefined ? 0 : layer.created - layer.removed.size);
      },
      by: <T extends TableName>(table: T, field: string, value: string) =>
        by(table, field, value) as readonly AnyRow[] as readonly Row<T>[], // as above
    },
    put: (table, row) => {
      const layer = layerOf(table);
      const isBelow = below.table(table).has(row.id);
      if (!isBelow && !layer.changed.has(row.id)) layer.created += 1;
      if (isBelow) layer.removed.delete(row.id);
      layer.changed.put(row);
    },
    remove: (table, id) => {
      const layer = layerOf(table);
      const isBelow = below.table(table).has(id);
      if (isBelow) layer.removed.add(id);
      else if (layer.changed.has(id)) layer.created -= 1;
      layer.changed.remove(id);
    },
  };
}

/** Two runs of rows in the order of their IDs, as one. */
function merge(first: readonly AnyRow[], second: readonly AnyRow[]): AnyRow[] {
  const merged: AnyRow[] = [];
  let next = 0;
  for (const row of second) {
    for (let other = first[next]; other !== undefined && other.id < row.id; other = first[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(row);
  }
  return next === 0 && second.length === 0 ? [...first] : merged.concat(first.slice(next));
}
