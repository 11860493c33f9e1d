import { createHash } from 'node:crypto';
import type { PulledRow } from '#shared/contract/sync-contract.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import type { Scope } from '#shared/sync-core/scope.ts';
import { computeLoaded } from '../records/load-wanted.ts';
import { openRecordCache, type ReadSet } from '../records/record-cache.ts';
import { readRecord, RECORD_COLUMNS, type RecordColumns, type StoredRecord } from '../records/stored-record.ts';
import { sql, type Sql, type Storage } from '../storage/storage.ts';
import { customerOf, projected, reachOf, tablesFor, type ProjectedRow } from './projection.ts';

const stateOf = sql(
  'customer-state',
  `select t.epoch, t.head, t.purged, d.acknowledged, c.head as seen, c.scopes, case when c.read_head = c.head then c.read_set end as read
   from tenant t left join device d on d.tenant = t.id and d.id = $2
   left join customer_reach c on c.tenant = t.id and c.user_id = $3 where t.id = $1`,
);
const concerns = sql(
  'customer-concerned',
  // what was read before, or is shown; what lies, or lay, where they see anything; what a key now leads to that was asked for
  `select exists (select from record r where r.tenant = $1 and r.seq > $2 and (r.scope = any($3::text[]) or r.tbl = any($4::text[])
     or r.tbl || '/' || r.id = any($5::text[])
     or exists (select from customer_row c where c.tenant = $1 and c.user_id = $7 and c.tbl = r.tbl and c.id = r.id)))
   or exists (select from scope_move m where m.tenant = $1 and m.seq > $2 and m.scope = any($3::text[]))
   or exists (select from unnest($6::text[]) n(key)
     cross join lateral (select k.tbl, k.id from record_key k where k.tenant = $1 and k.key = n.key offset 0) k
     cross join lateral (select from record r where r.tenant = $1 and r.tbl = k.tbl and r.id = k.id and r.seq > $2 offset 0) r) as concerned`,
);
const rowsIn = sql(
  'customer-records',
  `select ${RECORD_COLUMNS} from record r where r.tenant = $1 and r.scope = any($2::text[]) and r.tbl = any($3::text[]) and r.body is not null`,
);
const enter = sql(
  'customer-enter',
  `insert into customer_reach (tenant, user_id, head, seq, scopes) values ($1, $2, -1, 0, '{}') on conflict do nothing`,
);
const lock = sql('customer-lock', 'select head, seq from customer_reach where tenant = $1 and user_id = $2 for update');
const keptRows = sql('customer-kept', 'select tbl, id, version, digest from customer_row where tenant = $1 and user_id = $2');
const putRows = sql(
  'customer-put',
  `insert into customer_row (tenant, user_id, tbl, id, seq, version, scope, digest, body)
   select $1, $2, x->>'t', x->>'i', (x->>'n')::bigint, (x->>'v')::bigint, x->>'s', x->>'d', nullif(x->'b', 'null'::jsonb) from jsonb_array_elements($3::jsonb) x
   on conflict (tenant, user_id, tbl, id) do update set seq = excluded.seq, version = excluded.version, scope = excluded.scope, digest = excluded.digest, body = excluded.body`,
);
const advance = sql(
  'customer-advance',
  'update customer_reach set head = $3, seq = $4, scopes = $5, read_set = coalesce($6::jsonb, read_set), read_head = $3 where tenant = $1 and user_id = $2',
);
const page = sql(
  'customer-page',
  `select tbl, id, seq, version, scope, body from customer_row where tenant = $1 and user_id = $2 and seq > $3 and (body is not null or not $4)
   order by seq limit $5`,
);
const scopePage = sql(
  'customer-scope',
  `select tbl, id, version, body from customer_row where tenant = $1 and user_id = $2 and scope = $3 and body is not null and (tbl, id) > ($4, $5)
   order by tbl, id limit $6`,
);
const sizeOf = sql(
  'customer-size',
  'select count(*) as count from customer_row where tenant = $1 and user_id = $2 and body is not null and seq <= $3',
);

/** What is kept of a row that is gone. */
const GONE = '';

/**
 * What the customers of a tenant see, kept for each of them beside the records, with numbers and versions of its own: so neither tells
 * anything of changes that they do not see (docs/permissions.md). It is brought up to date when one of their devices asks.
 */
