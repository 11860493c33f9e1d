import type { RoleName } from '#shared/model/roles.ts';
import { administer } from '../../server/admin/people.ts';
import { createTenant } from '../../server/admin/tenants.ts';
import { hashToken } from '../../server/auth/secrets.ts';
import type { PushTools } from '../../server/push/push-group.ts';
import { sql } from '../../server/storage/storage.ts';

/*
 * A tenant with its people and devices, made without passwords: deriving one takes as long as all the rest of a seed.
 */

export type Person = { readonly login: string; readonly manager?: string; readonly role: RoleName };
/** A device of a person as the server knows it. */
export type Seat = {
  readonly tenant: string;
  readonly login: string;
  readonly user: string;
  readonly device: string;
  readonly block: number;
  readonly token: string;
};

const addMember = sql(
  'sim-member',
  `insert into member (tenant, user_id, login, password, created_at) select $1, u, l, '', $4 from unnest($2::text[], $3::text[]) as w(u, l)`,
);
const addDevices = sql(
  'sim-devices',
  `insert into device (tenant, id, user_id, name, block, refresh, created_at, seen_at)
   select $1, d, u, 'Sim', b, d, $5, $5 from unnest($2::text[], $3::text[], $4::integer[]) as w(d, u, b)`,
);
const addSessions = sql(
  'sim-sessions',
  `insert into session (tenant, token, device, refresh, expires_at) select $1, t, d, d, $4 from unnest($2::text[], $3::text[]) as w(t, d)`,
);
const setBlocks = sql('sim-blocks', 'update tenant set blocks = $2 where id = $1');

const YEARS_MS = 10 * 365 * 86_400_000;

/** Makes a tenant with these people, each device signed in for years. Answers users by login, and the devices in order. */
export async function openWorkspace(
  tools: PushTools,
  tenant: string,
  people: readonly Person[],
  devices: readonly string[],
): Promise<{ readonly users: ReadonlyMap<string, string>; readonly seats: readonly Seat[] }> {
  const { storage, newId } = tools;
  const at = new Date(tools.now());
  await createTenant(storage, tenant, tenant, at);
  const users = new Map(people.map(({ login }) => [login, newId()]));
  const idOf = (login: string): string => users.get(login) ?? '';
  await administer(
    tools,
    tenant,
    'People',
    people.map(({ login, manager, role }) => ({
      action: 'create',
      table: 'user',
      id: idOf(login),
      values: { name: login, roles: [role], ...(manager === undefined ? {} : { manager: idOf(manager) }) },
    })),
  );
  const seats = devices.map((login, index): Seat => {
    const device = newId();
    return { tenant, login, user: idOf(login), device, block: index + 1, token: `${tenant}.${device}` };
  });
  await storage.transaction(tenant, 'write', async (on) => {
    await on.run(addMember, [tenant, [...users.values()], [...users.keys()], at]);
    const ids = seats.map(({ device }) => device);
    await on.run(addDevices, [tenant, ids, seats.map(({ user }) => user), seats.map(({ block }) => block), at]);
    await on.run(addSessions, [tenant, seats.map(({ token }) => hashToken(token)), ids, new Date(at.getTime() + YEARS_MS)]);
  });
  await storage.global(setBlocks, [tenant, seats.length]);
  return { users, seats };
}

/** A source of data points that everyone knows. */
export async function addSource(tools: PushTools, tenant: string): Promise<string> {
  const id = tools.newId();
  const values = { name: 'Usage', kind: 'external', breakdown: 'account' };
  await administer(tools, tenant, 'Source', [{ action: 'create', table: 'dataSource', id, values }]);
  return id;
}

const TABLES = ['record', 'record_key', 'scope_member', 'scope_move', 'member', 'device', 'session', 'approval', 'intent'] as const;
const columns = (table: string) =>
  sql(`sim-save-${table}`, `select coalesce(json_agg(t), '[]')::text as rows from ${table} t where t.tenant = $1`);
const drop = (table: string) => sql(`sim-drop-${table}`, `delete from ${table} where tenant = $1`);
const fill = (table: string) =>
  sql(`sim-fill-${table}`, `insert into ${table} select * from json_populate_recordset(null::public.${table}, $1::json)`);
const saveTenant = sql('sim-save-tenant', 'select head, purged, blocks from tenant where id = $1');
const putTenant = sql('sim-put-tenant', 'update tenant set head = $2, purged = $3, blocks = $4, epoch = $5 where id = $1');

type TenantMarks = { readonly head: number; readonly purged: number; readonly blocks: number };
/** A backup of everything that a tenant has. */
export type Backup = { readonly tables: ReadonlyMap<string, string>; readonly marks: TenantMarks };

/** Backs a tenant up. */
export async function backUp({ storage }: PushTools, tenant: string): Promise<Backup> {
  const tables = await storage.transaction(tenant, 'read', async (on) => {
    const saved = new Map<string, string>();
    for (const table of TABLES) {
      const [row] = await on.run<{ rows: string }>(columns(table), [tenant]);
      saved.set(table, row?.rows ?? '[]');
    }
    return saved;
  });
  const [marks] = await storage.global<TenantMarks>(saveTenant, [tenant]);
  return { tables, marks: marks ?? { head: 0, purged: 0, blocks: 0 } };
}

/** Puts a tenant back to where a backup has it, under a new epoch: the administrator gives it before devices are let in again (docs/operations.md). */
export async function restore({ storage, newId }: PushTools, tenant: string, { tables, marks }: Backup): Promise<void> {
  await storage.transaction(tenant, 'write', async (on) => {
    for (const table of TABLES.toReversed()) await on.run(drop(table), [tenant]);
    for (const table of TABLES) await on.run(fill(table), [tables.get(table) ?? '[]']);
    await on.run(putTenant, [tenant, marks.head, marks.purged, marks.blocks, newId()]);
  });
}
