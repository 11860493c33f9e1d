import { belongingFields, isScoped, rootOf } from '../domain/permission/follow.ts';
import { accessOf } from '../domain/permission/rights.ts';
import type { ReadView } from '../domain/view.ts';
import { refTo, tablesOfField } from '../model/any-reference.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '../model/dictionary.ts';
import { aggregateScope, ownScope, recordScope, SHARED_SCOPE, type Scope } from './scope.ts';

/** The scope that a record belongs to (S9): the engagement or account that it leads up to, by the way on which permissions follow too. */
export function scopeOfRow(view: ReadView, table: TableName, row: AnyRow): Scope {
  if (isScoped(table)) {
    const root = rootOf(table, row, view);
    return root === undefined
      ? recordScope(table, row.id)
      : aggregateScope(root.table === 'account' ? 'account' : 'engagement', root.row.id);
  }
  const access = accessOf(table);
  if (access === 'private') return row['shared'] === true ? SHARED_SCOPE : ownScope(ownerOf(row));
  if (access === 'staging') return ownScope(row.createdBy);
  return access === 'content' && row['shared'] === false ? ownScope(ownerOf(row)) : SHARED_SCOPE;
}

function ownerOf(row: AnyRow): string {
  for (const field of ['owner', 'user', 'recipient', 'person']) if (typeof row[field] === 'string') return row[field];
  return row.createdBy;
}

type Through = { readonly through: TableName; readonly table: TableName; readonly field: string; readonly any: boolean };

/** References through which records come to their scope, by the type that they go through. */
const dependents = Map.groupBy(
  tableNames.flatMap((table) =>
    belongingFields(table).flatMap((name): readonly Through[] => {
      const field = tableOf(table).fields[name];
      if (field === undefined) return [];
      const targets = tablesOfField(field).filter((through) => isScoped(through) && through !== 'account' && through !== 'engagement');
      return targets.map((through) => ({ through, table, field: name, any: field.kind === 'anyReference' }));
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
