import type { Tokens } from '#shared/contract/sync-contract.ts';
import { rolesOf } from '#shared/domain/permission/caller.ts';
import { rightsOf, type Rights } from '#shared/domain/permission/rights.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { Author } from '../records/author.ts';
import { isTenantName, sql, type Sql, type Storage } from '../storage/storage.ts';
import { SyncError } from '../http/sync-error.ts';
import { toBeErased } from './erase-device.ts';
import { countGuess, forgetGuesses } from './guesses.ts';
import { readProvider } from './provider.ts';
import { hashPassword, hashToken, isPassword, newCode, newToken, readCode, tenantOf } from './secrets.ts';

const memberByLogin = sql(
  'member-by-login',
  `select m.user_id, m.password, m.active, r.body as about from member m left join record r on r.tenant = $1 and r.tbl = 'user' and r.id = m.user_id where m.tenant = $1 and m.login = $2`,
);
const memberById = sql('member-by-id', 'select login, active from member where tenant = $1 and user_id = $2');
const passwordOf = sql('password-of', 'select password from member where tenant = $1 and user_id = $2');
const setPassword = sql('set-password', 'update member set password = $3 where tenant = $1 and user_id = $2');
const deviceById = sql('device-by-id', 'select user_id, block, revoked_at from device where tenant = $1 and id = $2 for update');
const useCode = sql('use-code', 'delete from approval where tenant = $1 and code = $2 and user_id = $3 and expires_at > $4 returning code');
const knownBy = sql(
  'sign-in-known-by',
  `select (select d.id from device d where d.tenant = $1 and d.id = $3 and d.user_id = $2 and d.revoked_at is null) as device,
     (select a.code from approval a where a.tenant = $1 and a.code = $4 and a.user_id = $2 and a.expires_at > $5) as code`,
);
const addCode = sql('add-code', 'insert into approval (tenant, code, user_id, expires_at) values ($1, $2, $3, $4)');
const dropCodes = sql('drop-codes', 'delete from approval where tenant = $1 and expires_at <= $2');
const nextBlock = sql('next-block', 'update tenant set blocks = blocks + 1 where id = $1 returning blocks, epoch');
const epochOf = sql('epoch-of', 'select epoch from tenant where id = $1');
const addDevice = sql(
  'add-device',
  `insert into device (tenant, id, user_id, name, block, refresh, created_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $7)`,
);
const renewDevice = sql(
  'renew-device',
  'update device set refresh = $3, refresh_before = null, refresh_old = null, name = $4, seen_at = $5 where tenant = $1 and id = $2',
);
const deviceByRefresh = sql(
  'device-by-refresh',
  `select d.id, d.user_id, d.block, d.refresh_old = $2 as stolen, m.active from device d join member m on m.tenant = d.tenant and m.user_id = d.user_id
   where d.tenant = $1 and (d.refresh = $2 or d.refresh_before = $2 or d.refresh_old = $2) and d.revoked_at is null for update of d`,
);
const rotate = sql('rotate', 'update device set refresh = $3, refresh_before = $4, seen_at = $5 where tenant = $1 and id = $2');
const addSession = sql('add-session', 'insert into session (tenant, token, device, refresh, expires_at) values ($1, $2, $3, $4, $5)');
const dropSessions = sql('drop-sessions', 'delete from session where tenant = $1 and (device = $2 or expires_at <= $3)');
const sessionOf = sql('session-of', 'select device, user_id, about from satchel_session($1, $2, $3)');
const revoke = sql(
  'revoke-device',
  `update device set revoked_at = $3, refresh = '', refresh_before = null, refresh_old = null where tenant = $1 and id = $2 and user_id = $4 and revoked_at is null returning id`,
);
/** What its tokens digest to stays: by them alone it can be told later on to erase itself (`erase-device.ts`). */
const signOff = sql(
  'sign-off-device',
  'update device set revoked_at = $3 where tenant = $1 and id = $2 and user_id = $4 and revoked_at is null returning id',
);
const devicesOf = sql(
  'devices-of',
  'select id, name, created_at, seen_at, revoked_at, erase_at, erased_at, acknowledged, skew_ms from device where tenant = $1 and user_id = $2 order by created_at',
);

/** A person on a device, as a request shows them. */
export type Session = Author & { readonly tenant: string; readonly device: string };

export type SignIns = { readonly storage: Storage; readonly now: () => number; readonly accessSeconds: number };

/** A person's record as far as it says what they may do; null where it is gone. */
type About = Pick<Row<'user'>, 'roles' | 'active'> | null;

/** Roles stand in the person's record (REC-32), so a change of them is a change like any other; without a record there are none. */
function rightsIn(about: About): Rights {
  return rightsOf(about === null ? [] : rolesOf(about));
}

const CODE_LIVES_MS = 7 * 86_400_000;
const wrong = (): SyncError => new SyncError('unauthorized', 'Name or password is not right, or the account is switched off.');

