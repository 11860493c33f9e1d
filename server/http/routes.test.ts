import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '#shared/contract/sync-contract.ts';
import type { RoleName } from '#shared/model/roles.ts';
import { openCentral, PASSWORD, type Central, type TestDevice } from '../../test/support/central.ts';
import { createTenant } from '../admin/tenants.ts';
import { ROUTES } from './routes.ts';

/*
 * Who may do what, and to whose records: every route of the server × every kind of caller × a record that is one's own, a colleague's
 * of another team, or of another tenant. A route that is added has to be named here before this passes.
 */

const ROLES = ['viewer', 'successAgent', 'successManager', 'administrator'] as const satisfies readonly RoleName[];

let central: Central;
const callers = new Map<string, TestDevice>();
type Portfolio = {
  readonly account: string;
  readonly engagement: string;
  readonly contact: string;
  readonly device: string;
  readonly file: string;
};
const nothing: Portfolio = { account: '', engagement: '', contact: '', device: '', file: '' };
const records: Record<'own' | 'foreign' | 'otherTenant', Portfolio> = { own: nothing, foreign: nothing, otherTenant: nothing };

async function portfolio(device: TestDevice): Promise<Portfolio> {
  const account = await device.create('account', { name: 'Account', owner: device.user });
  const engagement = await device.create('engagement', { title: 'Engagement', account, csm: device.user });
  const contact = await device.create('contact', { name: 'Contact', account });
  const content = Buffer.from(`content of ${account}`);
  const file = createHash('sha256').update(content).digest('hex');
  const values = { name: 'plan.txt', about: `account/${account}`, size: content.length, sha256: file };
  await device.send([{ action: 'create', table: 'attachment', id: central.newId(), values }], { kind: 'job' });
  const sent = await central.app.inject({
    method: 'PUT',
    url: `/v1/attachments/${file}/parts/0`,
    headers: { authorization: `Bearer ${device.tokens.accessToken}`, 'content-type': 'application/octet-stream' },
    payload: content,
  });
  expect(sent.json()).toMatchObject({ complete: true });
  return { account, engagement, contact, device: device.tokens.device, file };
}

beforeAll(async () => {
  central = await openCentral();
  await createTenant(central.storage, 'zeta', 'Zeta', new Date(central.clock.now));
  for (const role of ROLES) {
    await central.person(role, { roles: [role] });
    callers.set(role, await central.device(role));
  }
  await central.person('gone');
  const gone = await central.device('gone');
  await gone.call('POST', '/v1/sign-out', {});
  callers.set('signed off', gone);
  await central.person('colleague');
  await central.person('stranger', { tenant: 'zeta', roles: ['administrator'] });
  records.foreign = await portfolio(await central.device('colleague'));
  records.otherTenant = await portfolio(await central.device('stranger', 'Laptop', 'zeta'));
  const manager = callerOf('successManager');
  records.own = await portfolio(manager);
  // the viewer and the agent are on the same engagement as the manager
  for (const role of ['viewer', 'successAgent'] as const)
    await manager.create('engagement', { title: role, account: records.own.account, csm: callerOf(role).user });
  for (const role of ROLES) await callerOf(role).pull();
});
afterAll(() => central.close());

function callerOf(name: string): TestDevice {
  const device = callers.get(name);
  if (device === undefined) throw new Error(`there is no ${name}`);
  return device;
}

