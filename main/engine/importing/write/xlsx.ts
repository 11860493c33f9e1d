import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/universal';
import { AppError } from '#shared/errors/app-error.ts';
import type { ExportCell } from './export-columns.ts';

export type WorkbookSheet = {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: Iterable<readonly ExportCell[]>;
  /** Widths of the columns in characters. */
  readonly widths?: readonly number[];
};

/** A workbook keeps at most so many rows and characters in a cell. */
const MOST_ROWS = 1_048_575;
const MOST_CHARACTERS = 32_767;
/** The library holds the whole workbook in memory; beyond this CSV is the better choice. */
const MOST_CELLS = 3_000_000;

// oxlint-disable-next-line no-control-regex -- these are the characters that XML cannot hold
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

function cellOf(cell: ExportCell): Cell {
  if (cell === undefined || cell === '') return null;
  if (typeof cell === 'number') return { type: Number, value: cell };
  if (typeof cell === 'boolean') return { type: Boolean, value: cell };
  // a text cell is never worked out as a formula, whatever it begins with
  if (typeof cell === 'string') return { type: String, value: cell.toWellFormed().replaceAll(NOT_IN_XML, ' ').slice(0, MOST_CHARACTERS) };
  const [year = 1970, month = 1, day = 1] = cell.day.split('-').map(Number);
  // workbooks know no day before 1900-03-01 that every program counts alike
  return year < 1901
    ? { type: String, value: cell.day }
    : { type: Date, value: new Date(Date.UTC(year, month - 1, day)), format: 'yyyy-mm-dd' };
}

/** Tables as an XLSX workbook. Values are never written as formulas. Throws AppError `limit` for what no workbook holds. */
export async function writeWorkbook(sheets: readonly WorkbookSheet[]): Promise<Uint8Array<ArrayBuffer>> {
  let cells = 0;
  const data = sheets.map(({ headings, rows }) => {
    const lines: SheetData = [headings.map((heading) => ({ type: String, value: heading, fontWeight: 'bold' as const }))];
    for (const row of rows) {
      cells += row.length;
      if (lines.length > MOST_ROWS || cells > MOST_CELLS)
        throw new AppError('limit', 'This is too much for a workbook. Export it as CSV instead, or filter the list first.', {
          wayOut: 'Export as CSV.',
        });
      lines.push(row.map(cellOf));
    }
    return lines;
  });
  const parts = sheets.map(({ name, headings, widths }, index) => ({
    data: data[index] ?? [],
    sheet: name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    columns: headings.map((heading, at) => ({ width: widths?.[at] ?? Math.min(40, Math.max(10, heading.length + 2)) })),
    stickyRowsCount: 1,
  }));
  const blob = await writeXlsxFile(parts).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
