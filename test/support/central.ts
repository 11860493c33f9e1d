import type { FastifyInstance } from 'fastify';
import type { Answer, Operation, PulledRow, PullPage, PushReply, Tokens } from '#shared/contract/sync-contract.ts';
import { SYNC_SCHEMA_VERSION } from '#shared/contract/sync-contract.ts';
import type { RoleName } from '#shared/model/roles.ts';
import { writeStamp } from '#shared/sync-core/clock.ts';
import { createPerson } from '../../server/admin/people.ts';
import { createTenant } from '../../server/admin/tenants.ts';
import { issueCode } from '../../server/auth/sign-in.ts';
import { silentLog } from '../../server/log.ts';
import { createServer, idMaker, type Running, type ServerOptions } from '../../server/server.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { openTestDatabase } from './embedded.ts';

export const PASSWORD = 'correct horse battery';

export type Central = {
  readonly app: FastifyInstance;
  readonly storage: Storage;
  readonly clock: { now: number };
  readonly newId: () => string;
  /** Creates a person; answers the user's ID. */
  readonly person: (
    login: string,
    options?: { readonly manager?: string; readonly roles?: readonly RoleName[]; readonly tenant?: string },
  ) => Promise<string>;
  /** A code by which a person registers one more device. */
  readonly code: (login: string, tenant?: string) => Promise<string>;
  /** A device of a person, signed in. */
  readonly device: (login: string, name?: string, tenant?: string) => Promise<TestDevice>;
  /** One more instance behind the same database, which it leaves open. */
  readonly another: () => Running;
  readonly close: () => Promise<void>;
};

type Created = Partial<Record<string, unknown>>;
/** A device as far as the server sees one: a queue, a copy of its rows, a cursor. */
export type TestDevice = {
  readonly tokens: Tokens;
  readonly user: string;
  readonly rows: Map<string, PulledRow>;
  readonly cursor: () => string | undefined;
  readonly call: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<{ readonly status: number; readonly body: unknown }>;
  /** Sends operations as one intent; answers the server's word. */
  readonly send: (
    operations: readonly Operation[],
    more?: { readonly kind?: 'do' | 'undo' | 'redo' | 'job'; readonly at?: number },
  ) => Promise<Answer>;
  /** Through another instance where one is given. */
  readonly push: (intents: readonly object[], more?: object, app?: FastifyInstance) => Promise<PushReply>;
  /** Makes an intent with the next number, unsent. */
  readonly intent: (operations: readonly Operation[], more?: object) => { readonly seq: number; readonly id: string };
  /** Pulls until there is no more; answers the pages. */
  readonly pull: (limit?: number) => Promise<readonly PullPage[]>;
  readonly row: (table: string, id: string) => PulledRow | undefined;
  readonly create: (table: string, values: Created, id?: string) => Promise<string>;
  readonly update: (table: string, id: string, patch: Created, base?: Created) => Promise<Answer>;
};

/** What a server's answer to a test holds; the test knows which route it asked. */
const as = <T>(value: unknown): T => value as T;

/**
 * A server on an embedded database in memory, with a tenant `acme` and a clock that stands still unless another one is given.
 */
