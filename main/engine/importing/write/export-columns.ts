import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Field, Money } from '#shared/model/field.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { importFields } from '#shared/domain/importing/import-fields.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { decimalOf } from '#shared/util/money.ts';

/** A cell to be written: text as it is, a number as a number, a day as a day. */
export type ExportCell = string | number | boolean | { readonly day: string } | undefined;
export type ExportColumn = { readonly heading: string; readonly cell: (row: AnyRow, view: ReadView) => ExportCell };

const skipped = new Set<Field['kind']>(['json', 'condition', 'journal', 'references']);

function moneyOf(value: unknown): Money | undefined {
  return typeof value === 'object' && value !== null && 'amount' in value ? (value as Money) : undefined; // the stored value of a money field
}

function plainCell({ kind, choices }: Field, value: unknown): ExportCell {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value !== 'string') return undefined;
  return kind === 'date' ? { day: value } : (choices?.[value] ?? value);
}

function idIn(row: AnyRow, key: string): string | undefined {
  const value = row[key];
  return typeof value === 'string' ? value : undefined;
}

function columnsOf(key: string, field: Field): readonly ExportColumn[] {
  const { label, kind, to } = field;
  if (kind === 'money')
    return [
      {
        heading: label,
        cell: (row) => {
          const money = moneyOf(row[key]);
          return money && Number(decimalOf(money));
        },
      },
      { heading: `${label} currency`, cell: (row) => moneyOf(row[key])?.currency },
    ];
  if (kind !== 'reference' || to === undefined) return [{ heading: label, cell: (row) => plainCell(field, row[key]) }];
  const target = to as TableName; // the dictionary names only tables that exist
  const rowOf = (row: AnyRow, view: ReadView): AnyRow | undefined => {
    const id = idIn(row, key);
    return id === undefined ? undefined : view.get(target, id);
  };
  const named: ExportColumn = {
    heading: label,
    cell: (row, view) => {
      const other = rowOf(row, view);
      return other && labelOf(target, other, view);
    },
  };
  if (tableOf(target).prefix === undefined) return [named];
  return [named, { heading: `${label} number`, cell: (row, view) => rowOf(row, view)?.number }];
}

/**
 * The columns of an export: what people see, in the order of the dictionary, with the numbers of the record and of those it
 * refers to, so that the file can be brought in again. Journals, conditions and lists of people are left out.
 */
export function exportColumns(table: TableName): readonly ExportColumn[] {
  const { prefix, fields } = tableOf(table);
  const number: readonly ExportColumn[] = prefix === undefined ? [] : [{ heading: 'Number', cell: (row) => row.number }];
  return [...number, ...Object.entries(fields).flatMap(([key, field]) => (skipped.has(field.kind) ? [] : columnsOf(key, field)))];
}

/** The headings of an empty file of a table: what people may fill in. */
export function templateFields(table: TableName): readonly { readonly key: string; readonly field: Field }[] {
  return [...importFields(table)].filter(([key]) => !(table === 'touchpoint' && key === 'account')).map(([key, field]) => ({ key, field }));
}
