import { conditionInWords } from '#shared/domain/condition/condition-in-words.ts';
import { isCondition } from '#shared/domain/condition/condition-shape.ts';
import { choiceLabel } from '#shared/domain/choices.ts';
import { fieldAt, type FieldPath } from '#shared/domain/derived/field-path.ts';
import { labelOf, labelOfId, labelOfRef } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { JournalEntry, Money } from '#shared/model/field.ts';
import { decimalOf } from '#shared/util/money.ts';
import type { ExportCell } from '../importing/write/export-columns.ts';
import type { SortWorld } from './sort-keys.ts';

/** A column of a list as a file or the clipboard has it. */
export type CellColumn = { readonly heading: string; readonly numeric: boolean; readonly cell: (row: AnyRow) => ExportCell };

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

function cellOf(path: FieldPath, value: unknown, { view, more }: SortWorld): ExportCell {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return textCell(path, value, view);
  if (value === undefined || value === null) return undefined;
  const { kind } = path;
  if (kind === 'references')
    return texts(value)
      .map((id) => labelOfId(path.to, id, view))
      .join('; ');
  if (kind === 'tags') return texts(value).join('; ');
  if (kind === 'journal') return (value as readonly JournalEntry[]).map(({ text }) => text).join('\n'); // the stored value of a journal
  if (kind === 'condition') return isCondition(value) ? conditionInWords(value, path.table, view, more) : undefined;
  return JSON.stringify(value);
}

function textCell(path: FieldPath, text: string, view: ReadView): ExportCell {
  if (path.kind === 'date') return { day: text };
  if (path.kind === 'choice') return choiceLabel(view, path, text);
  if (path.kind === 'reference') return labelOfId(path.to, text, view);
  return path.kind === 'anyReference' ? labelOfRef(text, view) : text;
}

/**
 * The columns of a list by the paths of its fields, `label` standing for the record's label. An amount of money becomes two
 * columns, so that spreadsheets can add it up. Throws AppError `validation` where a field does not exist.
 */
export function cellColumns(table: TableName, paths: readonly string[], world: SortWorld): readonly CellColumn[] {
  const { view, asOf, more } = world;
  return paths.flatMap((one): readonly CellColumn[] => {
    if (one === 'label') return [{ heading: tableOf(table).label, numeric: false, cell: (row) => labelOf(table, row, view) }];
    const path = fieldAt(table, one, more);
    const heading = path.labels.join(' › ');
    if (path.kind !== 'money') {
      const numeric = path.kind === 'number' || path.kind === 'integer' || path.kind === 'percent';
      return [{ heading, numeric, cell: (row) => cellOf(path, path.read(row, view, asOf), world) }];
    }
    const moneyOf = (row: AnyRow) => path.read(row, view, asOf) as Money | undefined; // the stored value of a money field
    const amountOf = (money: Money | undefined) => money && Number(decimalOf(money));
    return [
      { heading, numeric: true, cell: (row) => amountOf(moneyOf(row)) },
      { heading: `${heading} currency`, numeric: false, cell: (row) => moneyOf(row)?.currency },
    ];
  });
}

/** A cell as text: plain decimals, days as `YYYY-MM-DD`, yes and no. */
export function cellText(cell: ExportCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  return typeof cell === 'object' ? cell.day : String(cell);
}
