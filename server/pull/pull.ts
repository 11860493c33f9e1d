import { SYNC_LIMITS, type PulledRow, type PullPage } from '#shared/contract/sync-contract.ts';
import { judgeCursor, readCursor, writeCursor, type Cursor, type Fill } from '#shared/sync-core/cursor.ts';
import { EVERYTHING_SCOPE, isDomainScope, ownScope, scopeDelta, SHARED_SCOPE, type Membership } from '#shared/sync-core/scope.ts';
import { RECORD_COLUMNS, type RecordColumns } from '../records/stored-record.ts';
import { isForeign } from './foreign-people.ts';
import { sql, type Sql, type Storage } from '../storage/storage.ts';

/** Where a device's tenant stands, with the device's last answered intent. */
export const stateOf = sql(
  'pull-state',
  `select t.epoch, t.head, t.purged, d.acknowledged, r.body->>'domain' as domain from tenant t join device d on d.tenant = t.id and d.id = $2
   left join record r on r.tenant = $1 and r.tbl = 'user' and r.id = d.user_id where t.id = $1`,
);
const membershipsSince = sql(
  'memberships-since',
  `select scope, granted, revoked, direct from scope_member where tenant = $1 and member = $2 and (granted > $3 or revoked > $3) order by scope`,
);
/** Whether a person has everything but what is others' own. */
export const hasEverything = sql(
  'has-everything',
  `select granted from scope_member where tenant = $1 and member = $2 and scope = '${EVERYTHING_SCOPE}' and revoked is null`,
);
const scopesToFill = sql(
  'scopes-to-fill',
  `select scope, case when direct then 1 else 2 end as rank from scope_member
   where tenant = $1 and member = $2 and revoked is null and granted > $3 and granted <= $4 and scope <> '${EVERYTHING_SCOPE}' and scope not like 'domain:%'
   order by case when direct then 1 else 2 end, scope`,
);
/** The rows of scopes after one of them, in order. */
export const rowsOfScopes = sql(
  'rows-of-scopes',
  `select ${RECORD_COLUMNS} from record r where r.tenant = $1 and r.scope = any($2::text[]) and (r.scope, r.tbl, r.id) > ($3, $4, $5) and r.body is not null
   order by r.scope, r.tbl, r.id limit $6`,
);
const rowsOfAll = sql(
  'rows-of-all',
  `select ${RECORD_COLUMNS} from record r where r.tenant = $1 and (r.scope, r.tbl, r.id) > ($2, $3, $4) and r.body is not null and r.scope not like 'user:%'
   order by r.scope, r.tbl, r.id limit $5`,
);
const changes = sql(
  'changes',
  `select ${RECORD_COLUMNS}, r.seq from record r where r.tenant = $1 and r.seq > $3
   and (r.scope = any($4::text[]) or ($5 and r.scope not like 'user:%')
     or exists (select from scope_member m where m.tenant = $1 and m.member = $2 and m.scope = r.scope and m.revoked is null and m.granted <= $6))
   order by r.seq limit $7`,
);
const moves = sql(
  'moves',
  `select v.tbl, v.id, v.scope from scope_move v join record r on r.tenant = $1 and r.tbl = v.tbl and r.id = v.id
   where v.tenant = $1 and v.seq > $3 and v.seq <= $6
   and (v.scope = any($4::text[]) or exists (select from scope_member m where m.tenant = $1 and m.member = $2 and m.scope = v.scope))
   and not (r.scope = any($4::text[]) or $5 or exists (select from scope_member m where m.tenant = $1 and m.member = $2 and m.scope = r.scope and m.revoked is null))
   order by v.seq limit ${SYNC_LIMITS.pageRows}`,
);
const reached = sql(
  'device-reached',
  'update device set reached = coalesce($3, (select head from tenant where id = $1)), seen_at = $4, skew_ms = coalesce($5, skew_ms) where tenant = $1 and id = $2',
);

export type Reader = { readonly tenant: string; readonly user: string; readonly device: string };
/** A page, or why the device has to load anew: it keeps its queue either way. */
export type Pulled = { readonly page: PullPage } | { readonly reset: 'restored' | 'too-old' | 'role' };

type At = {
  readonly on: Sql;
  readonly reader: Reader;
  readonly limit: number;
  readonly everything: number | undefined;
  readonly domain: string | undefined;
};

