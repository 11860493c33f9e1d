/**
 * The cells of one column of a file, kept so that a million rows stay small and a value is looked at once: `coded` holds each
 * distinct text once and a number per row, `plain` holds the texts one after another where nearly all are different.
 */
export type Cells = CodedCells | PlainCells;
export type CodedCells = { readonly kind: 'coded'; readonly values: string[]; readonly codes: Uint32Array };
export type PlainCells = {
  readonly kind: 'plain';
  readonly rows: number;
  readonly blocks: readonly PlainBlock[];
  /** Cells that a person repaired. */
  readonly repaired: Map<number, string>;
};
/** `BLOCK_ROWS` cells: the text of all and the position where each ends. */
export type PlainBlock = { readonly text: string; readonly ends: Uint32Array };
export const BLOCK_ROWS = 1 << 13;

export type ReadColumn = {
  readonly cells: Cells;
  /** A workbook says of every filled cell that it is a number, a date or yes/no: nothing has to be inferred from its text. */
  readonly typed: boolean;
};

/** A row that could not be read as it stands; `row` counts from 0 below the headings. */
export type RowFault = { readonly row: number; readonly severity: 'error' | 'warning'; readonly message: string };

/** One table found in a file. */
export type ReadSheet = {
  readonly file: string;
  readonly sheet?: string;
  /** The workbook hides it from its reader. */
  readonly hidden: boolean;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** Unique, never empty; one per column. */
  readonly headings: readonly string[];
  /** Line (workbook: row number) of each row in its file. */
  readonly lines: Uint32Array;
  readonly columns: readonly ReadColumn[];
  readonly faults: readonly RowFault[];
};

/** The number of rows of a column. */
export function rowsOf(cells: Cells): number {
  return cells.kind === 'coded' ? cells.codes.length : cells.rows;
}

/** The text of one cell; `''` where it is empty. */
export function cellAt(cells: Cells, row: number): string {
  if (cells.kind === 'coded') return cells.values[cells.codes[row] ?? 0] ?? '';
  const repaired = cells.repaired.size > 0 ? cells.repaired.get(row) : undefined;
  if (repaired !== undefined) return repaired;
  const block = cells.blocks[Math.floor(row / BLOCK_ROWS)];
  if (block === undefined) return '';
  const at = row % BLOCK_ROWS;
  return block.text.slice(at === 0 ? 0 : block.ends[at - 1], block.ends[at]);
}

/** Replaces the text of one cell in place: a repair by the person who imports. */
export function setCell(cells: Cells, row: number, value: string): void {
  if (cells.kind === 'plain') {
    cells.repaired.set(row, value);
    return;
  }
  const known = cells.values.indexOf(value);
  if (known < 0) cells.values.push(value);
  cells.codes[row] = known < 0 ? cells.values.length - 1 : known;
}

/** A distinct text of a column, how many rows have it and the first of them. */
export type Distinct = { readonly value: string; readonly count: number; readonly first: number };

/** The distinct texts of a column in order of appearance, empty ones left out; at most `limit` (the rest is not counted). */
export function distinctOf(cells: Cells, limit = Number.POSITIVE_INFINITY): readonly Distinct[] {
  const found = new Map<string, { value: string; count: number; first: number }>();
  const rows = rowsOf(cells);
  if (cells.kind === 'coded') {
    const counts = new Uint32Array(cells.values.length);
    const firsts = new Uint32Array(cells.values.length);
    for (let row = rows - 1; row >= 0; row -= 1) {
      const code = cells.codes[row] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
      firsts[code] = row;
    }
    return cells.values
      .map((value, code) => ({ value, count: counts[code] ?? 0, first: firsts[code] ?? 0 }))
      .filter(({ value, count }) => value !== '' && count > 0)
      .slice(0, limit);
  }
  for (let row = 0; row < rows; row += 1) {
    const value = cellAt(cells, row);
    if (value === '') continue;
    const known = found.get(value);
    if (known !== undefined) known.count += 1;
    else if (found.size < limit) found.set(value, { value, count: 1, first: row });
  }
  return [...found.values()];
}
