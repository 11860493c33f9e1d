import { fieldsIn } from '#shared/domain/condition/computed-in.ts';
import { DERIVED_READS } from '#shared/domain/derived/derived-reads.ts';
import { fieldsOf } from '#shared/domain/derived/field-path.ts';
import { tablesOfField } from '#shared/model/any-reference.ts';
import type { Condition } from '#shared/model/condition.ts';
import { isTableName, tableNames, tableOf, type TableName } from '#shared/model/dictionary.ts';
import type { Reads, ReadsOf } from '../context.ts';
import { linksTo, referringFields } from './derived-schema.ts';

type Read = Reads[number];

/** What every row is shown with: who wrote it, choices that were added, the day and the currency. */
const ALWAYS: readonly TableName[] = ['user', 'choiceEntry', 'setting'];

/** The record types that the label of a type is made of. */
function addLabel(table: TableName, reads: Set<Read>): void {
  if (reads.has(table)) return;
  reads.add(table);
  const { title } = tableOf(table);
  for (const [name, field] of referringFields(table)) if (title.includes(name)) for (const to of tablesOfField(field)) addLabel(to, reads);
}

/** A row's own fields, its derived ones, and the names of what it refers to. */
function addRow(table: TableName, reads: Set<Read>): void {
  addLabel(table, reads);
  for (const [, field] of referringFields(table)) for (const to of tablesOfField(field)) addLabel(to, reads);
  for (const other of DERIVED_READS[table] ?? []) reads.add(other);
  if (Object.values(fieldsOf(table)).some(({ computed }) => computed === true)) reads.add('derived:health');
}

/** The records on the way of a field of another record, `account.owner.name`. */
function addPath(table: TableName, path: string, reads: Set<Read>): void {
  let at = table;
  for (const step of path.split('.').slice(0, -1)) {
    const { to } = fieldsOf(at)[step] ?? {};
    if (to === undefined || !isTableName(to)) return;
    at = to;
    addRow(at, reads);
  }
}

type Asked = {
  readonly table: TableName;
  readonly condition?: Condition | undefined;
  readonly sort?: readonly { readonly field: string }[] | undefined;
  readonly group?: string | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly sums?: readonly string[] | undefined;
};

/** Record types and topics that rows of a type depend on, with conditions, order and columns that may look further. */
export function readsOfRows({ table, condition, sort = [], group, columns = [], sums = [] }: Asked): Reads {
  const reads = new Set<Read>(ALWAYS);
  addRow(table, reads);
  const fields = [...(condition === undefined ? [] : fieldsIn(condition)), ...sort.map(({ field }) => field), ...columns, ...sums];
  for (const path of group === undefined ? fields : [...fields, group]) addPath(table, path, reads);
  return [...reads];
}

function readsOfRelated(table: TableName): Reads {
  const reads = new Set<Read>([...ALWAYS, table]);
  for (const link of linksTo(table)) addLabel(link.table, reads);
  return [...reads];
}

function readsOfLabels(table: TableName): Reads {
  const reads = new Set<Read>(ALWAYS);
  addLabel(table, reads);
  return [...reads];
}

type Names =
  | 'records.get'
  | 'records.list'
  | 'records.lines'
  | 'records.ids'
  | 'records.groupIds'
  | 'records.related'
  | 'records.lookup'
  | 'records.undoable';

/** What queries of records read, by what they ask for; those of any record (search, history) are not declared. */
export const recordReads: ReadsOf<Names> = {
  'records.get': ({ table }) => readsOfRows({ table }),
  'records.list': readsOfRows,
  'records.lines': readsOfRows,
  'records.ids': readsOfRows,
  'records.groupIds': readsOfRows,
  'records.related': ({ table }) => readsOfRelated(table),
  'records.lookup': ({ table }) => readsOfLabels(table),
  // every command may be the next to be undone; figures that are computed anew are none
  'records.undoable': tableNames,
};