export async function openCentral(
  given?: Storage,
  more: Partial<ServerOptions['config']> = {},
  realClock?: () => number,
): Promise<Central> {
  const storage = given ?? (await openTestDatabase());
  const clock = { now: Date.parse('2026-05-05T10:00:00.000Z') };
  const now = realClock ?? (() => clock.now);
  const newId = idMaker(now);
  await createTenant(storage, 'acme', 'Acme', new Date(clock.now));
  const config = {
    host: '127.0.0.1',
    port: 0,
    requestsPerMinute: 1_000_000,
    signInsPerMinute: 1_000_000,
    accessSeconds: 900,
    newsMs: 20,
    metricsToken: 'a-token-for-metrics',
    trustProxy: 0,
    allowedOrigins: [],
    appFolder: undefined,
    publicUrl: undefined,
    ...more,
  };
  const { app, close } = createServer({
    config,
    storage,
    log: silentLog,
    now,
  });
  const tools = { storage, now, newId, accessSeconds: 900 };
  // the first one who is given a role has to be an administrator
  await createPerson(tools, 'acme', { login: 'root', name: 'Root', password: PASSWORD, manager: undefined, roles: ['administrator'] });
  const users = new Map<string, string>();
  const inject = async (method: 'GET' | 'POST', url: string, token?: string, body?: unknown, through = app) => {
    const response = await through.inject({
      method,
      url,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return { status: response.statusCode, body: response.body === '' ? undefined : (JSON.parse(response.body) as unknown) };
  };

  const openDevice = async (login: string, name: string, tenant: string): Promise<TestDevice> => {
    const user = users.get(`${tenant}/${login}`) ?? '';
    const id = newId();
    const code = await issueCode(tools, tenant, user);
    const signed = await inject('POST', '/v1/sign-in', undefined, { tenant, login, password: PASSWORD, device: { id, name }, code });
    if (signed.status !== 200) throw new Error(JSON.stringify(signed.body));
    const tokens = as<Tokens>(signed.body);
    const rows = new Map<string, PulledRow>();
    let cursor: string | undefined;
    let seq = 0;
    const call: TestDevice['call'] = (method, path, body) => inject(method, path, tokens.accessToken, body);
    const intent: TestDevice['intent'] = (operations, more = {}) => {
      seq += 1;
      return {
        seq,
        id: newId(),
        kind: 'do',
        label: 'Test',
        at: new Date(clock.now).toISOString(),
        hlc: writeStamp({ ms: clock.now, count: seq }, id.slice(-6)),
        schemaVersion: SYNC_SCHEMA_VERSION,
        operations,
        ...more,
      };
    };
    const push: TestDevice['push'] = async (intents, more = {}, through = app) => {
      const sent = { deviceTime: new Date(clock.now).toISOString(), intents, ...more };
      const { status, body } = await inject('POST', '/v1/push', tokens.accessToken, sent, through);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return as<PushReply>(body);
    };
    const send: TestDevice['send'] = async (operations, more) => {
      const made = intent(operations, more);
      const reply = await push([made]);
      const answer = reply.answers.find((one) => one.seq === made.seq);
      if (answer === undefined) throw new Error(JSON.stringify(reply));
      return answer;
    };
    const apply = (page: PullPage): void => {
      for (const scope of page.forget) for (const [key, row] of rows) if (row.scope === scope) rows.delete(key);
      for (const gone of page.forgetRows) rows.delete(`${gone.table}/${gone.id}`);
      for (const row of page.rows)
        if (row.values === undefined) rows.delete(`${row.table}/${row.id}`);
        else rows.set(`${row.table}/${row.id}`, row);
      cursor = page.cursor;
    };
    const rowOf = (table: string, record: string) => rows.get(`${table}/${record}`);
    return {
      tokens,
      user,
      rows,
      cursor: () => cursor,
      call,
      intent,
      push,
      send,
      row: rowOf,
      pull: async (limit) => {
        const pages: PullPage[] = [];
        for (let more = true; more;) {
          const query = new URLSearchParams({
            ...(cursor === undefined ? {} : { cursor }),
            ...(limit === undefined ? {} : { limit: String(limit) }),
          });
          const { status, body } = await call('GET', `/v1/pull?${query.toString()}`);
          if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
          const page = as<PullPage>(body);
          apply(page);
          pages.push(page);
          more = page.more;
          if (pages.length > 1_000) throw new Error('a pull does not end');
        }
        return pages;
      },
      create: async (table, values, record = newId()) => {
        const answer = await send([{ action: 'create', table, id: record, values }]);
        if (answer.error) throw new Error(answer.error.message);
        return record;
      },
      update: (table, record, patch, base) => {
        const known = rowOf(table, record);
        const fields = base ?? Object.fromEntries(Object.keys(patch).map((field) => [field, known?.values?.[field]]));
        return send([{ action: 'update', table, id: record, patch, base: { version: known?.version ?? 0, fields } }]);
      },
    };
  };

  return {
    app,
    another: () => createServer({ config, storage: { ...storage, close: async () => undefined }, log: silentLog, now }),
    storage,
    clock,
    newId,
    person: async (login, options = {}) => {
      const { manager, tenant = 'acme' } = options;
      const roles: readonly RoleName[] = options.roles ?? ['successManager'];
      const user = await createPerson(tools, tenant, { login, name: login, password: PASSWORD, manager, roles });
      users.set(`${tenant}/${login}`, user);
      return user;
    },
    code: (login, tenant = 'acme') => issueCode(tools, tenant, users.get(`${tenant}/${login}`) ?? ''),
    device: (login, name = 'Laptop', tenant = 'acme') => openDevice(login, name, tenant),
    close,
  };
}