/** What each route takes, as someone with every right would send it. */
const REQUESTS: Readonly<Record<string, () => { readonly path?: string; readonly body?: object }>> = {
  'GET /health': () => ({}),
  'GET /ready': () => ({}),
  'GET /metrics': () => ({}),
  'GET /v1/about': () => ({}),
  'POST /v1/sign-in': () => ({ body: { tenant: 'acme', login: 'viewer', password: PASSWORD, device: { id: 'x', name: 'X' } } }),
  'GET /v1/sign-in/ways': () => ({ path: '/v1/sign-in/ways?tenant=acme' }),
  'POST /v1/sign-in/organisation': () => ({ body: { tenant: 'acme', deviceName: 'X' } }),
  'POST /v1/sign-in/organisation/finish': () => ({ body: { ticket: 'acme.made-up', code: 'x', device: { id: 'x', name: 'X' } } }),
  'GET /sign-in/go': () => ({ path: '/sign-in/go?flow=acme.made-up' }),
  'GET /sign-in/back/:tenant': () => ({ path: '/sign-in/back/acme?state=acme.made-up&code=x' }),
  'POST /v1/refresh': () => ({ body: { refreshToken: 'acme.nothing' } }),
  'POST /v1/erased': () => ({ body: { refreshToken: 'acme.nothing' } }),
  'POST /v1/sign-out': () => ({ body: {} }),
  'POST /v1/password': () => ({ body: { old: 'x', new: 'a long new password' } }),
  'GET /v1/me': () => ({}),
  'GET /v1/devices': () => ({}),
  'POST /v1/devices/code': () => ({ body: {} }),
  'POST /v1/devices/:device/revoke': () => ({ path: `/v1/devices/${records.foreign.device}/revoke`, body: {} }),
  'POST /v1/devices/:device/erase': () => ({ path: `/v1/devices/${records.foreign.device}/erase`, body: {} }),
  'POST /v1/push': () => ({ body: { deviceTime: '', intents: [] } }),
  'GET /v1/pull': () => ({}),
  'GET /v1/checksums': () => ({}),
  'POST /v1/attachments/wanted': () => ({ body: { sha256: [records.foreign.file] } }),
  'GET /v1/attachments/:sha256': () => ({ path: `/v1/attachments/${records.own.file}` }),
  'PUT /v1/attachments/:sha256/parts/:at': () => ({ path: `/v1/attachments/${records.own.file}/parts/0` }),
  'GET /v1/attachments/:sha256/parts/:at': () => ({ path: `/v1/attachments/${records.own.file}/parts/0` }),
  'GET /v1/news': () => ({}),
};
const nameOf = ({ method, path }: (typeof ROUTES)[number]) => `${method} ${path}`;

test('every route is in the matrix, and the matrix names no other', () => {
  expect(ROUTES.map(nameOf).toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
});

async function ask(route: (typeof ROUTES)[number], headers: Record<string, string>, more: object = {}) {
  const { path = route.path, body } = REQUESTS[nameOf(route)]?.() ?? {};
  const payload = body === undefined ? undefined : { ...body, ...more };
  const response = await central.app.inject({ method: route.method, url: path, headers, ...(payload === undefined ? {} : { payload }) });
  return response.statusCode;
}

describe.each(ROUTES.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  const guarded = route.kind === 'device' || route.kind === 'stream';
  test.each([
    ['nobody', {}],
    ['a made-up token', { authorization: 'Bearer acme.made-up' }],
    ['a made-up tenant', { authorization: `Bearer ../../etc.made-up` }],
    ['another scheme', { authorization: 'Basic a2ltOmtpbQ==' }],
  ])('asked by %s', async (_who, headers) => {
    const status = await ask(route, headers);
    if (guarded || route.kind === 'operations') expect(status).toBe(401);
    // of a tenant without a provider there is nothing; a page whose sign-in is over is gone
    else expect([200, 401, 403, 404, 410]).toContain(status);
  });

  test('asked by a device that is signed off', async () => {
    const status = await ask(route, { authorization: `Bearer ${callerOf('signed off').tokens.accessToken}` });
    if (guarded) expect(status).toBe(401);
  });

  // providers add what they like, and a client has to leave it alone (RFC 6749, 4.1.2)
  const isOpen = route.path.startsWith('/sign-in/back/');
  test(isOpen ? 'an unknown key is left alone' : 'an unknown key is refused', async () => {
    const { path = route.path, body } = REQUESTS[nameOf(route)]?.() ?? {};
    const headers = {
      authorization: `Bearer ${route.kind === 'operations' ? 'a-token-for-metrics' : callerOf('administrator').tokens.accessToken}`,
    };
    const response = await central.app.inject({
      method: route.method,
      url: route.method === 'GET' ? `${path}${path.includes('?') ? '&' : '?'}surprise=1` : path,
      headers,
      ...(route.method === 'GET' ? {} : { payload: { ...body, surprise: 1 } }),
    });
    if (isOpen) expect(response.statusCode).not.toBe(400);
    else expect(response.statusCode).toBe(400);
  });
});