/**
 * Reads one page (S8, S9, S11): current rows in one snapshot with the device's last answered intent. Without a cursor it is the first
 * page of a first load. Undefined where the cursor is none.
 */
export async function pull(storage: Storage, reader: Reader, given: string | undefined, limit: number): Promise<Pulled | undefined> {
  const parsed = given === undefined ? undefined : readCursor(given);
  if (given !== undefined && parsed === undefined) return undefined;
  return storage.transaction(reader.tenant, 'read', async (on) => {
    const [state] = await on.run<{ epoch: string; head: number; purged: number; acknowledged: number; domain: string | null }>(stateOf, [
      reader.tenant,
      reader.device,
    ]);
    if (state === undefined) throw new TypeError('a device belongs to a tenant');
    const { epoch, head, acknowledged } = state;
    // they were a customer before
    if (parsed?.customer === true) return { reset: parsed.epoch === epoch ? 'role' : 'restored' };
    const judged = parsed === undefined ? 'ok' : judgeCursor(parsed, state);
    if (judged !== 'ok') return { reset: judged };
    const [all] = await on.run<{ granted: number }>(hasEverything, [reader.tenant, reader.user]);
    const at: At = { on, reader, limit, everything: all?.granted, domain: state.domain ?? undefined };
    const cursor: Cursor = parsed ?? { epoch, rows: head, members: 0, fill: startOf(head) };
    if (cursor.fill)
      return {
        page: { epoch, acknowledged, forget: [], forgetRows: [], ...(await fillPage(at, cursor, cursor.fill, given === undefined)) },
      };
    const delta = await membershipDelta(at, cursor, head);
    const changed = [...delta.fill.map(({ scope }) => scope), ...delta.forget];
    if (changed.some((scope) => scope === EVERYTHING_SCOPE || isDomainScope(scope))) return { reset: 'role' };
    if (delta.fill.length > 0) {
      const filling = { ...cursor, fill: startOf(head) };
      const filled = await fillPage(at, filling, filling.fill, false);
      return { page: { epoch, acknowledged, forget: delta.forget, forgetRows: [], ...filled } };
    }
    return { page: { epoch, acknowledged, forget: delta.forget, ...(await changePage(at, cursor, head)) } };
  });
}

const startOf = (to: number): Fill => ({ to, rank: 0, scope: '', table: '', id: '' });

async function membershipDelta({ on, reader }: At, cursor: Cursor, head: number) {
  const rows = await on.run<{ scope: string; granted: number; revoked: number | null; direct: boolean }>(membershipsSince, [
    reader.tenant,
    reader.user,
    cursor.members,
  ]);
  const memberships = rows.map((row): Membership => ({ ...row, revoked: row.revoked ?? undefined }));
  return scopeDelta(memberships, cursor.members, head);
}

type Page = Pick<PullPage, 'rows' | 'cursor' | 'more'> & Partial<Pick<PullPage, 'filling'>>;

/** Ranks of a fill: what is shared and one's own; scopes named on; the others below in the manager tree; everything else. */
const FIRST_RANK = 0;
const EVERYTHING_RANK = 3;

