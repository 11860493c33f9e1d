import { parseRef, refTo } from '../model/any-reference.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '../model/dictionary.ts';
import type { ReadView } from '../domain/view.ts';
import { aggregateScope, ownScope, recordScope, SHARED_SCOPE, type Scope } from './scope.ts';

const SHARED = new Set(['catalogue', 'content', 'configuration', 'people']);
const OWN = new Set(['private', 'staging']);
const DEPTH = 8;

const accessOf = (table: TableName): string => tableOf(table).access ?? 'work';
/** Whether every record of a type belongs to the whole workspace. */
const isShared = (table: string): boolean => SHARED.has(accessOf(table as TableName)); // the dictionary's references point to its tables

/** Where a record may belong, best first: its owner, its engagement, what it is about, its account, anything else it must have. */
function anchorsOf(table: TableName): readonly string[] {
  const { fields, ownedBy, accountPath } = tableOf(table);
  const all = Object.entries(fields).filter(
    ([, { kind, to }]) => kind === 'anyReference' || (kind === 'reference' && to !== undefined && !isShared(to)),
  );
  const mandatoryFirst = all.toSorted(([, a], [, b]) => Number(b.isMandatory) - Number(a.isMandatory));
  const named = (test: (name: string, to: string | undefined, kind: string) => boolean) =>
    mandatoryFirst.filter(([name, { to, kind }]) => test(name, to, kind)).map(([name]) => name);
  return [
    ...new Set([
      ...named((name) => name === ownedBy),
      ...named((_name, to) => to === 'engagement'),
      ...named((_name, _to, kind) => kind === 'anyReference'),
      ...named((name) => name === accountPath),
      ...named((_name, to) => to === 'account'),
      ...named((_name, to) => to !== table),
    ]),
  ];
}
const anchors = new Map(tableNames.map((table) => [table, anchorsOf(table)]));

/** The scope that a record belongs to (S9): worked out from what it refers to, by the dictionary alone. */
export function scopeOfRow(view: ReadView, table: TableName, row: AnyRow, depth = 0): Scope {
  if (table === 'account' || table === 'engagement') return aggregateScope(table, row.id);
  if (isShared(table)) return SHARED_SCOPE;
  if (OWN.has(accessOf(table))) return row['shared'] === true ? SHARED_SCOPE : ownScope(ownerOf(row));
  for (const field of anchors.get(table) ?? []) {
    const ref = refOfField(table, field, row[field]);
    const found = ref && scopeOfId(view, ref.table, ref.id, depth + 1);
    if (found !== undefined) return found;
  }
  const { sourceTable, sourceRecord } = row;
  const source =
    typeof sourceTable === 'string' && typeof sourceRecord === 'string' ? parseRef(`${sourceTable}/${sourceRecord}`) : undefined;
  const found = source && scopeOfId(view, source.table, source.id, depth + 1);
  return found ?? recordScope(table, row.id);
}

function ownerOf(row: AnyRow): string {
  for (const field of ['owner', 'user', 'recipient']) if (typeof row[field] === 'string') return row[field];
  return row.createdBy;
}

function refOfField(table: TableName, name: string, value: unknown): { readonly table: TableName; readonly id: string } | undefined {
  const field = tableOf(table).fields[name];
  if (field === undefined || typeof value !== 'string') return undefined;
  if (field.kind === 'anyReference') return parseRef(value);
  return { table: field.to as TableName, id: value }; // the dictionary's test holds that references point to its tables
}

function scopeOfId(view: ReadView, table: TableName, id: string, depth: number): Scope | undefined {
  if (table === 'account' || table === 'engagement') return aggregateScope(table, id);
  const row: AnyRow | undefined = depth > DEPTH ? undefined : view.get(table, id);
  return row && scopeOfRow(view, table, row, depth);
}

/** References through which records of other types come to their scope, by the type they go through. */
const dependents = Map.groupBy(
  tableNames.flatMap((table) =>
    (anchors.get(table) ?? []).flatMap((field) => {
      const { to, kind } = tableOf(table).fields[field] ?? {};
      const any = kind === 'anyReference';
      const through: readonly TableName[] = any ? tableNames.filter((name) => !isShared(name)) : [to as TableName]; // as above
      return through.filter((name) => name !== 'account' && name !== 'engagement').map((name) => ({ through: name, table, field, any }));
    }),
  ),
  ({ through }): TableName => through,
);

/** Records whose scope may follow that of a changed record: those that come to theirs through it. */
export function dependentsOf(view: ReadView, table: TableName, id: string): readonly { readonly table: TableName; readonly row: AnyRow }[] {
  return (dependents.get(table) ?? []).flatMap(
    (link) =>
      (view.by(link.table, link.field, link.any ? refTo(table, id) : id) as readonly AnyRow[]).map((row) => ({ table: link.table, row })), // Row seen generically
  );
}
