// The central store on a real PostgreSQL for benches: durable as in production, a server process, devices that speak HTTP.
import { SYNC_SCHEMA_VERSION, type Operation, type PullPage, type PushReply, type Tokens } from '#shared/contract/sync-contract.ts';
import type { RoleName } from '#shared/model/roles.ts';
import { writeStamp } from '#shared/sync-core/clock.ts';
import { createPerson } from '../../server/admin/people.ts';
import { createTenant } from '../../server/admin/tenants.ts';
import { issueCode } from '../../server/auth/sign-in.ts';
import { idMaker } from '../../server/server.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { openPostgres } from '../../server/storage/postgres.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { startPostgres, whyNoPostgres } from '../support/postgres.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

export const TENANT = 'bench';
export const PASSWORD = 'correct horse battery';

export type BenchDevice = {
  readonly user: string;
  readonly device: string;
  readonly accessToken: string;
  /** Sends each list of operations as an intent of one push; answers with the server's words. */
  readonly push: (intents: readonly (readonly Operation[])[]) => Promise<PushReply>;
  /** As `push`, with the body made beforehand: what is called then only sends it. */
  readonly prepare: (intents: readonly (readonly Operation[])[]) => () => Promise<PushReply>;
  readonly pull: (cursor?: string) => Promise<PullPage>;
};

export type BenchCentral = {
  readonly url: string;
  readonly databaseUrl: string;
  readonly storage: Storage;
  readonly server: ServerProcess;
  readonly newId: () => string;
  /** A person, and a device of theirs that is signed in. */
  readonly device: (login: string, roles?: readonly RoleName[]) => Promise<BenchDevice>;
  readonly close: () => Promise<void>;
};

/** Starts PostgreSQL, the server and a tenant. Throws where there is no PostgreSQL. */
export async function openBenchCentral(): Promise<BenchCentral> {
  const why = whyNoPostgres();
  if (why !== undefined) throw new Error(`The figures of sync are measured on PostgreSQL: ${why}`);
  const postgres = await startPostgres({ durable: true });
  const storage = openPostgres({ url: postgres.url, poolSize: 12 });
  await migrate(storage);
  const server = await startServer({ DATABASE_URL: postgres.url });
  const newId = idMaker(Date.now);
  const tools = { storage, now: Date.now, newId, accessSeconds: 0 };
  await createTenant(storage, TENANT, TENANT, new Date());
  await createPerson(tools, TENANT, { login: 'root', name: 'Root', password: PASSWORD, manager: undefined, roles: ['administrator'] });
  const users = new Map<string, string>();

  const call = async <T>(token: string | undefined, path: string, body?: object | string): Promise<T> => {
    const response = await fetch(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T; // the route's answer
  };

  return {
    url: server.url,
    databaseUrl: postgres.url,
    storage,
    server,
    newId,
    device: async (login, roles = ['successManager']) => {
      const user =
        users.get(login) ?? (await createPerson(tools, TENANT, { login, name: login, password: PASSWORD, manager: undefined, roles }));
      users.set(login, user);
      const code = await issueCode(tools, TENANT, user);
      const device = newId();
      const tokens = await call<Tokens>(undefined, '/v1/sign-in', {
        tenant: TENANT,
        login,
        password: PASSWORD,
        device: { id: device, name: login },
        code,
      });
      let seq = 0;
      const prepare: BenchDevice['prepare'] = (lists) => {
        const at = new Date().toISOString();
        const intents = lists.map((operations) => {
          seq += 1;
          const hlc = writeStamp({ ms: Date.now(), count: seq }, device.slice(-6));
          return { seq, id: newId(), kind: 'do', label: 'Bench', at, hlc, schemaVersion: SYNC_SCHEMA_VERSION, operations };
        });
        const body = JSON.stringify({ deviceTime: at, intents });
        return () => call<PushReply>(tokens.accessToken, '/v1/push', body);
      };
      return {
        user,
        device,
        accessToken: tokens.accessToken,
        prepare,
        push: (lists) => prepare(lists)(),
        pull: (cursor) =>
          call<PullPage>(tokens.accessToken, `/v1/pull${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`),
      };
    },
    close: async () => {
      await storage.close();
      await server.stop();
      await postgres.stop();
    },
  };
}

/** Pulls until there is no more; answers the cursor and how many rows came. */
export async function pullAll({ pull }: BenchDevice, from?: string): Promise<{ readonly cursor: string; readonly rows: number }> {
  let cursor = from;
  let rows = 0;
  for (;;) {
    const page = await pull(cursor);
    rows += page.rows.length;
    cursor = page.cursor;
    if (!page.more) return { cursor, rows };
  }
}

/** Engagements of a person: a portfolio of usual size. */
const PORTFOLIO = 50;

/** Makes a portfolio of the device's person; answers its engagements. */
export async function makePortfolio({ user, push }: BenchDevice, newId: () => string): Promise<readonly string[]> {
  const account = newId();
  const engagements = Array.from({ length: PORTFOLIO }, newId);
  await push([
    [{ action: 'create', table: 'account', id: account, values: { name: `Account ${account}`, owner: user } }],
    ...engagements.map((id, index): readonly Operation[] => [
      { action: 'create', table: 'engagement', id, values: { title: `Care ${index}`, account, csm: user } },
    ]),
  ]);
  return engagements;
}

/** Fifty touchpoints, or as many as asked for, each an intent of its own, spread over the engagements. */
export function touchpoints(engagements: readonly string[], newId: () => string, count = 50): readonly (readonly Operation[])[] {
  return Array.from({ length: count }, (_, index): readonly Operation[] => [
    {
      action: 'create',
      table: 'touchpoint',
      id: newId(),
      values: {
        subject: `Call ${index}`,
        engagement: engagements[index % engagements.length] ?? '',
        heldOn: '2026-05-01',
        description: 'Went through the open points and agreed on the next steps.',
      },
    },
  ]);
}
