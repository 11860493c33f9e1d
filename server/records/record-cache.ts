import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { workerTables } from '#shared/sync-core/scope-members.ts';
import type { Members, Scope } from '#shared/sync-core/scope.ts';
import { isKeyField, isWholeKey, keyOf, keysOf, type StoredRecord } from './stored-record.ts';

export type MemberChange = {
  readonly what: 'grant' | 'revoke' | 'keep';
  readonly member: string;
  readonly scope: Scope;
  readonly direct: boolean;
};

/** What was asked for and is not loaded yet. */
export type Wanted = {
  readonly rows: readonly { readonly table: TableName; readonly id: string }[];
  readonly keys: readonly string[];
  readonly tables: readonly TableName[];
  /** Scopes of which the records are asked for that name people. */
  readonly works: readonly Scope[];
  /** Scopes whose members are asked for. */
  readonly scopes: readonly Scope[];
  /** Users of whom the scopes are asked for on which they are named. */
  readonly users: readonly string[];
};

/**
 * The records that a computation has read. Rules are pure and synchronous, the database is not: what is not here reads as absent and
 * is noted as wanted; the caller loads it and computes again, until nothing was wanting. Everything here is the read set that
 * the commit is checked against.
 */
export type RecordCache = {
  readonly view: ReadView;
  readonly stored: (table: TableName, id: string) => StoredRecord | undefined;
  /** The records of a scope, of types that name people. */
  readonly worksOf: (scope: Scope) => readonly StoredRecord[];
  /** Members of a scope as the database has them. */
  readonly members: (scope: Scope) => Members;
  readonly scopesOf: (user: string) => readonly Scope[];
  /** Whether something was wanting since the last time: what is computed now will be computed again. */
  readonly isWanting: () => boolean;
  /** What was wanting since the last time. */
  readonly takeWanted: () => Wanted | undefined;
  readonly put: (records: Iterable<StoredRecord>) => void;
  /** What has been read so far, found or not: as long as none of it changes, the same computation comes to the same. */
  readonly readSet: () => ReadSet;
  /** How many records it holds. */
  readonly size: () => number;
  /** Says what has been loaded, found or not. */
  readonly loaded: (wanted: Wanted, members: ReadonlyMap<Scope, Members>, scopes: ReadonlyMap<string, readonly Scope[]>) => void;
  /** Takes in what was committed from here: it is what the database has now. */
  readonly committed: (records: readonly StoredRecord[], members: readonly MemberChange[]) => void;
  /** Takes in what others have committed meanwhile; where memberships are among it, they are asked for anew. Answers whether any of it had been read. */
  readonly rebase: (changed: readonly StoredRecord[], membersChanged: boolean) => boolean;
};

/** Record types read as a whole, keys asked for, and single records as `table/id`. Memberships are not among it. */
export type ReadSet = { readonly tables: readonly TableName[]; readonly keys: readonly string[]; readonly rows: readonly string[] };

/** What a computation reads. */
export type ReadCache = Pick<RecordCache, 'view' | 'stored' | 'worksOf' | 'members' | 'scopesOf' | 'isWanting'>;

const NO_MEMBERS: Members = new Map();
const isWorker: ReadonlySet<TableName> = new Set(workerTables);
const rowKey = (table: TableName, id: string): string => `${table}/${id}`;
const byId = (a: AnyRow, b: AnyRow) => (a.id < b.id ? -1 : 1);

/** Whether a row is found under a field's value. */
export function hasValue(row: AnyRow, field: string, value: string): boolean {
  const own = row[field];
  return Array.isArray(own) ? own.includes(value) : own === value;
}

/** Members of a scope after a change of one of them. */
export function withMember(members: Members, { what, member, direct }: MemberChange): Members {
  const after = new Map(members);
  if (what === 'grant' || (what === 'keep' && after.has(member))) after.set(member, direct);
  if (what === 'revoke') after.delete(member);
  return after;
}

