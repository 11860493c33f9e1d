import { BLOCK_ROWS, type Cells, type PlainBlock, type ReadColumn, type ReadSheet, type RowFault } from '#shared/domain/importing/cells.ts';
import { tooMuch, type Budget } from './limits.ts';

/** What a workbook says about a cell; a CSV file only has text. */
export const TEXT = 0;
export const TYPED = 1;

/** Rows before the headings that are looked at: titles and padding are skipped. */
const HEAD_ROWS = 25;
/** A column becomes `plain` when after so many rows nearly all of its texts are different, or later (at every doubling) most. */
const FIRST_LOOK = 16_384;

function areMostDifferent(rows: number, different: number): boolean {
  if (rows < FIRST_LOOK || (rows & (rows - 1)) !== 0) return false;
  return different > rows * (rows < FIRST_LOOK * 4 ? 0.9 : 0.5);
}

type ColumnBuilder = { push: (value: string, typed: boolean) => void; finish: (rows: number) => ReadColumn };

function startColumn(): ColumnBuilder {
  let numbers: Map<string, number> | undefined = new Map([['', 0]]);
  const values: string[] = [''];
  let codes = new Uint32Array(1_024);
  let rows = 0;
  let filled = 0;
  let typedCells = 0;
  let pending: string[] = [];
  const blocks: PlainBlock[] = [];

  const closeBlock = () => {
    const ends = new Uint32Array(pending.length);
    let end = 0;
    for (let index = 0; index < pending.length; index += 1) {
      end += pending[index]?.length ?? 0;
      ends[index] = end;
    }
    blocks.push({ text: pending.join(''), ends });
    pending = [];
  };
  const pushPlain = (value: string) => {
    pending.push(value);
    if (pending.length === BLOCK_ROWS) closeBlock();
  };
  const toPlain = () => {
    numbers = undefined;
    for (let row = 0; row < rows; row += 1) pushPlain(values[codes[row] ?? 0] ?? '');
    codes = new Uint32Array(0);
  };

  return {
    push: (value, typed) => {
      if (value !== '') {
        filled += 1;
        if (typed) typedCells += 1;
      }
      if (numbers === undefined) {
        pushPlain(value);
        rows += 1;
        return;
      }
      if (rows === codes.length) {
        const longer = new Uint32Array(rows * 2);
        longer.set(codes);
        codes = longer;
      }
      let code = numbers.get(value);
      if (code === undefined) {
        code = values.length;
        values.push(value);
        numbers.set(value, code);
      }
      codes[rows] = code;
      rows += 1;
      if (areMostDifferent(rows, values.length)) toPlain();
    },
    finish: () => {
      const typed = filled > 0 && typedCells === filled;
      if (numbers !== undefined) return { cells: { kind: 'coded', values, codes: codes.slice(0, rows) } satisfies Cells, typed };
      if (pending.length > 0) closeBlock();
      return { cells: { kind: 'plain', rows, blocks, repaired: new Map() } satisfies Cells, typed };
    },
  };
}

/** How a line of our templates begins that only shows how to fill it in; it is no row. */
export const EXAMPLE_LINE = '# Example';

/** Headings as shown and remembered: trimmed, never empty, each once. */
export function uniqueHeadings(raw: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return raw.map((text, index) => {
    const base = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200) || `Column ${index + 1}`;
    let heading = base;
    for (let copy = 2; seen.has(heading); copy += 1) heading = `${base} (${copy})`;
    seen.add(heading);
    return heading;
  });
}

