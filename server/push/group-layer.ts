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
  /** What lies below is written: from here on the layer lies on what the database has. Without it every group would stand on all those before it. */
  readonly moveOnto: (cache: ReadCache) => void;
};

const isWorker: ReadonlySet<TableName> = new Set(workerTables);

/** Opens the layer of a group on what the database has, or will have once the group before is written. */
export function openGroupLayer(first: ReadCache): GroupLayer {
  let cache = first;
  const overlay = openOverlay({
    get: (table, id) => cache.view.get(table, id),
    all: (table) => cache.view.all(table),
    count: (table) => cache.view.count(table),
    by: (table, field, value) => cache.view.by(table, field, value),
  });
  const records = new Map<TableName, Map<string, StoredRecord>>();
  const members = new Map<string, MemberChange>();
  const byScope = new Map<Scope, MemberChange[]>();

  const stored = (table: TableName, id: string): StoredRecord | undefined => records.get(table)?.get(id) ?? cache.stored(table, id);
  const all = (): readonly StoredRecord[] => [...records.values()].flatMap((ofTable) => [...ofTable.values()]);
  const put = (changes: ScopeChanges): void => {
    for (const { table, id, row, scope } of changes.records) {
      const before = stored(table, id);
      // a record that only moved to another scope stays what it was
      const isSame = before?.row !== undefined && before.row === row;
      const version = isSame ? before.version : (before?.version ?? 0) + 1;
      const next = row === undefined || isSame ? row : { ...row, rev: version };
      const ofTable = records.get(table) ?? new Map<string, StoredRecord>();
      records.set(table, ofTable.set(id, { table, id, version, scope, row: next }));
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
    isWanting: () => cache.isWanting(),
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
      ...cache.worksOf(scope).filter(({ table, id }) => records.get(table)?.has(id) !== true),
      ...all().filter((record) => record.scope === scope && record.row !== undefined && isWorker.has(record.table)),
    ],
    put,
    changes: () => ({ records: all().flatMap(scopedAgainst), members: [...members.values()] }),
    moveOnto: (next) => void (cache = next),
  };
}