export type CustomerState = { readonly epoch: string; readonly acknowledged: number; readonly head: number };

/** Brings a customer's rows up to date. Answers the tenant's state as of then. */
export async function refreshCustomer(
  storage: Storage,
  who: { readonly tenant: string; readonly user: string; readonly device: string },
): Promise<CustomerState> {
  const { tenant, user, device } = who;
  const found = await storage.transaction(tenant, 'read', async (on) => {
    const [state] = await on.run<{
      epoch: string;
      head: number;
      purged: number;
      acknowledged: number | null;
      seen: number | null;
      scopes: readonly string[] | null;
      read: ReadSet | null;
    }>(stateOf, [tenant, device, user]);
    if (state === undefined) throw new TypeError('a device belongs to a tenant');
    const { epoch, head, purged, seen, read } = state;
    const scopes = state.scopes ?? [];
    const at = { epoch, head, acknowledged: Number(state.acknowledged ?? 0) };
    if (seen === head) return { at, fresh: undefined };
    // deletions that were forgotten meanwhile are not to be found any more
    if (seen !== null && read !== null && seen >= purged && seen < head) {
      const [row] = await on.run<{ concerned: boolean }>(concerns, [tenant, seen, scopes, read.tables, read.rows, read.keys, user]);
      if (row?.concerned === false) return { at, fresh: { rows: undefined, read: undefined, scopes } };
    }
    return { at, fresh: await readProjection(on, tenant, user) };
  });
  const { at, fresh } = found;
  if (fresh !== undefined) await storage.transaction(tenant, 'write', (on) => keep(on, { tenant, user, head: at.head, ...fresh }));
  return at;
}

/** What the customer sees now, and the scopes that it comes from. */
async function readProjection(
  on: Sql,
  tenant: string,
  user: string,
): Promise<{ readonly rows: readonly ProjectedRow[]; readonly read: ReadSet; readonly scopes: readonly Scope[] }> {
  const cache = openRecordCache();
  const customer = await computeLoaded(on, tenant, cache, () => customerOf(cache.view, user));
  const scopes = reachOf(customer);
  const found = await on.run<RecordColumns>(rowsIn, [tenant, scopes, tablesFor(customer)]);
  cache.put(found.flatMap((row) => readRecord(row) ?? []));
  const people = [user, ...customer.scopes.contacts];
  const rows = await computeLoaded(on, tenant, cache, () => {
    const records = [...found.map(({ tbl, id }) => [tbl, id] as const), ...people.map((id) => ['user', id] as const)];
    const own = customer.caller.contact === undefined ? [] : [['contact', customer.caller.contact] as const];
    const all = new Map([...records, ...own].map(([table, id]) => [`${table}/${id}`, cache.stored(table as TableName, id)])); // of tables that were asked for
    return projected(
      cache.view,
      customer,
      [...all.values()].filter((record): record is StoredRecord => record !== undefined),
    );
  });
  // what lies in their scopes is told by these
  const within = new Set(found.map(({ tbl, id }) => `${tbl}/${id}`));
  const { tables, keys, rows: held } = cache.readSet();
  return { rows, read: { tables, keys, rows: held.filter((row) => !within.has(row)) }, scopes };
}

type Keeping = {
  readonly tenant: string;
  readonly user: string;
  readonly head: number;
  /** Undefined: as they were. */
  readonly rows: readonly ProjectedRow[] | undefined;
  readonly read: ReadSet | undefined;
  readonly scopes: readonly Scope[];
};

