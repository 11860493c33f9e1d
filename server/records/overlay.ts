import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { hasValue } from './record-cache.ts';

/** Changes on top of a view: those of one intent on top of those of its push, on top of those before it, on top of what the database has. */
export type Overlay = {
  readonly view: ReadView;
  readonly put: (table: TableName, row: AnyRow) => void;
  readonly remove: (table: TableName, id: string) => void;
  /** Every record that was put or removed, as it is now. */
  readonly changed: () => readonly { readonly table: TableName; readonly id: string; readonly row: AnyRow | undefined }[];
};

/** The changed rows of a table, and by fields that were asked for the IDs of those that had a value once: who reads compares. */
type Layer = {
  readonly rows: Map<string, AnyRow | undefined>;
  /** Of the rows those that lie below as well: mostly none, for most are new. */
  readonly replaced: Set<string>;
  readonly byField: Map<string, Map<string, Set<string>>>;
};

const byId = (a: AnyRow, b: AnyRow) => (a.id < b.id ? -1 : 1);

/** Opens an overlay. */
export function openOverlay(below: ReadView): Overlay {
  const layers = new Map<TableName, Layer>();
  const write = (table: TableName, id: string, row: AnyRow | undefined): void => {
    const layer = layers.get(table) ?? {
      rows: new Map<string, AnyRow | undefined>(),
      replaced: new Set<string>(),
      byField: new Map<string, Map<string, Set<string>>>(),
    };
    layers.set(table, layer);
    if (!layer.rows.has(id) && below.get(table, id) !== undefined) layer.replaced.add(id);
    layer.rows.set(id, row);
    if (row !== undefined) for (const [field, ids] of layer.byField) note(ids, row, field);
  };
  const all = (table: TableName): readonly AnyRow[] => {
    const under = below.all(table) as Iterable<AnyRow>; // Row seen generically
    const layer = layers.get(table);
    if (layer === undefined) return [...under];
    return joined(
      layer,
      [...under],
      [...layer.rows.values()].filter((row) => row !== undefined),
    );
  };
  const by = (table: TableName, field: string, value: string): readonly AnyRow[] => {
    const under = below.by(table, field, value) as readonly AnyRow[]; // as above
    const layer = layers.get(table);
    if (layer === undefined) return under;
    const own: AnyRow[] = [];
    for (const id of idsBy(layer, field).get(value) ?? []) {
      const row = layer.rows.get(id);
      if (row !== undefined && hasValue(row, field, value)) own.push(row);
    }
    return joined(layer, under, own);
  };
  return {
    view: {
      get: <T extends TableName>(table: T, id: string) => {
        const layer = layers.get(table);
        // rows lie under their own table
        return layer?.rows.has(id) === true ? (layer.rows.get(id) as Row<T> | undefined) : below.get(table, id);
      },
      all: <T extends TableName>(table: T) => all(table) as readonly Row<T>[], // as above
      count: (table) => all(table).length,
      by: <T extends TableName>(table: T, field: string, value: string) => by(table, field, value) as readonly Row<T>[], // as above
    },
    put: (table, row) => write(table, row.id, row),
    remove: (table, id) => write(table, id, undefined),
    changed: () => [...layers].flatMap(([table, { rows }]) => [...rows].map(([id, row]) => ({ table, id, row }))),
  };
}

/** What lies below without what was changed, and the changed rows among it, by ID. */
function joined({ replaced }: Layer, under: readonly AnyRow[], own: readonly AnyRow[]): readonly AnyRow[] {
  const kept = replaced.size > 0 && under.some(({ id }) => replaced.has(id)) ? under.filter(({ id }) => !replaced.has(id)) : under;
  if (own.length === 0) return kept;
  const sorted = own.length === 1 ? own : own.toSorted(byId);
  const [first] = sorted;
  const last = kept.at(-1);
  // new records have the highest IDs as a rule
  if (first === undefined || last === undefined || last.id < first.id) return kept.concat(sorted);
  return kept.concat(sorted).toSorted(byId);
}

function note(ids: Map<string, Set<string>>, row: AnyRow, field: string): void {
  const value = row[field];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const one of values) {
    if (typeof one !== 'string') continue;
    const known = ids.get(one);
    if (known === undefined) ids.set(one, new Set([row.id]));
    else known.add(row.id);
  }
}

function idsBy({ rows, byField }: Layer, field: string): ReadonlyMap<string, ReadonlySet<string>> {
  const known = byField.get(field);
  if (known !== undefined) return known;
  const ids = new Map<string, Set<string>>();
  for (const row of rows.values()) if (row !== undefined) note(ids, row, field);
  byField.set(field, ids);
  return ids;
}
