import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryKeys } from '#engine/host/memory-keys.ts';
import { fetchNet } from '#engine/host/fetch-net.ts';
import type { KeyStore } from '#shared/contract/net.ts';
import { SYNC_SCHEMA_VERSION, type Intent } from '#shared/contract/sync-contract.ts';
import { writeStamp } from '#shared/sync-core/clock.ts';
import { openCentral, PASSWORD, type Central } from '../../../test/support/central.ts';
import { netTo, noNet, type FakeNet } from '../../../test/support/fake-net.ts';
import { openCentralStore, type CentralStore } from './central-store.ts';

const SERVER = 'http://127.0.0.1:47300';
let central: Central;
let user: string;
let net: FakeNet;
let keys: KeyStore;
let store: CentralStore;
beforeAll(async () => {
  central = await openCentral();
  user = await central.person('kim');
});
afterAll(() => central.close());

const code = () => central.code('kim');
const signIn = async (more: object = {}) =>
  store.signIn({
    server: SERVER,
    tenant: 'acme',
    login: 'kim',
    password: PASSWORD,
    device: { id: central.newId(), name: 'Laptop' },
    code: await code(),
    ...more,
  });
beforeEach(() => {
  net = netTo(central.app);
  keys = memoryKeys();
  store = openCentralStore({ net, keys });
});
const runOut = () => {
  central.clock.now += 901_000;
};
let seq = 0;
const intent = (operations: Intent['operations']): Intent => {
  seq += 1;
  const at = new Date(central.clock.now).toISOString();
  const hlc = writeStamp({ ms: central.clock.now, count: seq }, 'test');
  return { seq: 1, id: central.newId(), kind: 'do', label: 'Test', at, hlc, schemaVersion: SYNC_SCHEMA_VERSION, operations };
};

test('S15 signing in keeps who, where and which device, and nothing that opens anything', async () => {
  expect(await store.session()).toBeUndefined();
  const session = await signIn({ server: ' HTTP://127.0.0.1:47300/ ' });
  expect(session).toMatchObject({ server: SERVER, tenant: 'acme', login: 'kim', user, deviceName: 'Laptop' });
  expect(await openCentralStore({ net: noNet, keys }).session()).toEqual(session);
  expect(JSON.stringify(session)).not.toMatch(/token/i);
  expect(await store.me()).toMatchObject({ user, roles: expect.arrayContaining(['successManager']) });
});

test.each([
  [{ password: 'wrong' }, 'unauthorized'],
  [{ code: undefined }, 'approval-needed'],
  [{ server: 'http://example.com' }, 'validation'],
] as const)('S15 %j is refused as %s, and nothing is kept', async (more, expected) => {
  await expect(signIn(more)).rejects.toMatchObject({ code: expected });
  expect(await store.session()).toBeUndefined();
});

test('SYN-04 what is pushed is pulled', async () => {
  await signIn();
  const id = central.newId();
  const reply = await store.push({
    deviceTime: new Date(central.clock.now).toISOString(),
    intents: [intent([{ action: 'create', table: 'account', id, values: { name: 'Acme', owner: user } }])],
  });
  expect(reply).toMatchObject({ acknowledged: 1, answers: [{ outcome: 'applied' }] });
  const page = await store.pull({ limit: 1_000 });
  expect(page.rows.find((row) => row.id === id)?.values).toMatchObject({ name: 'Acme' });
  const { checksums } = await store.checksums();
  expect(Object.keys(checksums)).toContain(`account:${id}`);
  expect((await store.pull({ scope: `account:${id}` })).rows.map((row) => row.id)).toEqual([id]);
});

test('S8 a push goes packed once the server has said that it takes it, a small one as it is; an older server gets it plain', async () => {
  const large = intent([
    {
      action: 'create',
      table: 'account',
      id: central.newId(),
      values: { name: 'Packed', owner: user, description: 'again and again '.repeat(500) },
    },
  ]);
  await signIn();
  const reply = await store.push({ deviceTime: large.at, intents: [large] });
  expect(reply.answers).toMatchObject([{ outcome: 'applied' }]);
  expect(net.lastBody()).toMatchObject({ packed: true });
  expect(net.lastBody().bytes).toBeLessThan(JSON.stringify(large).length / 5);
  await store.attachmentsWanted(['f'.repeat(64)]);
  expect(net.lastBody().packed).toBe(false);
  // this one says nothing of it
  const older = openCentralStore({
    net: { ...net, request: async (call) => ({ ...(await net.request(call)), headers: { 'content-type': 'application/json' } }) },
    keys,
  });
  await older.push({ deviceTime: large.at, intents: [large] });
  expect(net.lastBody().packed).toBe(false);
});

test('S15 an access token that has run out is exchanged, once for all that wait', async () => {
  await signIn();
  runOut();
  await Promise.all([store.me(), store.devices(), store.pull({})]);
  expect(net.asked.filter((asked) => asked === 'POST /v1/refresh')).toHaveLength(1);
});

test('S15 SYN-11 after a restart the kept refresh token opens the session again, and each works once', async () => {
  await signIn();
  for (let restart = 0; restart < 3; restart += 1) {
    const before = await keys.get('central-session');
    store = openCentralStore({ net, keys });
    expect(await store.me()).toMatchObject({ user });
    expect(await keys.get('central-session')).not.toBe(before);
  }
});

test('S15 a refresh whose answer is lost signs nobody out', async () => {
  await signIn();
  runOut();
  net.next('through', 'lost-answer');
  await expect(store.me()).rejects.toMatchObject({ code: 'network', retryable: true });
  expect(await store.me()).toMatchObject({ user });
});

