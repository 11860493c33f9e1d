import { workerTables } from '#shared/sync-core/scope-members.ts';
import type { Members, Scope } from '#shared/sync-core/scope.ts';
import { sql, type Sql } from '../storage/storage.ts';
import type { RecordCache, Wanted } from './record-cache.ts';
import { readRecord, RECORD_COLUMNS, type RecordColumns, type StoredRecord } from './stored-record.ts';

/*
 * `offset 0` keeps the planner from joining whole tables: a plan that was made while a tenant was new is kept for the life of a connection, and one that
 * reads a table from end to end was seen to be twenty times slower once there were some ten thousand records.
 */
const one = `(select ${RECORD_COLUMNS} from record r where r.tenant = $1 and r.tbl = w.tbl and r.id = w.id offset 0) r`;
const byIds = `select ${RECORD_COLUMNS} from unnest($2::text[], $3::text[]) as w(tbl, id) cross join lateral ${one}`;
const byKeys = `select ${RECORD_COLUMNS} from unnest($4::text[]) as n(key)
   cross join lateral (select k.tbl, k.id from record_key k where k.tenant = $1 and k.key = n.key offset 0) w cross join lateral ${one}`;
/** Both at once: they are mostly wanted together, and a trip to the database costs more than an empty list. */
const byIdsAndKeys = sql('records-by-id-and-key', `${byIds} union all ${byKeys}`);
const byTables = sql('records-by-table', `select ${RECORD_COLUMNS} from record r where r.tenant = $1 and r.tbl = any($2::text[])`);
const byWork = sql(
  'records-that-name-people',
  `select ${RECORD_COLUMNS} from record r where r.tenant = $1 and r.scope = any($2::text[]) and r.tbl = any($3::text[]) and r.body is not null`,
);
const membersOf = sql(
  'members-of-scopes',
  'select scope, member, direct from scope_member where tenant = $1 and scope = any($2::text[]) and revoked is null',
);
const scopesOf = sql(
  'scopes-of-users',
  'select member, scope from scope_member where tenant = $1 and member = any($2::text[]) and revoked is null and direct',
);

/** Loads what a computation wanted into its cache. */
export async function loadWanted(on: Sql, tenant: string, cache: RecordCache, wanted: Wanted): Promise<void> {
  const { rows, keys, tables, works, scopes, users } = wanted;
  const records: (StoredRecord | undefined)[] = [];
  const read = (found: readonly RecordColumns[]) => records.push(...found.map(readRecord));
  if (rows.length + keys.length > 0)
    read(await on.run<RecordColumns>(byIdsAndKeys, [tenant, rows.map(({ table }) => table), rows.map(({ id }) => id), keys]));
  if (tables.length > 0) read(await on.run<RecordColumns>(byTables, [tenant, tables]));
  if (works.length > 0) read(await on.run<RecordColumns>(byWork, [tenant, works, workerTables]));
  const members = new Map<Scope, Map<string, boolean>>();
  if (scopes.length > 0)
    for (const { scope, member, direct } of await on.run<{ scope: string; member: string; direct: boolean }>(membersOf, [tenant, scopes])) {
      const known = members.get(scope) ?? new Map<string, boolean>();
      members.set(scope, known.set(member, direct));
    }
  const ofUsers = new Map<string, readonly Scope[]>();
  if (users.length > 0)
    for (const { member, scope } of await on.run<{ member: string; scope: string }>(scopesOf, [tenant, users]))
      ofUsers.set(member, [...(ofUsers.get(member) ?? []), scope]);
  cache.put(records.filter((record) => record !== undefined));
  cache.loaded(wanted, members satisfies ReadonlyMap<Scope, Members>, ofUsers);
}

/** Rounds of loading; each goes one reference further. */
const MAX_ROUNDS = 200;

/** Computes on a cache until nothing was wanting; a fault only counts then. */
export async function computeLoaded<T>(on: Sql, tenant: string, cache: RecordCache, compute: () => T): Promise<T> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const outcome = attempt(compute);
    const wanted = cache.takeWanted();
    if (wanted === undefined) {
      if ('fault' in outcome) throw outcome.fault;
      return outcome.computed;
    }
    await loadWanted(on, tenant, cache, wanted);
  }
  throw new Error('a computation did not come to rest');
}

/** A fault on records that are not loaded yet says nothing. */
function attempt<T>(compute: () => T): { readonly computed: T } | { readonly fault: unknown } {
  try {
    return { computed: compute() };
  } catch (fault) {
    return { fault };
  }
}

const changedSince = sql(
  'changed-since',
  `select ${RECORD_COLUMNS}, m.changed from
     (select exists (select from scope_member where tenant = $1 and (granted > $2 or revoked > $2)) as changed) m
     left join record r on r.tenant = $1 and r.seq > $2`,
);
type ChangedColumns = { readonly [K in keyof RecordColumns]: RecordColumns[K] | null } & { readonly changed: boolean };

/** Everything that was committed after a change number, and whether memberships are among it. */
export async function loadChangedSince(
  on: Sql,
  tenant: string,
  seq: number,
): Promise<{ readonly records: readonly StoredRecord[]; readonly membersChanged: boolean }> {
  const rows = await on.run<ChangedColumns>(changedSince, [tenant, seq]);
  const records = rows.flatMap((row) => (row.id === null ? [] : (readRecord(row as RecordColumns) ?? []))); // only the row without a record has nulls
  return { records, membersChanged: rows.some(({ changed }) => changed) };
}