/** Signs a person in on a device with their password, and the first time with an approval code (S15). Throws SyncError. */
export async function signIn(
  tools: SignIns,
  given: {
    readonly tenant: string;
    readonly login: string;
    readonly password: string;
    readonly device: { readonly id: string; readonly name: string };
    readonly code?: string | undefined;
  },
): Promise<Tokens> {
  const { storage, now } = tools;
  const { tenant, login, device } = given;
  if (!isTenantName(tenant)) throw wrong();
  const { member, passwords, known } = await storage.transaction(tenant, 'read', async (on) => {
    const [row] = await on.run<{ user_id: string; password: string; about: About; active: boolean }>(memberByLogin, [
      tenant,
      login.toLowerCase(),
    ]);
    const code = given.code === undefined ? '' : hashToken(readCode(given.code));
    // asked for nobody as well, so that it takes as long
    const [by] = await on.run<{ device: string | null; code: string | null }>(knownBy, [
      tenant,
      row?.user_id ?? '',
      device.id,
      code,
      new Date(now()),
    ]);
    return { member: row, passwords: (await readProvider(on, tenant))?.passwords ?? true, known: by?.device ?? by?.code ?? undefined };
  });
  if (!passwords) throw new SyncError('forbidden', 'People of this organisation sign in with their organisation, not by password.');
  const guess = { tenant, login: login.toLowerCase(), known };
  await countGuess(storage, guess, now());
  // the slow part stands outside the transaction
  const isRight = await isPassword(given.password, member?.password);
  if (member === undefined || !isRight || !member.active) throw wrong();
  const granted = await storage.transaction(tenant, 'write', (on) =>
    grantDevice(on, tools, {
      tenant,
      user: member.user_id,
      device,
      approve: () => approve(on, tenant, member.user_id, given.code, new Date(now())),
    }),
  );
  // the right password alone does not do: codes are guessed with it
  await forgetGuesses(storage, guess);
  return granted;
}

/** Whether a person may be signed in whom their organisation's provider has let in, and under which login. Throws SyncError. */
export async function refuseMember(on: Sql, tenant: string, user: string): Promise<string> {
  const [member] = await on.run<{ login: string; active: boolean }>(memberById, [tenant, user]);
  if (member === undefined || !member.active) throw new SyncError('unauthorized', 'This account is switched off.');
  return member.login;
}

/** Gives a device of a person its tokens; one that is new needs the approval first. Throws SyncError. */
export async function grantDevice(
  on: Sql,
  tools: SignIns,
  given: {
    readonly tenant: string;
    readonly user: string;
    readonly device: { readonly id: string; readonly name: string };
    /** Throws where a new device is not let in. */
    readonly approve: () => Promise<void>;
  },
): Promise<Tokens> {
  const { tenant, user, device } = given;
  const [known] = await on.run<{ user_id: string; block: number; revoked_at: unknown }>(deviceById, [tenant, device.id]);
  const at = new Date(tools.now());
  const refreshToken = newToken(tenant);
  let block = known?.block ?? 0;
  if (known === undefined) {
    await given.approve();
    const [allotted] = await on.run<{ blocks: number }>(nextBlock, [tenant]);
    block = allotted?.blocks ?? 0;
    await on.run(addDevice, [tenant, device.id, user, device.name, block, hashToken(refreshToken), at]);
  } else {
    // a revoked device, or someone else's, never comes back under its ID
    if (known.revoked_at !== null || known.user_id !== user)
      throw new SyncError('forbidden', 'This device has been signed off. Register it as a new one.');
    await on.run(renewDevice, [tenant, device.id, hashToken(refreshToken), device.name, at]);
  }
  return tokens(on, tools, { tenant, user, device: device.id, block, refreshToken });
}

async function approve(on: Sql, tenant: string, user: string, code: string | undefined, at: Date): Promise<void> {
  const needed = 'This device is new. An administrator, or you on a device of yours, gives you a code for it.';
  if (code === undefined) throw new SyncError('approval-needed', needed);
  const used = await on.run(useCode, [tenant, hashToken(readCode(code)), user, at]);
  if (used.length === 0) throw new SyncError('approval-needed', `The code is not right, has been used, or is over a week old. ${needed}`);
}

type Granted = {
  readonly tenant: string;
  readonly user: string;
  readonly device: string;
  readonly block: number;
  readonly refreshToken: string;
};

async function tokens(on: Sql, { now, accessSeconds }: SignIns, { tenant, user, device, block, refreshToken }: Granted): Promise<Tokens> {
  const accessToken = newToken(tenant);
  const at = now();
  await on.run(dropSessions, [tenant, device, new Date(at)]);
  await on.run(addSession, [tenant, hashToken(accessToken), device, hashToken(refreshToken), new Date(at + accessSeconds * 1_000)]);
  const [state] = await on.run<{ epoch: string }>(epochOf, [tenant]);
  return { accessToken, refreshToken, expiresIn: accessSeconds, user, device, block, epoch: state?.epoch ?? '' };
}