const RECORD_ROLES = ROLES.filter((role) => role !== 'administrator');
const operationsOn = (kind: 'own' | 'foreign' | 'otherTenant'): Readonly<Record<string, Operation>> => {
  const { account, engagement, contact } = records[kind];
  const base = { version: 1, fields: { name: 'Contact', state: 'new', title: 'Engagement' } };
  return {
    update: { action: 'update', table: 'contact', id: contact, patch: { name: 'Changed' }, base },
    comment: { action: 'update', table: 'engagement', id: engagement, patch: { workNotes: { add: [] } }, base },
    close: { action: 'close', table: 'engagement', id: engagement, closureCode: 'completed', closeNotes: 'x', base },
    cancel: { action: 'cancel', table: 'engagement', id: engagement, closeNotes: 'x', base },
    reopen: { action: 'reopen', table: 'engagement', id: engagement, base },
    delete: { action: 'delete', table: 'contact', id: contact, base: { version: 1 } },
    create: { action: 'create', table: 'contact', id: central.newId(), values: { name: 'New', account } },
    createBelow: { action: 'create', table: 'touchpoint', id: central.newId(), values: { subject: 'New', engagement } },
  };
};
const ACTIONS = ['update', 'comment', 'close', 'cancel', 'reopen', 'delete', 'create', 'createBelow'] as const;

