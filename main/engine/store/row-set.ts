import type { AnyRow } from '#shared/model/dictionary.ts';

/**
 * Rows of one table in memory. Everything comes in the order of the IDs, whatever the history was, so that figures
 * that add up rows are the same to the last bit after a restart.
 */
export type RowSet = {
  readonly size: () => number;
  readonly get: (id: string) => AnyRow | undefined;
  readonly has: (id: string) => boolean;
  /** All rows in the order of their IDs. */
  readonly all: () => Iterable<AnyRow>;
  /** Rows whose key (see {@link keysOf}) has the value, in the order of their IDs. A copy: later changes do not show in it. */
  readonly by: (key: string, value: string) => AnyRow[];
  /** Grows with every change. */
  readonly version: () => number;
  readonly put: (row: AnyRow) => void;
  readonly remove: (id: string) => void;
  /** Many changes at once: indexes are made anew when they are next asked for. */
  readonly change: (puts: readonly AnyRow[], removes: Iterable<string>) => void;
};

type Index = Map<string, AnyRow[]>;

const KEY_SEPARATOR = '\u0000';

/** Name of the index over several fields together (unique constraints). */
export function joinedKey(fields: readonly string[]): string {
  return fields.join('+');
}

/** The value of an index over several fields; undefined where one of them is empty. */
export function joinedValue(row: AnyRow, fields: readonly string[]): string | undefined {
  const parts = fields.map((field) => row[field]);
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(KEY_SEPARATOR);
}

/** Values under which a row is found: a text itself, every member of a list, several fields (`a+b`) together. */
function keysOf(row: AnyRow, key: string, parts: readonly string[] | undefined): readonly string[] {
  if (parts !== undefined) {
    const joined = joinedValue(row, parts);
    return joined === undefined ? [] : [joined];
  }
  const value = row[key];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string');
  return value === undefined || value === null ? [] : [JSON.stringify(value)];
}

/** Where `id` is or belongs in rows sorted by ID. */
function position(rows: readonly AnyRow[], id: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && row.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(rows: AnyRow[], row: AnyRow): void {
  const last = rows.at(-1);
  if (last === undefined || last.id < row.id) rows.push(row);
  else rows.splice(position(rows, row.id), 0, row);
}

function take(rows: AnyRow[], id: string): void {
  const at = position(rows, id);
  if (rows[at]?.id === id) rows.splice(at, 1);
}

const byId = (a: AnyRow, b: AnyRow) => (a.id < b.id ? -1 : 1);
/** Above this share of a table, changing every index entry costs more than making the index anew. */
const BULK_SHARE = 0.1;
const BULK_LEAST = 1000;

/** Makes a set of rows; `load` brings the first rows when the set is first used. */
export function createRowSet(load?: () => readonly AnyRow[]): RowSet {
  let loading = load;
  let rows = new Map<string, AnyRow>();
  let lastId = '';
  let inOrder = true;
  let version = 0;
  const indexes = new Map<string, { index: Index; parts: readonly string[] | undefined }>();

  const ready = (): Map<string, AnyRow> => {
    if (loading === undefined) return rows;
    const first = loading();
    loading = undefined;
    for (const row of first) store(row);
    return rows;
  };
  const store = (row: AnyRow): void => {
    if (row.id > lastId) lastId = row.id;
    else if (!rows.has(row.id)) inOrder = false;
    rows.set(row.id, row);
  };
  const unindex = (row: AnyRow): void => {
    for (const [key, { index, parts }] of indexes)
      for (const value of keysOf(row, key, parts)) {
        const bucket = index.get(value);
        if (bucket === undefined) continue;
        take(bucket, row.id);
        if (bucket.length === 0) index.delete(value);
      }
  };
  const enter = (index: Index, key: string, parts: readonly string[] | undefined, row: AnyRow): void => {
    for (const value of keysOf(row, key, parts)) {
      const bucket = index.get(value);
      if (bucket === undefined) index.set(value, [row]);
      else insert(bucket, row);
    }
  };
  const indexOf = (key: string): Index => {
    const known = indexes.get(key);
    if (known !== undefined) return known.index;
    const parts = key.includes('+') ? key.split('+') : undefined;
    const index: Index = new Map();
    for (const row of all()) enter(index, key, parts, row);
    indexes.set(key, { index, parts });
    return index;
  };
  const all = (): Iterable<AnyRow> => {
    ready();
    if (!inOrder) {
      rows = new Map([...rows.values()].toSorted(byId).map((row) => [row.id, row]));
      inOrder = true;
    }
    return rows.values();
  };
  const put = (row: AnyRow): void => {
    const before = ready().get(row.id);
    version += 1;
    if (before !== undefined) unindex(before);
    store(row);
    for (const [key, { index, parts }] of indexes) enter(index, key, parts, row);
  };
  const remove = (id: string): void => {
    const before = ready().get(id);
    if (before === undefined) return;
    version += 1;
    unindex(before);
    rows.delete(id);
  };

  return {
    size: () => ready().size,
    get: (id) => ready().get(id),
    has: (id) => ready().has(id),
    all,
    by: (key, value) => indexOf(key).get(value)?.slice() ?? [],
    version: () => version,
    put,
    remove,
    change: (puts, removes) => {
      const gone = [...removes];
      if (puts.length + gone.length > Math.max(BULK_LEAST, ready().size * BULK_SHARE)) indexes.clear();
      for (const id of gone) remove(id);
      for (const row of puts) put(row);
    },
  };
}
