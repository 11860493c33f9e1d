import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Progress } from '#shared/contract/define.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { writeCsv } from './csv.ts';
import { exportColumns, type ExportCell } from './export-columns.ts';
import type { WorkbookSheet } from './xlsx.ts';

/** Rows between two tellings of how far it is. */
const TELL_EVERY = 500;

/**
 * Records of a table as a file that people can read and our own import takes in again. `turn` is called every some hundred rows; what it
 * throws ends the work.
 */
export async function exportTable(
  table: TableName,
  format: 'csv' | 'xlsx',
  options: {
    readonly view: ReadView;
    readonly ids: readonly string[] | undefined;
    readonly turn: () => Promise<void>;
    readonly progress: (progress: Progress) => void;
    readonly workbook: (sheets: readonly WorkbookSheet[]) => Promise<Uint8Array<ArrayBuffer>>;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const { view, ids, turn, progress, workbook } = options;
  const columns = exportColumns(table);
  const headings = columns.map(({ heading }) => heading);
  const rowsOf = function* (): Iterable<readonly ExportCell[]> {
    const all: readonly (string | AnyRow)[] = ids ?? [...(view.all(table) as Iterable<AnyRow>)]; // a row of any table, seen generically
    for (const [done, one] of all.entries()) {
      if (done % TELL_EVERY === 0) progress({ step: 'Writing rows', done, total: all.length });
      const row: AnyRow | undefined = typeof one === 'string' ? view.get(table, one) : one;
      if (row !== undefined) yield columns.map(({ cell }) => cell(row, view));
    }
    // how long packing takes is not known beforehand
    if (format === 'xlsx') progress({ step: 'Packing the workbook', done: 0, total: 0 });
  };
  return format === 'csv' ? writeCsv(headings, rowsOf(), { turn }) : workbook([{ name: tableOf(table).plural, headings, rows: rowsOf() }]);
}
