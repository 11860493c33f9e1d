import { fieldsOf, type FieldInfo } from '#shared/domain/derived/field-path.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { recordAddress } from '../../state/addresses.ts';
import { fieldOptions } from '../../ui/condition-builder/field-options.ts';
import type { Column } from '../../ui/data-list/types.ts';
import { FieldValue } from '../../ui/record-form/field-value.tsx';
import names from './records.module.css';

export type ListLine = Output<'records.lines'>['rows'][number];
export type ListedRecord = Extract<ListLine, { readonly kind: 'row' }>;
/** A column of records with what it shows. */
export type RecordColumn = Column<ListLine> & {
  readonly info: FieldInfo;
  readonly path: string;
  /** Names the record: files and the clipboard get its label. */
  readonly isLabel?: true;
  /** Drawn from what a row brings along; no field of the record, so it is not taken elsewhere. */
  readonly isDrawn?: true;
};

/** The column that names the record, wherever it stands. */
export function labelColumn(columns: readonly RecordColumn[]): RecordColumn | undefined {
  return columns.find(({ isLabel }) => isLabel === true);
}

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
const NOT_SORTED = new Set<FieldInfo['kind']>(['references', 'condition', 'tags']);

function columnOf(table: TableName, path: string, info: FieldInfo, title: string): RecordColumn {
  return {
    key: path,
    path,
    info,
    title,
    width: WIDTHS[info.kind] ?? 150,
    align: AT_END.has(info.kind) ? 'end' : undefined,
    sortable: !NOT_SORTED.has(info.kind),
    help: info.help,
    render: (line) => line.kind === 'row' && <FieldValue field={info} value={line.row[path] ?? line.derived[path]} table={table} short />,
  };
}

/**
 * Every column a record type can show: its label first, then the dictionary's fields, the derived ones, the store's, and
 * those of the records that it refers to.
 */
export function recordColumns(table: TableName): readonly RecordColumn[] {
  const { title, prefix, label, fields } = tableOf(table);
  const [titleField = 'number'] = title;
  const info: FieldInfo = fields[titleField] ?? { kind: 'text', label };
  const first: RecordColumn = {
    ...columnOf(table, titleField, info, title.length > 1 ? label : info.label),
    width: 270,
    align: undefined,
    isLabel: true,
    render: (line) =>
      line.kind === 'row' && (
        <a href={recordAddress(table, line.row.id)} tabIndex={-1} className={names.title}>
          {line.label}
        </a>
      ),
  };
  const own = Object.entries(fieldsOf(table))
    .filter(
      ([key, { kind }]) =>
        key !== 'id' && (key !== titleField || title.length > 1) && (key !== 'number' || prefix !== undefined) && !NOT_LISTED.has(kind),
    )
    .map(([key, one]): RecordColumn => {
      const column = columnOf(table, key, one, one.label);
      // the first column of a two-part title is sorted by its first field too
      return key === titleField ? { ...column, key: `${key} `, sortable: false } : column;
    });
  const beyond = fieldOptions(table)
    .filter(({ path }) => path.includes('.'))
    .map(({ path, info: one, label: words }) => columnOf(table, path, one, words));
  return [first, ...own, ...beyond];
}

/** The columns that the dictionary puts forward, in its order; the label always leads. */
export function defaultColumns(table: TableName): readonly string[] {
  const { fields, title, prefix } = tableOf(table);
  const [titleField = 'number'] = title;
  const put = Object.entries(fields)
    .filter(([, field]) => field.column !== undefined && !NOT_LISTED.has(field.kind))
    .toSorted(([, a], [, b]) => (a.column ?? 0) - (b.column ?? 0))
    .map(([key]) => key)
    .filter((key) => key !== titleField);
  return [titleField, ...put, ...(prefix === undefined || titleField === 'number' ? [] : ['number'])];
}

const ADDED_UP = new Set<FieldInfo['kind']>(['money', 'number', 'integer', 'percent']);

/** Columns that are added up under the list. */
export function summedPaths(columns: readonly RecordColumn[]): readonly string[] {
  return columns.filter(({ info, isDrawn }) => ADDED_UP.has(info.kind) && isDrawn !== true).map(({ path }) => path);
}

const NOT_GROUPED = new Set<FieldInfo['kind']>(['longText', 'email', 'url', 'references', 'tags', 'journal', 'condition', 'json', 'money']);

/** Fields by which a list can be grouped: its own and those of the records it refers to. */
export function groupOptions(columns: readonly RecordColumn[]): readonly RecordColumn[] {
  return columns.filter(
    ({ info, path, key }) => !NOT_GROUPED.has(info.kind) && path !== 'number' && !path.endsWith('.number') && key === path,
  );
}
