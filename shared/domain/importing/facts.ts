import { cellAt, distinctOf, rowsOf, type Cells, type Distinct, type ReadColumn, type ReadSheet } from './cells.ts';
import { chooseDateForm } from './dates.ts';
import { isNothing, readBoolean, chooseNumberStyle } from './numbers.ts';

/** What a column is seen to hold, before anybody says what it means. Shares are of the filled rows of a sample, 0–1. */
export type ColumnFacts = {
  readonly index: number;
  readonly heading: string;
  readonly cells: Cells;
  readonly typed: boolean;
  readonly rows: number;
  readonly empty: number;
  /** Distinct texts, most of them where there are very many. */
  readonly distinct: readonly Distinct[];
  /** No text occurs twice, empty cells aside; of a very long column the first rows speak for all. */
  readonly unique: boolean;
  readonly samples: readonly string[];
  readonly dates: number;
  readonly numbers: number;
  readonly booleans: number;
  readonly emails: number;
};

const DISTINCT = 5_000;
const SAMPLE = 400;
const COMPARED = 20_000;
const SHOWN = 5;

function isUnique(cells: Cells, distinct: readonly Distinct[]): boolean {
  if (distinct.some(({ count }) => count > 1)) return false;
  if (cells.kind === 'coded') return distinct.length < DISTINCT || distinctOf(cells).every(({ count }) => count === 1);
  // a repetition among the first shows itself; keys of long files are not all compared
  const seen = new Set<string>();
  for (let row = 0; row < Math.min(COMPARED, rowsOf(cells)); row += 1) {
    const value = cellAt(cells, row);
    if (value === '') continue;
    if (seen.has(value)) return false;
    seen.add(value);
  }
  return true;
}

/** A few thousand texts of a column with their counts, taken from all over it. */
function sampleOf(cells: Cells): readonly Distinct[] {
  if (cells.kind === 'coded') return distinctOf(cells);
  const found = new Map<string, { value: string; count: number; first: number }>();
  const step = Math.max(1, Math.floor(cells.rows / DISTINCT));
  for (let row = 0; row < cells.rows; row += step) {
    const value = cellAt(cells, row);
    const known = found.get(value);
    if (known !== undefined) known.count += 1;
    else if (value !== '') found.set(value, { value, count: 1, first: row });
  }
  return [...found.values()];
}

/** Looks at every column of a sheet, one after the other with a turn for other work between them. */
export async function factsOf(sheet: ReadSheet, turn: () => Promise<void>): Promise<readonly ColumnFacts[]> {
  const facts: ColumnFacts[] = [];
  for (const [index, column] of sheet.columns.entries()) {
    facts.push(factsOfColumn(column, index, sheet.headings[index] ?? ''));
    await turn();
  }
  return facts;
}

/** What one column of a sheet is like, by its place and its heading. */
export function factsOfColumn({ cells, typed }: ReadColumn, index: number, heading: string): ColumnFacts {
  const rows = rowsOf(cells);
  const all = sampleOf(cells);
  const distinct = all.filter(({ value }) => !isNothing(value, 'text'));
  const step = Math.max(1, Math.floor(distinct.length / SAMPLE));
  const sample = distinct.filter((_, at) => at % step === 0);
  const filled = sample.reduce((sum, { count }) => sum + count, 0);
  const share = (test: (value: string) => boolean) =>
    filled === 0 ? 0 : sample.reduce((sum, { value, count }) => sum + (test(value) ? count : 0), 0) / filled;
  let unique: boolean | undefined;
  const dates = chooseDateForm(sample);
  const plain = distinct.reduce((sum, { count }) => sum + count, 0);
  return {
    index,
    heading,
    cells,
    typed,
    rows,
    empty: cells.kind === 'coded' ? rows - plain : countEmpty(cells),
    distinct,
    get unique() {
      unique ??= filled > 0 && isUnique(cells, distinct);
      return unique;
    },
    samples: distinct.slice(0, SHOWN).map(({ value }) => value.slice(0, 200)),
    dates: dates.filled === 0 || dates.orders.length === 0 ? 0 : dates.valid / dates.filled,
    numbers: filled === 0 ? 0 : chooseNumberStyle(sample).valid / filled,
    booleans: share((value) => readBoolean(value) !== undefined),
    emails: share((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)),
  };
}

function countEmpty(cells: Cells): number {
  let empty = 0;
  for (let row = 0; row < rowsOf(cells); row += 1) if (isNothing(cellAt(cells, row), 'text')) empty += 1;
  return empty;
}