/**
 * Gives new tokens for a refresh token (S15). The one before stays good until the new ones are first used, for an answer may be lost on
 * its way; after that its use means that someone has a copy, and the device is signed off. Throws SyncError.
 */
export async function refresh(tools: SignIns, refreshToken: string): Promise<Tokens> {
  const tenant = tenantOf(refreshToken);
  if (!isTenantName(tenant)) throw new SyncError('unauthorized', 'Sign in again.');
  const granted = await tools.storage.transaction(tenant, 'write', async (on) => {
    const hash = hashToken(refreshToken);
    const [device] = await on.run<{ id: string; user_id: string; block: number; active: boolean; stolen: boolean | null }>(
      deviceByRefresh,
      [tenant, hash],
    );
    if (device === undefined || !device.active) return undefined;
    if (device.stolen === true) {
      const at = new Date(tools.now());
      await on.run(revoke, [tenant, device.id, at, device.user_id]);
      await on.run(dropSessions, [tenant, device.id, at]);
      return undefined;
    }
    const next = newToken(tenant);
    await on.run(rotate, [tenant, device.id, hashToken(next), hash, new Date(tools.now())]);
    return tokens(on, tools, { tenant, user: device.user_id, device: device.id, block: device.block, refreshToken: next });
  });
  if (granted !== undefined) return granted;
  throw (await toBeErased(tools, tenant, refreshToken)) ?? new SyncError('unauthorized', 'Sign in again.');
}

/** The session of an access token; undefined where it is over, revoked or none. */
export async function sessionFor({ storage, now }: SignIns, accessToken: string): Promise<Session | undefined> {
  const tenant = tenantOf(accessToken);
  if (!isTenantName(tenant)) return undefined;
  // a statement by itself: it sets the tenant, sees only that one's rows, and takes one trip to the database
  const [row] = await storage.global<{ device: string; user_id: string; about: About }>(sessionOf, [
    tenant,
    hashToken(accessToken),
    new Date(now()),
  ]);
  return row && { tenant, device: row.device, user: row.user_id, rights: rightsIn(row.about) };
}

/** Signs a device of the person off; answers whether there was one. One that signs itself off (`isOwn`) has forgotten its tokens. */
export async function revokeDevice(
  { storage, now }: SignIns,
  tenant: string,
  user: string,
  device: string,
  isOwn = false,
): Promise<boolean> {
  return storage.transaction(tenant, 'write', async (on) => {
    const at = new Date(now());
    const gone = await on.run(isOwn ? revoke : signOff, [tenant, device, at, user]);
    if (gone.length > 0) await on.run(dropSessions, [tenant, device, at]);
    return gone.length > 0;
  });
}

/** A code by which the person registers one more device. */
export async function issueCode({ storage, now }: SignIns, tenant: string, user: string): Promise<string> {
  const code = newCode();
  await storage.transaction(tenant, 'write', async (on) => {
    await on.run(dropCodes, [tenant, new Date(now())]);
    await on.run(addCode, [tenant, hashToken(code), user, new Date(now() + CODE_LIVES_MS)]);
  });
  return code;
}

/** Changes the person's own password. Throws SyncError where the old one is not right. */
export async function changePassword(
  { storage, now }: SignIns,
  { tenant, user, device }: Session,
  old: string,
  fresh: string,
): Promise<void> {
  const guess = { tenant, login: user, known: device };
  await countGuess(storage, guess, now());
  const kept = await storage.transaction(
    tenant,
    'read',
    async (on) => (await on.run<{ password: string }>(passwordOf, [tenant, user]))[0]?.password,
  );
  if (!(await isPassword(old, kept))) throw new SyncError('forbidden', 'The old password is not right.');
  const hash = await hashPassword(fresh);
  await storage.transaction(tenant, 'write', (on) => on.run(setPassword, [tenant, user, hash]));
  await forgetGuesses(storage, guess);
}

export type DeviceLine = {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly seen: string;
  readonly revoked: boolean;
  /** When it was asked for that it erases itself, and when it said that it has. */
  readonly eraseAsked?: string;
  readonly erased?: string;
  readonly acknowledged: number;
  readonly skewMs: number;
};
type DeviceRow = {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly seen_at: Date;
  readonly revoked_at: Date | null;
  readonly erase_at: Date | null;
  readonly erased_at: Date | null;
  readonly acknowledged: number;
  readonly skew_ms: number;
};

/** The devices of a person, oldest first. */
export async function listDevices({ storage }: SignIns, tenant: string, user: string): Promise<readonly DeviceLine[]> {
  const rows = await storage.transaction(tenant, 'read', (on) => on.run<DeviceRow>(devicesOf, [tenant, user]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    created: row.created_at.toISOString(),
    seen: row.seen_at.toISOString(),
    revoked: row.revoked_at !== null,
    ...(row.erase_at === null ? {} : { eraseAsked: row.erase_at.toISOString() }),
    ...(row.erased_at === null ? {} : { erased: row.erased_at.toISOString() }),
    acknowledged: row.acknowledged,
    skewMs: row.skew_ms,
  }));
}