describe.each(RECORD_ROLES)('%s', (role) => {
  test.each(ACTIONS.flatMap((action) => (['foreign', 'otherTenant'] as const).map((kind) => [action, kind] as const)))(
    '%s of a record of a %s is refused as if it were not there',
    async (action, kind) => {
      const operation = operationsOn(kind)[action];
      if (operation === undefined) throw new Error('no such operation');
      const answer = await callerOf(role).send([operation]);
      expect(answer.outcome).toBe('refused');
      // a role that may not do it at all hears that first; neither tells whether there is such a record
      expect(['not-found', 'permission', 'validation']).toContain(answer.error?.code);
      const made = operation.action === 'create' ? {} : { id: central.newId() };
      const never = await callerOf(role).send([
        {
          ...operation,
          ...made,
          ...(operation.action === 'create' ? { id: central.newId(), values: never1(operation) } : {}),
        } as Operation,
      ]);
      if (kind === 'otherTenant') expect(never.error?.message).toBe(answer.error?.message);
    },
  );

  test('a pull brings nothing of other teams and tenants, in rows or scopes', async () => {
    const device = callerOf(role);
    await device.pull();
    const text = JSON.stringify([...device.rows.values()]);
    for (const kind of ['foreign', 'otherTenant'] as const)
      for (const id of [records[kind].account, records[kind].engagement, records[kind].contact]) expect(text).not.toContain(id);
    const { account, engagement } = records.foreign;
    const { body } = await device.call('GET', '/v1/checksums');
    const scopes = [`account:${account}`, `engagement:${engagement}`];
    for (const scope of scopes) {
      expect(JSON.stringify(body)).not.toContain(scope);
      expect((await device.call('GET', `/v1/pull?scope=${encodeURIComponent(scope)}`)).body).toMatchObject({
        forget: [scope],
        rows: [],
        more: false,
      });
    }
  });

  test('S16 files of other teams and tenants are not there, to be read or to be written', async () => {
    const headers = { authorization: `Bearer ${callerOf(role).tokens.accessToken}` };
    const never = 'f'.repeat(64);
    for (const file of [records.foreign.file, records.otherTenant.file, never]) {
      const at = `/v1/attachments/${file}`;
      const read = await Promise.all([at, `${at}/parts/0`].map((url) => central.app.inject({ method: 'GET', url, headers })));
      expect(read.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
      const write = await central.app.inject({
        method: 'PUT',
        url: `${at}/parts/0`,
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        payload: Buffer.from('x'),
      });
      expect(write.statusCode).toBe(role === 'viewer' ? 403 : 404);
      expect((await callerOf(role).call('POST', '/v1/attachments/wanted', { sha256: [file] })).body).toEqual({ wanted: [] });
    }
    expect((await central.app.inject({ method: 'GET', url: `/v1/attachments/${records.own.file}/parts/0`, headers })).body).toContain(
      'content of',
    );
  });

  test("S15 someone else's device cannot be erased", async () => {
    for (const device of [records.foreign.device, records.otherTenant.device, central.newId()])
      expect((await callerOf(role).call('POST', `/v1/devices/${device}/erase`, {})).status).toBe(404);
  });

  test("someone else's device cannot be signed off", async () => {
    expect((await callerOf(role).call('POST', `/v1/devices/${records.foreign.device}/revoke`, {})).status).toBe(404);
    expect((await callerOf(role).call('POST', `/v1/devices/${central.newId()}/revoke`, {})).status).toBe(404);
  });
});

/** The same create for a record that never was. */
function never1(operation: Operation): object {
  if (operation.action !== 'create') return {};
  const { values, table } = operation;
  return { ...values, ...(table === 'contact' ? { account: central.newId() } : { engagement: central.newId() }) };
}

test.each([
  ['viewer', 'update', 'permission'],
  ['viewer', 'create', 'permission'],
  ['successAgent', 'update', undefined],
  ['successAgent', 'create', undefined],
  ['successAgent', 'delete', 'permission'],
  ['successManager', 'delete', undefined],
] as const)('REC-32 a %s and a record of theirs: %s → %s', async (role, action, code) => {
  const operation = operationsOn('own')[action];
  if (operation === undefined) throw new Error('no such operation');
  expect((await callerOf(role).send([operation])).error?.code).toBe(code);
});

test('REC-32 an administrator sees everything of their tenant and nothing of another', async () => {
  const device = callerOf('administrator');
  await device.pull();
  expect(device.row('engagement', records.foreign.engagement)).toBeDefined();
  expect(device.row('engagement', records.otherTenant.engagement)).toBeUndefined();
  expect((await device.send([operationsOn('otherTenant')['update'] as Operation])).error?.code).toBe('not-found');
});

test('the metrics count requests and name no customer', async () => {
  const { body } = await central.app.inject({ method: 'GET', url: '/metrics', headers: { authorization: 'Bearer a-token-for-metrics' } });
  expect(body).toMatch(/^satchel_requests_total\{route="\/v1\/push",status="200"\} \d+$/m);
  expect(body).toMatch(/^satchel_intents_total\{outcome="applied"\} \d+$/m);
  expect(body).not.toMatch(/Contact|Engagement|acme/);
});

test('a body that is too large or no JSON is refused in our words', async () => {
  const headers = { authorization: `Bearer ${callerOf('administrator').tokens.accessToken}`, 'content-type': 'application/json' };
  const large = await central.app.inject({ method: 'POST', url: '/v1/push', headers, payload: `{"x":"${'x'.repeat(9 * 2 ** 20)}"}` });
  expect([large.statusCode, large.json<{ error: { code: string } }>().error.code]).toEqual([413, 'too-large']);
  const broken = await central.app.inject({ method: 'POST', url: '/v1/push', headers, payload: '{"x":' });
  expect([broken.statusCode, broken.json<{ error: { code: string } }>().error.code]).toEqual([400, 'malformed']);
  expect((await central.app.inject({ method: 'GET', url: '/nothing' })).statusCode).toBe(404);
});

test('S8 a large answer is packed for whoever takes that, a small one is not worth it', async () => {
  const admin = callerOf('administrator');
  await admin.create('account', { name: 'Large', owner: admin.user, description: 'Long. '.repeat(3_000) });
  const headers = { authorization: `Bearer ${admin.tokens.accessToken}`, 'accept-encoding': 'gzip' };
  const packing = async (url: string) => (await central.app.inject({ method: 'GET', url, headers })).headers['content-encoding'];
  expect([await packing('/v1/pull'), await packing('/v1/me')]).toEqual(['gzip', undefined]);
});