/** Opens an empty cache: for one push, or for those of a tenant one after the other (`warm-caches.ts`). */
export function openRecordCache(): RecordCache {
  const tables = new Map<TableName, Map<string, StoredRecord>>();
  const absent = new Map<TableName, Set<string>>();
  const keys = new Set<string>();
  const idsByKey = new Map<string, Set<string>>();
  /** Answers of `by`, until a record with the key is put. */
  const foundByKey = new Map<string, readonly AnyRow[]>();
  const workersByScope = new Map<Scope, Map<string, StoredRecord>>();
  let size = 0;
  const whole = new Set<TableName>();
  let members = new Map<Scope, Members>();
  let scopes = new Map<string, readonly Scope[]>();
  let wantedRows = new Map<string, { readonly table: TableName; readonly id: string }>();
  let wantedKeys = new Set<string>();
  let wantedTables = new Set<TableName>();
  const works = new Set<Scope>();
  let wantedWorks = new Set<Scope>();
  let wantedScopes = new Set<Scope>();
  let wantedUsers = new Set<string>();

  const isWanting = (): boolean =>
    wantedRows.size + wantedKeys.size + wantedTables.size + wantedWorks.size + wantedScopes.size + wantedUsers.size > 0;
  const ofTable = (table: TableName): Map<string, StoredRecord> => {
    const known = tables.get(table);
    if (known !== undefined) return known;
    const fresh = new Map<string, StoredRecord>();
    tables.set(table, fresh);
    return fresh;
  };
  const stored = (table: TableName, id: string): StoredRecord | undefined => {
    const found = tables.get(table)?.get(id);
    if (found !== undefined || whole.has(table) || absent.get(table)?.has(id) === true) return found;
    wantedRows.set(rowKey(table, id), { table, id });
    return undefined;
  };
  const live = (table: TableName): AnyRow[] => [...ofTable(table).values()].flatMap(({ row }) => row ?? []);
  const all = (table: TableName): readonly AnyRow[] => {
    if (whole.has(table)) return live(table).toSorted(byId);
    wantedTables.add(table);
    return [];
  };
  const by = (table: TableName, field: string, value: string): readonly AnyRow[] => {
    if (whole.has(table) || !isKeyField(table, field)) return all(table).filter((row) => hasValue(row, field, value));
    const key = keyOf(table, field, value);
    if (!keys.has(key)) {
      wantedKeys.add(key);
      return [];
    }
    const found = foundByKey.get(key);
    if (found !== undefined) return found;
    const rows = [...(idsByKey.get(key) ?? [])].flatMap((id) => ofTable(table).get(id)?.row ?? []);
    const sorted = rows.filter((row) => hasValue(row, field, value)).toSorted(byId);
    foundByKey.set(key, sorted);
    return sorted;
  };
  const index = (key: string, id: string): void => {
    const ids = idsByKey.get(key);
    if (ids === undefined) idsByKey.set(key, new Set([id]));
    else ids.add(id);
  };
  const put = (records: Iterable<StoredRecord>): void => {
    for (const record of records) {
      const { table, id, row, scope } = record;
      const ofThis = ofTable(table);
      const before = ofThis.get(id);
      if (before === undefined) size += 1;
      if (before !== undefined) for (const key of keysOf(table, before.row)) foundByKey.delete(key);
      ofThis.set(id, record);
      if (isWorker.has(table))
        workersByScope.set(scope, (workersByScope.get(scope) ?? new Map<string, StoredRecord>()).set(rowKey(table, id), record));
      absent.get(table)?.delete(id);
      // an entry too many does no harm: values are compared when they are read
      for (const key of keysOf(table, row)) {
        const found = foundByKey.get(key);
        if (found !== undefined) {
          const last = found.at(-1);
          // mostly one more record, with the highest ID; of a shortened key the value is not known
          const isNext = before === undefined && row !== undefined && (last === undefined || last.id < id) && isWholeKey(key);
          if (isNext) foundByKey.set(key, [...found, row]);
          else foundByKey.delete(key);
        }
        index(key, id);
      }
    }
  };

  return {
    view: {
      // rows come from the database under their own table
      get: <T extends TableName>(table: T, id: string) => stored(table, id)?.row as Row<T> | undefined,
      all: <T extends TableName>(table: T) => all(table) as Iterable<AnyRow> as Iterable<Row<T>>, // as above
      count: (table) => all(table).length,
      by: <T extends TableName>(table: T, field: string, value: string) => by(table, field, value) as readonly Row<T>[], // as above
    },
    stored,
    worksOf: (scope) => {
      if (!works.has(scope)) {
        wantedWorks.add(scope);
        return [];
      }
      return [...(workersByScope.get(scope)?.values() ?? [])].filter((found) => {
        // it may have changed, or moved to another scope, since it was put there
        const record = ofTable(found.table).get(found.id);
        return record === found && record.row !== undefined;
      });
    },
    members: (scope) => {
      const known = members.get(scope);
      if (known === undefined) wantedScopes.add(scope);
      return known ?? NO_MEMBERS;
    },
    scopesOf: (user) => {
      const known = scopes.get(user);
      if (known === undefined) wantedUsers.add(user);
      return known ?? [];
    },
    isWanting,
    takeWanted: () => {
      if (!isWanting()) return undefined;
      const wanted = {
        rows: [...wantedRows.values()],
        keys: [...wantedKeys],
        tables: [...wantedTables],
        works: [...wantedWorks],
        scopes: [...wantedScopes],
        users: [...wantedUsers],
      };
      wantedRows = new Map();
      wantedKeys = new Set();
      wantedTables = new Set();
      wantedWorks = new Set();
      wantedScopes = new Set();
      wantedUsers = new Set();
      return wanted;
    },
    put,
    readSet: () => {
      const held = [...tables, ...absent].flatMap(([table, ids]) =>
        whole.has(table) ? [] : [...ids.keys()].map((id) => rowKey(table, id)),
      );
      return { tables: [...whole], keys: [...keys], rows: held };
    },
    size: () => size,
    loaded: (wanted, moreMembers, moreScopes) => {
      for (const { table, id } of wanted.rows) if (!ofTable(table).has(id)) absent.set(table, (absent.get(table) ?? new Set()).add(id));
      for (const key of wanted.keys) keys.add(key);
      for (const table of wanted.tables) whole.add(table);
      for (const scope of wanted.works) works.add(scope);
      for (const scope of wanted.scopes) members.set(scope, moreMembers.get(scope) ?? NO_MEMBERS);
      for (const user of wanted.users) scopes.set(user, moreScopes.get(user) ?? []);
    },
    committed: (records, changes) => {
      put(records);
      for (const { what, member, scope, direct } of changes) {
        const known = members.get(scope);
        if (known !== undefined) members.set(scope, withMember(known, { what, member, scope, direct }));
        // asked for anew: rarely needed
        scopes.delete(member);
      }
    },
    rebase: (changed, membersChanged) => {
      const touches = ({ table, id, row, scope }: StoredRecord): boolean => {
        if (works.has(scope) || whole.has(table) || ofTable(table).has(id) || absent.get(table)?.has(id) === true) return true;
        return Object.entries(row ?? {}).some(([field, value]) => {
          const values: readonly unknown[] = Array.isArray(value) ? value : [value];
          return isKeyField(table, field) && values.some((one) => typeof one === 'string' && keys.has(keyOf(table, field, one)));
        });
      };
      const touched = changed.some(touches) || (membersChanged && members.size + scopes.size > 0);
      put(changed);
      if (membersChanged) {
        members = new Map();
        scopes = new Map();
      }
      return touched;
    },
  };
}