test('S15 a new token that could not be kept is not used, so the kept one still opens', async () => {
  await signIn();
  runOut();
  const full: KeyStore = { ...keys, set: () => Promise.reject(new Error('disk full')) };
  await expect(openCentralStore({ net, keys: full }).me()).rejects.toThrow('disk full');
  expect(await openCentralStore({ net, keys }).me()).toMatchObject({ user });
});

test('S15 401 pauses and touches nothing: the session stays, whatever answered', async () => {
  const session = await signIn();
  const refused = { status: 401, body: '{"error":{"code":"unauthorized","message":"Sign in again."}}' };
  net.next(refused, refused);
  await expect(store.me()).rejects.toMatchObject({ code: 'unauthorized' });
  expect(await store.session()).toEqual(session);
  expect(await store.me()).toMatchObject({ user });
});

test('SYN-11 a device that is signed off elsewhere is asked to sign in', async () => {
  const session = await signIn();
  const other = openCentralStore({ net, keys: memoryKeys() });
  await other.signIn({
    server: SERVER,
    tenant: 'acme',
    login: 'kim',
    password: PASSWORD,
    device: { id: central.newId(), name: 'Phone' },
    code: await store.deviceCode(),
  });
  expect((await other.devices()).filter(({ revoked }) => !revoked).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Laptop', 'Phone']),
  );
  await other.revokeDevice(session.device);
  await expect(store.me()).rejects.toMatchObject({ code: 'unauthorized' });
  await expect(other.revokeDevice('nothing')).rejects.toMatchObject({ code: 'not-found' });
});

test('S15 signing out forgets the session, with and without a network', async () => {
  await signIn();
  net.next('lost-request');
  await store.signOut();
  expect(await store.session()).toBeUndefined();
  await expect(store.me()).rejects.toMatchObject({ code: 'unauthorized' });
  const kept = await signIn();
  const token = String(await keys.get('central-session'));
  await store.signOut();
  await keys.set('central-session', token);
  await expect(openCentralStore({ net, keys }).me()).rejects.toMatchObject({ code: 'unauthorized' });
  expect(kept.user).toBe(user);
});

test('S15 a new password is told to the server, the old one must be right', async () => {
  await signIn();
  await expect(store.changePassword('wrong', 'another long password')).rejects.toMatchObject({ code: 'permission' });
});

const json = (value: object) => JSON.stringify(value);
test.each([
  ['a sign-in page of a hotel', { status: 200, body: '<html>Welcome</html>' }, 'network', true],
  ['a proxy without a server', { status: 502, body: '<html>Bad gateway</html>' }, 'unavailable', true],
  ['a page that is none of ours', { status: 404, body: 'not found' }, 'network', true],
  ['a pause', { status: 503, body: json({ error: { code: 'unavailable', message: 'x', retryAfterMs: 2_000 } }) }, 'unavailable', true],
  ['too many', { status: 429, body: json({ error: { code: 'too-many', message: 'x', retryAfterMs: 9e15 } }) }, 'unavailable', true],
  ['a restored server', { status: 409, body: json({ error: { code: 'restored', message: 'x' } }) }, 'restored', false],
  ['a device away for too long', { status: 410, body: json({ error: { code: 'reset-required', message: 'x' } }) }, 'reset-required', false],
  ['a client too old', { status: 426, body: json({ error: { code: 'too-old-client', message: 'x' } }) }, 'too-old-client', false],
  ['a code of the future', { status: 418, body: json({ error: { code: 'teapot', message: 'x' } }) }, 'network', true],
  ['a page without rows', { status: 200, body: json({ epoch: 'e', cursor: 'c', more: false }) }, 'contract', false],
  [
    'rows that are none',
    { status: 200, body: json({ epoch: 'e', rows: [7], forget: [], forgetRows: [], cursor: 'c', more: false, acknowledged: 0 }) },
    'contract',
    false,
  ],
] as const)('S17 %s: said as what it is', async (_what, answer, expected, retryable) => {
  await signIn();
  net.next(answer);
  const thrown: unknown = await store.pull({}).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: expected, retryable });
  const { details } = thrown as { details: { retryAfterMs?: number } };
  expect(details.retryAfterMs ?? 0).toBeLessThanOrEqual(3_600_000);
});

test('S14 an answer of a newer server is read: unknown keys are left out, unknown values of records are kept', async () => {
  await signIn();
  const row = { table: 'account', id: 'a', version: 1, scope: 'shared', values: { name: 'x', ofTheFuture: { deep: [1] } }, hint: 1 };
  net.next({
    status: 200,
    body: json({ epoch: 'e', rows: [row], forget: [], forgetRows: [], cursor: 'c', more: false, acknowledged: 0, weather: 'fine' }),
  });
  const page = await store.pull({});
  expect(page).not.toHaveProperty('weather');
  expect(page.rows[0]?.values).toEqual({ name: 'x', ofTheFuture: { deep: [1] } });
});

test('SYN-08 S17 news over a real socket wake up, and end with the signal; pulls come packed', async () => {
  const server = await central.app.listen({ host: '127.0.0.1', port: 0 });
  const real = openCentralStore({
    net: fetchNet((milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    }),
    keys: memoryKeys(),
  });
  await real.signIn({
    server,
    tenant: 'acme',
    login: 'kim',
    password: PASSWORD,
    device: { id: central.newId(), name: 'Phone' },
    code: await code(),
  });
  const ending = new AbortController();
  let first: (head: number) => void = () => undefined;
  const heard = new Promise<number>((resolve) => {
    first = resolve;
  });
  const listening = real.news((head) => first(head), ending.signal);
  expect(await heard).toBeGreaterThan(0);
  expect((await real.pull({})).rows.length).toBeGreaterThan(0);
  ending.abort();
  await listening;
  expect(await real.about(server)).toMatchObject({ schema: SYNC_SCHEMA_VERSION });
});