const SOUNDS_LIKE_DATA = /^[-+(]?[\p{Sc}]?\s?\d[\d.,\s'%)-]*$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?$/u;

/** Index of the row that holds the headings: the first that is nearly as wide as the widest and holds no figures. */
function headingRow(rows: readonly (readonly string[])[]): number {
  const widths = rows.map((row) => row.filter((cell) => cell.trim() !== '').length);
  const widest = Math.max(0, ...widths);
  const wide = rows.findIndex(
    (row, index) => (widths[index] ?? 0) >= Math.max(1, widest * 0.6) && !row.some((cell) => SOUNDS_LIKE_DATA.test(cell.trim())),
  );
  if (wide >= 0) return wide;
  return Math.max(
    0,
    widths.findIndex((width) => width > 0),
  );
}

export type TableBuilder = {
  /** Takes a row's first `count` cells; `types` (workbooks) says which are typed. The arrays are the caller's and may be reused. */
  readonly row: (cells: readonly string[], count: number, line: number, types?: Uint8Array) => void;
  /** Notes that the row added next could not be read cleanly. */
  readonly fault: (severity: RowFault['severity'], message: string) => void;
  /** The table, or undefined where nothing was found in it. */
  readonly finish: () => Omit<ReadSheet, 'encoding' | 'delimiter'> | undefined;
};

type Source = { readonly file: string; readonly sheet?: string; readonly hidden: boolean };
type HeldRow = { cells: string[]; types: Uint8Array | undefined; line: number; faults: Omit<RowFault, 'row'>[] };

/** Collects the rows of one table into columns and finds its headings. Throws AppError `limit` beyond the budget. */
export function startTable(source: Source, budget: Budget): TableBuilder {
  const { limits } = budget;
  const columns: ColumnBuilder[] = [];
  const faults: RowFault[] = [];
  let head: HeldRow[] | undefined = [];
  let headings: readonly string[] = [];
  let lines = new Uint32Array(1_024);
  let rows = 0;
  let next: Omit<RowFault, 'row'>[] = [];

  const add = (cells: readonly string[], count: number, line: number, types: Uint8Array | undefined) => {
    const width = columns.length;
    let last = count;
    while (last > 0 && cells[last - 1] === '') last -= 1;
    if (last === 0 || cells[0]?.startsWith(EXAMPLE_LINE) === true) {
      next = [];
      return;
    }
    if (last > width)
      faults.push({
        row: rows,
        severity: 'error',
        message: `The row has ${last} cells, the headings are ${width}. A separator inside a value needs quotes around the value.`,
      });
    else if (count < width && types === undefined)
      faults.push({
        row: rows,
        severity: 'warning',
        message: `The row has ${count} cells, the headings are ${width}; the others are read as empty.`,
      });
    for (const fault of next) faults.push({ row: rows, ...fault });
    next = [];
    for (let index = 0; index < width; index += 1) {
      const value = index < last ? (cells[index] ?? '') : '';
      columns[index]?.push(value, types !== undefined && types[index] === TYPED);
    }
    if (rows === lines.length) {
      const longer = new Uint32Array(rows * 2);
      longer.set(lines);
      lines = longer;
    }
    lines[rows] = line;
    rows += 1;
  };

  const settleHead = () => {
    const held = head ?? [];
    head = undefined;
    if (held.length === 0) return;
    const at = headingRow(held.map(({ cells }) => cells));
    const first = held[at]?.cells ?? [];
    let width = first.length;
    while (width > 0 && (first[width - 1] ?? '').trim() === '') width -= 1;
    headings = uniqueHeadings(first.slice(0, width));
    for (let index = 0; index < width; index += 1) columns.push(startColumn());
    for (const row of held.slice(at + 1)) {
      next = row.faults;
      add(row.cells, row.cells.length, row.line, row.types);
    }
    next = [];
  };

  return {
    row: (cells, count, line, types) => {
      if (count > limits.columns)
        throw tooMuch(
          `there are more than ${limits.columns} columns`,
          { ...detail(source), line },
          'Keep only the columns that are needed and drop the file again.',
        );
      for (let index = 0; index < count; index += 1)
        if ((cells[index]?.length ?? 0) > limits.cellLength)
          throw tooMuch(
            `a cell is longer than ${limits.cellLength} characters`,
            { ...detail(source), line, column: headings[index] ?? String(index + 1) },
            'Shorten or remove that cell and drop the file again.',
          );
      budget.row(source.file, line);
      budget.cells(source.file, line, count);
      if (head === undefined) {
        add(cells, count, line, types);
        return;
      }
      if (!cells.slice(0, count).some((cell) => cell.trim() !== '')) return;
      head.push({ cells: cells.slice(0, count), types: types?.slice(0, count), line, faults: next });
      next = [];
      if (head.length === HEAD_ROWS) settleHead();
    },
    fault: (severity, message) => {
      next.push({ severity, message });
    },
    finish: () => {
      if (head !== undefined) settleHead();
      if (headings.length === 0) return undefined;
      return { ...source, headings, lines: lines.slice(0, rows), columns: columns.map((column) => column.finish(rows)), faults };
    },
  };
}

function detail(source: Source): { file: string } {
  return { file: source.sheet === undefined ? source.file : `${source.file}, sheet ${source.sheet}` };
}