async function keep(on: Sql, { tenant, user, head, rows, read, scopes }: Keeping): Promise<void> {
  await on.run(enter, [tenant, user]);
  const [state] = await on.run<{ head: number; seq: number }>(lock, [tenant, user]);
  // another device of theirs, or another instance, has seen more
  if (state === undefined || state.head >= head) return;
  let { seq } = state;
  if (rows !== undefined) {
    const kept = new Map(
      (await on.run<{ tbl: string; id: string; version: number; digest: string }>(keptRows, [tenant, user])).map((row) => [
        `${row.tbl}/${row.id}`,
        row,
      ]),
    );
    const puts: unknown[] = [];
    const put = (row: {
      readonly table: string;
      readonly id: string;
      readonly scope: string;
      readonly digest: string;
      readonly body: unknown;
    }): void => {
      const before = kept.get(`${row.table}/${row.id}`);
      kept.delete(`${row.table}/${row.id}`);
      if (before?.digest === row.digest) return;
      seq += 1;
      puts.push({ t: row.table, i: row.id, n: seq, v: (before?.version ?? 0) + 1, s: row.scope, d: row.digest, b: row.body });
    };
    for (const row of rows) put({ ...row, digest: digestOf(row) });
    for (const { tbl, id } of kept.values()) put({ table: tbl, id, scope: '', digest: GONE, body: null });
    if (puts.length > 0) await on.run(putRows, [tenant, user, JSON.stringify(puts)]);
  }
  await on.run(advance, [tenant, user, head, seq, scopes, read === undefined ? null : JSON.stringify(read)]);
}

/** Of what they see; by whom and when it was changed last does not make it another. */
function digestOf({ scope, body }: ProjectedRow): string {
  const { updatedAt: _at, updatedBy: _by, ...rest } = body;
  return createHash('sha256').update(scope).update(canonical(rest)).digest('base64url');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`)
    .join(',')}}`;
}

export type CustomerPage = {
  readonly rows: readonly PulledRow[];
  readonly gone: readonly { readonly table: string; readonly id: string }[];
  readonly upTo: number;
  readonly more: boolean;
  readonly size: number;
};

/** Their newest number. */
export async function customerHead(on: Sql, tenant: string, user: string): Promise<number> {
  const [state] = await on.run<{ seq: number }>(lock, [tenant, user]);
  return state?.seq ?? 0;
}

/** Rows after a number, in order. `first`: to a device that has nothing, what is gone is no news. */
export async function customerPage(
  on: Sql,
  {
    tenant,
    user,
    from,
    limit,
    bytes,
  }: { readonly tenant: string; readonly user: string; readonly from: number; readonly limit: number; readonly bytes: number },
): Promise<CustomerPage> {
  const head = await customerHead(on, tenant, user);
  const found = await on.run<{
    tbl: string;
    id: string;
    seq: number;
    version: number;
    scope: string;
    body: Readonly<Record<string, unknown>> | null;
  }>(page, [tenant, user, from, from === 0, limit + 1]);
  const rows: PulledRow[] = [];
  const gone: { table: string; id: string }[] = [];
  let left = bytes;
  let upTo = from;
  for (const { tbl, id, seq, version, scope, body } of found) {
    if (rows.length + gone.length >= limit || left <= 0)
      return { rows, gone, upTo, more: true, size: await sizeUpTo(on, tenant, user, head) };
    if (body === null) gone.push({ table: tbl, id });
    else {
      const row: PulledRow = { table: tbl, id, version, scope, values: body };
      left -= JSON.stringify(row).length;
      rows.push(row);
    }
    upTo = seq;
  }
  return { rows, gone, upTo: head, more: false, size: rows.length };
}

/** The rows of one scope after a record of it, in their order. */
export async function customerScope(
  on: Sql,
  given: {
    readonly tenant: string;
    readonly user: string;
    readonly scope: string;
    readonly table: string;
    readonly id: string;
    readonly limit: number;
    readonly bytes: number;
  },
): Promise<{ readonly rows: readonly PulledRow[]; readonly more: boolean }> {
  const { tenant, user, scope, table, id, limit } = given;
  const found = await on.run<{ tbl: string; id: string; version: number; body: Readonly<Record<string, unknown>> }>(scopePage, [
    tenant,
    user,
    scope,
    table,
    id,
    limit + 1,
  ]);
  const rows: PulledRow[] = [];
  let left = given.bytes;
  for (const { tbl, id: record, version, body } of found) {
    if (rows.length >= limit || left <= 0) return { rows, more: true };
    const row: PulledRow = { table: tbl, id: record, version, scope, values: body };
    left -= JSON.stringify(row).length;
    rows.push(row);
  }
  return { rows, more: false };
}

async function sizeUpTo(on: Sql, tenant: string, user: string, seq: number): Promise<number> {
  const [row] = await on.run<{ count: number }>(sizeOf, [tenant, user, seq]);
  return Number(row?.count ?? 0);
}
