import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { writeCsv } from './csv.ts';
import { exportColumns, type ExportCell } from './export-columns.ts';
import type { WorkbookSheet } from './xlsx.ts';

/** Records of a table as a file that people can read and our own import takes in again. */
export async function exportTable(
  table: TableName,
  format: 'csv' | 'xlsx',
  options: {
    readonly view: ReadView;
    readonly ids: readonly string[] | undefined;
    readonly turn: () => Promise<void>;
    readonly workbook: (sheets: readonly WorkbookSheet[]) => Promise<Uint8Array<ArrayBuffer>>;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const { view, ids, turn, workbook } = options;
  const columns = exportColumns(table);
  const headings = columns.map(({ heading }) => heading);
  const rowsOf = function* (): Iterable<readonly ExportCell[]> {
    const all = ids === undefined ? view.all(table) : ids.flatMap((id) => view.get(table, id) ?? []);
    for (const row of all as Iterable<AnyRow>) yield columns.map(({ cell }) => cell(row, view)); // a row of any table, seen generically
  };
  return format === 'csv' ? writeCsv(headings, rowsOf(), { turn }) : workbook([{ name: tableOf(table).plural, headings, rows: rowsOf() }]);
}
