import { fieldsOf, type FieldInfo } from '#shared/domain/derived/field-path.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { recordAddress } from '../../state/addresses.ts';
import type { Column } from '../../ui/data-list/types.ts';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import names from './records.module.css';

export type ListedRecord = Output<'records.list'>['rows'][number];

const WIDTHS: Partial<Record<FieldInfo['kind'], number>> = {
  text: 190,
  longText: 260,
  email: 200,
  url: 180,
  choice: 130,
  reference: 170,
  references: 190,
  anyReference: 190,
  date: 112,
  instant: 160,
  money: 120,
  number: 100,
  integer: 90,
  percent: 90,
  boolean: 80,
  tags: 150,
};
const AT_END = new Set<FieldInfo['kind']>(['money', 'number', 'integer', 'percent', 'date', 'instant']);
const NOT_LISTED = new Set<FieldInfo['kind']>(['json', 'journal']);

const valueOf = (record: ListedRecord, key: string) => record.row[key] ?? record.derived[key];

/** Every column a record type can show: its label first, then the dictionary's fields, the derived ones, and the store's. */
export function recordColumns(table: TableName): readonly Column<ListedRecord>[] {
  const { title, prefix, label } = tableOf(table);
  const [titleField] = title;
  const first: Column<ListedRecord> = {
    key: titleField ?? 'number',
    title: titleField === undefined || title.length > 1 ? label : (tableOf(table).fields[titleField]?.label ?? label),
    width: 270,
    render: ({ row, label: name }) => (
      <a href={recordAddress(table, row.id)} tabIndex={-1} className={names.title}>
        {name}
      </a>
    ),
  };
  const others = Object.entries(fieldsOf(table))
    .filter(
      ([key, info]) =>
        key !== 'id' &&
        (key !== titleField || title.length > 1) &&
        (key !== 'number' || prefix !== undefined) &&
        !NOT_LISTED.has(info.kind),
    )
    .map(([key, info]): Column<ListedRecord> => {
      return {
        // the first column of a two-part title is sorted by its first field too
        key: key === titleField ? `${key} ` : key,
        title: info.label,
        width: WIDTHS[info.kind] ?? 150,
        align: AT_END.has(info.kind) ? 'end' : undefined,
        sortable: info.kind !== 'references' && info.kind !== 'condition' && key !== titleField,
        help: info.help,
        render: (record) => <FieldValue field={info} value={valueOf(record, key)} table={table} short />,
      };
    });
  return [first, ...others];
}

/** The columns that the dictionary puts forward, in its order; the label always leads. */
export function defaultColumns(table: TableName): readonly string[] {
  const { fields, title, prefix } = tableOf(table);
  const [titleField = 'number'] = title;
  const put = Object.entries(fields)
    .filter(([, field]) => field.column !== undefined)
    .toSorted(([, a], [, b]) => (a.column ?? 0) - (b.column ?? 0))
    .map(([key]) => key)
    .filter((key) => key !== titleField);
  return [titleField, ...put, ...(prefix === undefined || titleField === 'number' ? [] : ['number'])];
}
