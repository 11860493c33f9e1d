import type { AnyRow } from '#shared/model/dictionary.ts';

/** Rows in the order of a text field (days), for look-ups by range. Rows without the field are not in it. */
export type RangeIndex = {
  /** A row as it was and as it is now; undefined: it did not exist, or does not any more. */
  readonly change: (before: AnyRow | undefined, after: AnyRow | undefined) => void;
  /** Rows from one value to another, both included; undefined: open. */
  readonly between: (from: string | undefined, to: string | undefined) => AnyRow[];
};

/** Makes the index over the rows given, which come in the order of their IDs. */
export function createRangeIndex(field: string, from: Iterable<AnyRow>): RangeIndex {
  const valueOf = (row: AnyRow): string | undefined => {
    const value = row[field];
    return typeof value === 'string' ? value : undefined;
  };
  const isBefore = (row: AnyRow, value: string, id: string): boolean => {
    const own = valueOf(row) ?? '';
    return own === value ? row.id < id : own < value;
  };
  // many rows share a few values, and come in the order of their IDs
  const byValue = new Map<string, AnyRow[]>();
  for (const row of from) {
    const value = valueOf(row);
    if (value === undefined) continue;
    const known = byValue.get(value);
    if (known === undefined) byValue.set(value, [row]);
    else known.push(row);
  }
  const rows = [...byValue.keys()].toSorted((a, b) => (a < b ? -1 : 1)).flatMap((value) => byValue.get(value) ?? []);

  /** The first position whose row does not come before the value and ID. */
  const position = (value: string, id: string): number => {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = rows[middle];
      if (row !== undefined && isBefore(row, value, id)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    change: (before, after) => {
      const old = before && valueOf(before);
      const fresh = after && valueOf(after);
      const isSame = before !== undefined && after !== undefined && old !== undefined && old === fresh;
      if (before !== undefined && old !== undefined) {
        const at = position(old, before.id);
        if (rows[at]?.id === before.id) rows.splice(at, 1, ...(isSame ? [after] : []));
      }
      if (after !== undefined && fresh !== undefined && !isSame) rows.splice(position(fresh, after.id), 0, after);
    },
    // no ID is empty, and none begins with the last character
    between: (low, high) =>
      rows.slice(low === undefined ? 0 : position(low, ''), high === undefined ? rows.length : position(high, '\uFFFF')),
  };
}
