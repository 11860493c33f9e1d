/** What a row is sorted by; an empty one comes last whatever the direction. */
export type SortKey = string | number | undefined;
export type SortBy<T> = { readonly direction: 'up' | 'down'; readonly keyOf: (row: T) => SortKey };

// base letters first, then accents; upper and lower case alike
const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'accent' });

/** Compares two rows by their places; 0: equal. */
type Compare = (a: number, b: number) => number;

/** The rows in the order of the first key, then of the next; equal ones stay in their order. Keys are read once a row. */
export function bySorts<T>(rows: readonly T[], sorts: readonly SortBy<T>[]): readonly T[] {
  const [first, ...others] = sorts.map(({ direction, keyOf }) => comparison(rows.map(keyOf), direction === 'up' ? 1 : -1));
  if (!first) return rows;
  const places = rows.map((_row, place) => place);
  if (others.length === 0) places.sort(first);
  else places.sort((a, b) => first(a, b) || (others.find((compare) => compare(a, b) !== 0)?.(a, b) ?? 0));
  const sorted: T[] = [];
  for (const place of places) {
    const row = rows[place];
    if (row !== undefined) sorted.push(row);
  }
  return sorted;
}

function comparison(keys: readonly SortKey[], sign: 1 | -1): Compare {
  return keys.every((key) => typeof key !== 'string') ? byNumber(keys, sign) : byText(keys, sign);
}

function byNumber(keys: readonly SortKey[], sign: 1 | -1): Compare {
  // an empty key is the greatest in both directions
  const numbers = Float64Array.from(keys, (key) => (typeof key === 'number' ? sign * key : Infinity));
  return (a, b) => {
    const x = numbers[a] ?? 0;
    const y = numbers[b] ?? 0;
    if (x === y) return 0;
    return x < y ? -1 : 1;
  };
}

function byText(keys: readonly SortKey[], sign: 1 | -1): Compare {
  return (a, b) => {
    const x = keys[a];
    const y = keys[b];
    if (x === y) return 0;
    if (x === undefined) return 1;
    if (y === undefined) return -1;
    return sign * texts.compare(String(x), String(y));
  };
}
