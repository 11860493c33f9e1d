/** What a row is sorted by; an empty one comes last whatever the direction. */
export type SortKey = string | number | undefined;
export type SortBy<T> = { readonly direction: 'up' | 'down'; readonly keyOf: (row: T) => SortKey };

// base letters first, then accents; upper and lower case alike
const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'accent' });

function compare(a: SortKey, b: SortKey): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return texts.compare(String(a), String(b));
}

/** The rows in the order of the first key, then of the next; equal ones stay in their order. Keys are read once a row. */
export function bySorts<T>(rows: readonly T[], sorts: readonly SortBy<T>[]): readonly T[] {
  if (sorts.length === 0) return rows;
  const keyed = rows.map((row) => ({ row, keys: sorts.map(({ keyOf }) => keyOf(row)) }));
  keyed.sort((a, b) => {
    for (const [index, { direction }] of sorts.entries()) {
      const [x, y] = [a.keys[index], b.keys[index]];
      if (x === y) continue;
      if (x === undefined) return 1;
      if (y === undefined) return -1;
      const order = compare(x, y);
      if (order !== 0) return direction === 'up' ? order : -order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}
