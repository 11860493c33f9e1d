import type { Operation } from '#shared/contract/sync-contract.ts';
import { SYNC_SCHEMA_VERSION } from '#shared/contract/sync-contract.ts';
import { rightsOf } from '#shared/domain/permission/rights.ts';
import { isRoleName, roleNames, type RoleName } from '#shared/model/roles.ts';
import { writeStamp } from '#shared/sync-core/clock.ts';
import { hashPassword, NO_PASSWORD } from '../auth/secrets.ts';
import { push } from '../push/push.ts';
import type { PushTools } from '../push/push-group.ts';
import { sql } from '../storage/storage.ts';

const memberOf = sql('member-of', 'select user_id from member where tenant = $1 and login = $2');
const listMembers = sql(
  'list-members',
  `select m.login, m.user_id, r.body->'roles' as roles, m.active from member m left join record r on r.tenant = $1 and r.tbl = 'user' and r.id = m.user_id
   where m.tenant = $1 order by m.login`,
);
const insertMember = sql(
  'insert-member',
  'insert into member (tenant, user_id, login, password, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning user_id',
);
const changeActive = sql('change-active', 'update member set active = $3 where tenant = $1 and user_id = $2');
const changePasswordOf = sql('change-password-of', 'update member set password = $3 where tenant = $1 and user_id = $2');
const endSessions = sql(
  'end-sessions',
  'delete from session s using device d where s.tenant = $1 and d.tenant = $1 and d.id = s.device and d.user_id = $2',
);
const versionOf = sql('version-of-user', `select version from record where tenant = $1 and tbl = 'user' and id = $2`);

const ADMINISTRATION = { user: 'system:administration', rights: rightsOf(['administrator']) };

/** Makes one change of records in the name of the administration, by the way that every change goes. Throws an Error with the refusal. */
export async function administer(tools: PushTools, tenant: string, label: string, operations: readonly Operation[]): Promise<void> {
  const now = tools.now();
  const intent = {
    seq: 1,
    id: tools.newId(),
    kind: 'do',
    label,
    at: new Date(now).toISOString(),
    hlc: writeStamp({ ms: now, count: 0 }, 'administration'),
    schemaVersion: SYNC_SCHEMA_VERSION,
    operations,
  };
  const { answers } = await push(tools, { tenant, author: ADMINISTRATION, device: undefined, intents: [intent], deletionsConfirmed: true });
  const [answer] = answers;
  if (answer?.error) throw new Error(answer.error.message);
}

/** Reads roles from the command line; throws an Error that names those that exist. */
export function readRoles(text: string): readonly RoleName[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isRoleName(name));
  if (unknown.length > 0) throw new Error(`There is no role ${unknown.join(', ')}. Roles: ${roleNames.join(', ')}.`);
  return names.filter(isRoleName);
}

export type NewPerson = {
  readonly login: string;
  readonly name: string;
  /** Absent: they sign in with their organisation alone. */
  readonly password: string | undefined;
  readonly manager: string | undefined;
  readonly roles: readonly RoleName[];
};

/** Creates a person: their record, and what they sign in with. Answers the user's ID. Throws an Error where it cannot be. */
export async function createPerson(
  tools: PushTools,
  tenant: string,
  { login, name, password, manager, roles }: NewPerson,
): Promise<string> {
  const { storage, now, newId } = tools;
  const id = newId();
  const hash = password === undefined ? NO_PASSWORD : await hashPassword(password);
  if (await memberId(tools, tenant, login).catch(() => undefined)) throw new Error(`${login} exists already.`);
  const above = manager === undefined ? undefined : await memberId(tools, tenant, manager);
  const email = login.includes('@') ? { email: login } : {};
  await administer(tools, tenant, 'Create user', [
    { action: 'create', table: 'user', id, values: { name, roles, ...email, ...(above === undefined ? {} : { manager: above }) } },
  ]);
  await storage.transaction(tenant, 'write', (on) => on.run(insertMember, [tenant, id, login.toLowerCase(), hash, new Date(now())]));
  return id;
}

/** The user's ID behind a login. Throws an Error where there is none. */
export async function memberId({ storage }: PushTools, tenant: string, login: string): Promise<string> {
  const [row] = await storage.transaction(tenant, 'read', (on) => on.run<{ user_id: string }>(memberOf, [tenant, login.toLowerCase()]));
  if (row === undefined) throw new Error(`There is no ${login} in ${tenant}.`);
  return row.user_id;
}

/** Gives a person other roles, which hold from the next request on. */
export async function setRoles(tools: PushTools, tenant: string, login: string, roles: readonly RoleName[]): Promise<void> {
  const user = await memberId(tools, tenant, login);
  await administer(tools, tenant, 'Change roles', [await changeOf(tools, tenant, user, { roles })]);
}

/** A change of a person's record as it is at this moment. */
async function changeOf(
  { storage }: PushTools,
  tenant: string,
  user: string,
  patch: Readonly<Record<string, unknown>>,
): Promise<Operation> {
  const [row] = await storage.transaction(tenant, 'read', (on) => on.run<{ version: number }>(versionOf, [tenant, user]));
  return { action: 'update', table: 'user', id: user, patch, base: { version: row?.version ?? 0, fields: {} } };
}

/** Puts a person below another one in the manager tree, or (undefined) below nobody. */
export async function setManager(tools: PushTools, tenant: string, login: string, manager: string | undefined): Promise<void> {
  const user = await memberId(tools, tenant, login);
  const above = manager === undefined ? null : await memberId(tools, tenant, manager);
  await administer(tools, tenant, 'Change manager', [await changeOf(tools, tenant, user, { manager: above })]);
}

/** Switches a person off or on again; off, they are signed out everywhere at once. */
export async function setActive(tools: PushTools, tenant: string, login: string, active: boolean): Promise<void> {
  const user = await memberId(tools, tenant, login);
  await tools.storage.transaction(tenant, 'write', async (on) => {
    await on.run(changeActive, [tenant, user, active]);
    if (!active) await on.run(endSessions, [tenant, user]);
  });
}

/** Sets a person's password and signs them out everywhere. */
export async function setPassword(tools: PushTools, tenant: string, login: string, password: string): Promise<void> {
  const user = await memberId(tools, tenant, login);
  const hash = await hashPassword(password);
  await tools.storage.transaction(tenant, 'write', async (on) => {
    await on.run(changePasswordOf, [tenant, user, hash]);
    await on.run(endSessions, [tenant, user]);
  });
}

export type PersonLine = { readonly login: string; readonly user: string; readonly roles: readonly string[]; readonly active: boolean };

/** Everyone who can sign in. */
export async function listPeople({ storage }: PushTools, tenant: string): Promise<readonly PersonLine[]> {
  const rows = await storage.transaction(tenant, 'read', (on) =>
    on.run<{ login: string; user_id: string; roles: readonly string[] | null; active: boolean }>(listMembers, [tenant]),
  );
  return rows.map(({ user_id: user, login, roles, active }) => ({ login, user, roles: roles ?? [], active }));
}
