import { refsIn } from '#shared/model/any-reference.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Field, Money } from '#shared/model/field.ts';
import { choiceLabel } from '#shared/domain/choices.ts';
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

function plainCell(field: Field, value: unknown, view: ReadView): ExportCell {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value !== 'string') return undefined;
  if (field.kind === 'date') return { day: value };
  return field.kind === 'choice' ? choiceLabel(view, field, value) : value;
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
  if (kind !== 'reference' && kind !== 'anyReference') return [{ heading: label, cell: (row, view) => plainCell(field, row[key], view) }];
  const target = (row: AnyRow, view: ReadView): { readonly table: TableName; readonly row: AnyRow } | undefined => {
    const [ref] = refsIn(field, row[key]);
    const other: AnyRow | undefined = ref && view.get(ref.table, ref.id);
    return ref && other && { table: ref.table, row: other };
  };
  const named: ExportColumn = {
    heading: label,
    cell: (row, view) => {
      const found = target(row, view);
      if (found === undefined) return undefined;
      const name = labelOf(found.table, found.row, view);
      return kind === 'reference' ? name : `${tableOf(found.table).label}: ${name}`;
    },
  };
  if (to !== undefined && isTableName(to) && tableOf(to).prefix === undefined) return [named];
  return [named, { heading: `${label} number`, cell: (row, view) => target(row, view)?.row.number }];
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
