import type { AnyRow } from '#shared/model/dictionary.ts';

/** Rows by the value of a key, each bucket in the order of the rows' IDs. */
export type RowIndex = {
  readonly enter: (row: AnyRow) => void;
  readonly take: (row: AnyRow) => void;
  /** A copy of the bucket. */
  readonly find: (value: string) => AnyRow[];
};

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

/** Makes an empty index over a field, or over several whose names stand joined. */
export function createRowIndex(key: string): RowIndex {
  const buckets = new Map<string, AnyRow[]>();
  const parts = key.includes('+') ? key.split('+') : undefined;

  const enterUnder = (value: string, row: AnyRow): void => {
    const bucket = buckets.get(value);
    if (bucket === undefined) {
      buckets.set(value, [row]);
      return;
    }
    // rows mostly come in their order
    const last = bucket[bucket.length - 1];
    if (last === undefined || last.id < row.id) bucket.push(row);
    else bucket.splice(position(bucket, row.id), 0, row);
  };
  const takeUnder = (value: string, { id }: AnyRow): void => {
    const bucket = buckets.get(value);
    if (bucket === undefined) return;
    const at = position(bucket, id);
    if (bucket[at]?.id === id) bucket.splice(at, 1);
    if (bucket.length === 0) buckets.delete(value);
  };
  /** Values under which a row is found: a text itself, every member of a list, several fields together. */
  const each = (row: AnyRow, act: (value: string, row: AnyRow) => void): void => {
    const value = parts === undefined ? row[key] : joinedValue(row, parts);
    if (typeof value === 'string') act(value, row);
    else if (Array.isArray(value)) for (const one of new Set(value)) if (typeof one === 'string') act(one, row);
  };

  return {
    enter: (row) => each(row, enterUnder),
    take: (row) => each(row, takeUnder),
    find: (value) => buckets.get(value)?.slice() ?? [],
  };
}