/** The next rows of the scopes that are being filled, in the order of ranks; current rows, so nothing has to be undone later. */
async function fillPage(at: At, cursor: Cursor, fill: Fill, isFirst: boolean): Promise<Page> {
  const { on, reader, limit, everything, domain } = at;
  const granted = await on.run<{ scope: string; rank: number }>(scopesToFill, [reader.tenant, reader.user, cursor.members, fill.to]);
  const isWhole = cursor.members === 0;
  const own = isWhole ? [ownScope(reader.user), SHARED_SCOPE].toSorted().map((scope) => ({ scope, rank: FIRST_RANK })) : [];
  const scopes = [...own, ...granted];
  const bytes = openBudget();
  const rows: PulledRow[] = [];
  let last = fill;
  const take = (found: readonly RecordColumns[], rank: number): boolean => {
    for (const row of found) {
      if (rows.length > 0 && (rows.length >= limit || bytes.isSpent())) return false;
      if (!isForeign(row.tbl, row.id, row.body, domain)) rows.push(bytes.count(pulled(row)));
      last = { to: fill.to, rank, scope: row.scope, table: row.tbl, id: row.id };
    }
    return true;
  };
  const cut = (): Page => ({
    rows,
    cursor: writeCursor({ ...cursor, fill: last }),
    more: true,
    filling: {
      done: scopes.filter(({ scope, rank }) => rank < last.rank || (rank === last.rank && scope < last.scope)).length,
      of: scopes.length,
    },
  });
  for (const rank of [FIRST_RANK, 1, 2]) {
    if (rank < fill.rank) continue;
    const after = rank === fill.rank ? fill : startOf(0);
    const names = scopes.filter((one) => one.rank === rank && one.scope >= after.scope).map(({ scope }) => scope);
    for (let from = 0; from < names.length; from += SCOPES_AT_ONCE) {
      const some = names.slice(from, from + SCOPES_AT_ONCE);
      const mark = from === 0 ? after : startOf(0);
      const wanted = limit - rows.length + 1;
      const found = await on.run<RecordColumns>(rowsOfScopes, [reader.tenant, some, mark.scope, mark.table, mark.id, wanted]);
      if (!take(found, rank) || found.length === wanted) return cut();
    }
  }
  if (isWhole && everything !== undefined) {
    const after = fill.rank === EVERYTHING_RANK ? fill : startOf(0);
    const wanted = limit - rows.length + 1;
    const found = await on.run<RecordColumns>(rowsOfAll, [reader.tenant, after.scope, after.table, after.id, wanted]);
    if (!take(found, EVERYTHING_RANK) || found.length === wanted) return cut();
  }
  // changes since the fill began come next, even where there are none: so that every fill ends with a page that has no more
  const done = writeCursor({ epoch: cursor.epoch, rows: cursor.rows, members: fill.to });
  return { rows, cursor: done, more: true, ...(isFirst || rows.length > 0 ? { filling: { done: scopes.length, of: scopes.length } } : {}) };
}

/** Scopes that are read in one statement. */
const SCOPES_AT_ONCE = 500;

/** What changed since the cursor, in the order of the numbers (S7). */
async function changePage(at: At, cursor: Cursor, head: number): Promise<Page & Pick<PullPage, 'forgetRows'>> {
  const { on, reader, limit, everything, domain } = at;
  const scopes = [SHARED_SCOPE, ownScope(reader.user)];
  const who = [reader.tenant, reader.user, cursor.rows, scopes, everything !== undefined] as const;
  // memberships up to here are in, so what they say counts
  const members = head;
  const found = await on.run<RecordColumns & { seq: number }>(changes, [...who, members, limit + 1]);
  const bytes = openBudget();
  const rows: PulledRow[] = [];
  const gone: { table: string; id: string }[] = [];
  let upTo = head;
  for (const [index, row] of found.entries()) {
    if (rows.length > 0 && (rows.length >= limit || bytes.isSpent())) {
      upTo = found[index - 1]?.seq ?? head;
      break;
    }
    if (isForeign(row.tbl, row.id, row.body, domain)) gone.push({ table: row.tbl, id: row.id });
    else rows.push(bytes.count(pulled(row)));
  }
  const left = await on.run<{ tbl: string; id: string }>(moves, [...who, upTo]);
  return {
    rows,
    forgetRows: [...gone, ...left.map(({ tbl, id }) => ({ table: tbl, id }))],
    cursor: writeCursor({ epoch: cursor.epoch, rows: upTo, members }),
    more: upTo < head,
  };
}

/** A record as it is pulled. */
export function pulled({ tbl, id, version, scope, body, stamps }: RecordColumns): PulledRow {
  return {
    table: tbl,
    id,
    version,
    scope,
    ...(body === null ? {} : { values: body }),
    ...(Object.keys(stamps).length === 0 ? {} : { stamps }),
  };
}

/** Counts what a page holds, so that it stays under its size (S8). */
export function openBudget() {
  let bytes = 0;
  return {
    isSpent: () => bytes >= SYNC_LIMITS.pageBytes,
    count: (row: PulledRow): PulledRow => {
      bytes += JSON.stringify(row).length;
      return row;
    },
  };
}

/** Remembers how far a device has read: what it has not seen yet is not forgotten (S10). */
export async function noteReached(
  storage: Storage,
  { tenant, device }: Reader,
  cursor: string | undefined,
  now: Date,
  skewMs: number | undefined,
): Promise<void> {
  const read = cursor === undefined ? undefined : readCursor(cursor);
  // a customer's device has rows of its own: no deletion is kept for it
  const rows = read?.customer === true ? null : (read?.rows ?? 0);
  await storage.transaction(tenant, 'write', (on) => on.run(reached, [tenant, device, rows, now, skewMs ?? null]));
}
