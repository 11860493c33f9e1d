import type { Members, Scope } from '#shared/sync-core/scope.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { workerTables } from '#shared/sync-core/scope-members.ts';
import { openOverlay } from '../records/overlay.ts';
import { withMember, type MemberChange, type ReadCache } from '../records/record-cache.ts';
import type { ScopeChanges, ScopedRecord } from '../records/scope-changes.ts';
import type { StoredRecord } from '../records/stored-record.ts';

/** What the pushes of a group have come to so far, for those after them: as if each had been committed, with its own version. */
export type GroupLayer = ReadCache & {
  readonly put: (changes: ScopeChanges) => void;
  /** Everything that is to be written, against what the database has. */
  readonly changes: () => ScopeChanges;
};

const isWorker: ReadonlySet<TableName> = new Set(workerTables);
const keyOf = (table: TableName, id: string): string => `${table}/${id}`;

/** Opens the layer of a group on what the database has. */
export function openGroupLayer(cache: ReadCache): GroupLayer {
  const overlay = openOverlay(cache.view);
  const records = new Map<string, StoredRecord>();
  const members = new Map<string, MemberChange>();
  const byScope = new Map<Scope, MemberChange[]>();

  const stored = (table: TableName, id: string): StoredRecord | undefined => records.get(keyOf(table, id)) ?? cache.stored(table, id);
  const put = (changes: ScopeChanges): void => {
    for (const { table, id, row, scope } of changes.records) {
      const before = stored(table, id);
      // a record that only moved to another scope stays what it was
      const isSame = before?.row !== undefined && before.row === row;
      const version = isSame ? before.version : (before?.version ?? 0) + 1;
      const next = row === undefined || isSame ? row : { ...row, rev: version };
      records.set(keyOf(table, id), { table, id, version, scope, row: next });
      if (next === undefined) overlay.remove(table, id);
      else overlay.put(table, next);
    }
    for (const change of changes.members) {
      members.set(`${change.member} ${change.scope}`, change);
      byScope.set(change.scope, [...(byScope.get(change.scope) ?? []), change]);
    }
  };
  const scopedAgainst = ({ table, id, row, scope }: StoredRecord): readonly ScopedRecord[] => {
    const before = cache.stored(table, id);
    // made and deleted within the group: there is nothing to tell
    if (row === undefined && before === undefined) return [];
    return [{ table, id, row, scope, left: before !== undefined && before.scope !== scope ? before.scope : undefined }];
  };
  return {
    view: overlay.view,
    stored,
    isWanting: cache.isWanting,
    members: (scope): Members => (byScope.get(scope) ?? []).reduce<Members>(withMember, cache.members(scope)),
    scopesOf: (user) => {
      const own = [...members.values()].filter(({ member }) => member === user);
      const scopes = new Set(cache.scopesOf(user));
      for (const { what, scope, direct } of own)
        if (what !== 'revoke' && direct) scopes.add(scope);
        else scopes.delete(scope);
      return [...scopes];
    },
    worksOf: (scope) => [
      ...cache.worksOf(scope).filter(({ table, id }) => !records.has(keyOf(table, id))),
      ...[...records.values()].filter((record) => record.scope === scope && record.row !== undefined && isWorker.has(record.table)),
    ],
    put,
    changes: () => ({ records: [...records.values()].flatMap(scopedAgainst), members: [...members.values()] }),
  };
}
