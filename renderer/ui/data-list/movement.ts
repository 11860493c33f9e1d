import type { Sort } from './types.ts';

/** A place in the grid; row −1 is the header. */
export type Place = { readonly row: number; readonly column: number };
export type Extent = {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
  /** A row of sums lies under the last one. */
  readonly foot?: boolean;
  /** The first column with content, where Home leads. */
  readonly home?: number;
};

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value));

/** Where a key leads from `place`; undefined when the key does not move. */
export function moved(
  place: Place,
  key: string,
  ctrl: boolean,
  { rows, columns, page, foot = false, home = 0 }: Extent,
): Place | undefined {
  const lastRow = rows - 1;
  const lastColumn = columns - 1;
  const to = (row: number, column: number): Place => ({
    row: clamp(row, -1, lastRow + (foot ? 1 : 0)),
    column: clamp(column, 0, lastColumn),
  });
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(ctrl ? lastRow : place.row + 1, place.column);
    case 'ArrowUp':
    case 'k':
      return to(ctrl ? 0 : place.row - 1, place.column);
    case 'ArrowRight':
      return to(place.row, ctrl ? lastColumn : place.column + 1);
    case 'ArrowLeft':
      return to(place.row, ctrl ? 0 : place.column - 1);
    case 'PageDown':
      return to(Math.min(lastRow, place.row + page), place.column);
    case 'PageUp':
      return to(Math.max(0, place.row - page), place.column);
    case 'Home':
      return to(ctrl ? 0 : place.row, home);
    case 'End':
      return to(ctrl ? lastRow : place.row, lastColumn);
    default:
      return undefined;
  }
}

/** The sort after a header was chosen: up, down, none; `add` keeps the other keys. At most five, as the engine allows. */
export function nextSort(sort: Sort, field: string, add: boolean): Sort {
  const known = sort.find((key) => key.field === field);
  const others = add ? sort.filter((key) => key.field !== field) : [];
  if (known?.direction === 'down') return others;
  const next = { field, direction: known ? 'down' : 'up' } as const;
  if (!add) return [next];
  return known ? sort.map((key) => (key.field === field ? next : key)) : [...sort, next].slice(-5);
}
