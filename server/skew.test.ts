import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  checksumsSchema,
  intentSchema,
  pullSchema,
  pushSchema,
  refreshSchema,
  signInSchema,
  SYNC_OLDEST_SCHEMA,
  SYNC_SCHEMA_HEADER,
  SYNC_SCHEMA_VERSION,
} from '#shared/contract/sync-contract.ts';
import { openCentral, type Central, type TestDevice } from '../test/support/central.ts';
import { sql } from './storage/storage.ts';

let central: Central;
let kim: TestDevice;
let account: string;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
  kim = await central.device('kim');
  account = await kim.create('account', { name: 'Acme', owner: kim.user });
  await kim.pull();
});
afterAll(() => central.close());

const ask = async (method: 'GET' | 'POST', url: string, schema: string | undefined, payload?: object) => {
  const response = await central.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${kim.tokens.accessToken}`, ...(schema === undefined ? {} : { [SYNC_SCHEMA_HEADER]: schema }) },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: response.statusCode, code: response.json<{ error?: { code: string } }>().error?.code };
};
const empty = { deviceTime: '', intents: [] };

test.each([
  ['none', undefined, 200, 200],
  ['the oldest', String(SYNC_OLDEST_SCHEMA), 200, 200],
  ['this one', String(SYNC_SCHEMA_VERSION), 200, 200],
  ['an older one', String(SYNC_OLDEST_SCHEMA - 1), 426, 426],
  ['a newer one', String(SYNC_SCHEMA_VERSION + 1), 200, 503],
  ['nonsense', 'x', 400, 400],
])('SYN-10 S14 a client whose schema is %s: reading %j → %i, sending → %i', async (_what, schema, read, send) => {
  expect((await ask('GET', '/v1/pull', schema)).status).toBe(read);
  expect((await ask('POST', '/v1/push', schema, empty)).status).toBe(send);
});

test('SYN-10 S14 a client too old, or too new, has its queue untouched: nothing is answered, nothing counts as sent', async () => {
  const intent = kim.intent([
    { action: 'update', table: 'account', id: account, patch: { name: 'New' }, base: { version: 1, fields: { name: 'Acme' } } },
  ]);
  for (const schema of [SYNC_OLDEST_SCHEMA - 1, SYNC_SCHEMA_VERSION + 1])
    await ask('POST', '/v1/push', String(schema), { deviceTime: '', intents: [intent] });
  expect((await kim.push([intent])).answers).toMatchObject([{ outcome: 'applied' }]);
});

test.each([SYNC_OLDEST_SCHEMA, SYNC_SCHEMA_VERSION])('SYN-10 S14 an intent of schema %i is taken in', async (schemaVersion) => {
  const id = central.newId();
  const { answers } = await kim.push([
    kim.intent([{ action: 'create', table: 'account', id, values: { name: 'x', owner: kim.user } }], { schemaVersion }),
  ]);
  expect(answers).toMatchObject([{ outcome: 'applied' }]);
});

/** What stands in requests, by the schema version that brought it. One that was released is never changed: what is new comes with a new version. */
const SAID: Readonly<Record<number, Readonly<Record<string, readonly string[]>>>> = {
  1: {
    push: ['deviceTime', 'intents', 'deletionsConfirmed'],
    pull: ['cursor', 'limit', 'scope'],
    checksums: ['after'],
    signIn: ['tenant', 'login', 'password', 'device', 'code'],
    device: ['id', 'name'],
    refresh: ['refreshToken'],
    intent: ['seq', 'id', 'kind', 'label', 'at', 'hlc', 'schemaVersion', 'operations'],
    kinds: ['do', 'undo', 'redo', 'job'],
    create: ['action', 'table', 'id', 'number', 'values'],
    update: ['action', 'table', 'id', 'patch', 'base'],
    close: ['action', 'table', 'id', 'closureCode', 'closeNotes', 'base'],
    cancel: ['action', 'table', 'id', 'closeNotes', 'base'],
    reopen: ['action', 'table', 'id', 'base'],
    delete: ['action', 'table', 'id', 'base'],
  },
  2: { points: ['action', 'table', 'id', 'set', 'remove'] },
  3: { push: ['epoch'] },
};

test('SYN-10 S14 whatever a device says anew raises the schema version, so that a server of before can tell', () => {
  const keys = ({ shape }: { readonly shape: object }): readonly string[] => Object.keys(shape).toSorted();
  const operations = intentSchema.shape.operations.element.options.map((option) => [option.shape.action.value, keys(option)] as const);
  const said = {
    push: keys(pushSchema),
    pull: keys(pullSchema),
    checksums: keys(checksumsSchema),
    signIn: keys(signInSchema),
    device: keys(signInSchema.shape.device),
    refresh: keys(refreshSchema),
    intent: keys(intentSchema),
    kinds: intentSchema.shape.kind.options.toSorted(),
    ...Object.fromEntries(operations),
  };
  const known: Record<string, readonly string[]> = {};
  for (const version of Object.values(SAID))
    for (const [name, more] of Object.entries(version)) known[name] = [...(known[name] ?? []), ...more].toSorted();
  expect(said).toEqual(known);
  expect(Math.max(...Object.keys(SAID).map(Number))).toBe(SYNC_SCHEMA_VERSION);
});

test('SYN-10 S14 a device of the version before, which does not say its epoch, sends as ever', async () => {
  const intent = kim.intent(
    [{ action: 'create', table: 'account', id: central.newId(), values: { name: 'Old device', owner: kim.user } }],
    { schemaVersion: SYNC_SCHEMA_VERSION - 1 },
  );
  const body = { deviceTime: '', intents: [intent] };
  expect((await ask('POST', '/v1/push', String(SYNC_SCHEMA_VERSION - 1), body)).status).toBe(200);
});

test.each([
  ['POST', '/v1/push', { ...empty, ofTheFuture: true }],
  ['GET', '/v1/pull?ofTheFuture=true', undefined],
  ['GET', '/v1/checksums?ofTheFuture=true', undefined],
  ['POST', '/v1/refresh', { refreshToken: 'x.y', ofTheFuture: true }],
] as const)(
  'SYN-10 S14 %s %s: what a newer device says and this server cannot read makes it wait for an update; of ours it is a fault',
  async (method, url, body) => {
    expect(await ask(method, url, String(SYNC_SCHEMA_VERSION + 1), body)).toEqual({ status: 503, code: 'unavailable' });
    expect(await ask(method, url, String(SYNC_SCHEMA_VERSION), body)).toEqual({ status: 400, code: 'malformed' });
  },
);

const addFuture = sql(
  'test-add-future',
  // with a number of its own, as a newer instance beside this one would
  `with t as (update tenant set head = head + 1 where id = $1 returning head)
   update record set body = body || '{"ofTheFuture":{"deep":[1]}}'::jsonb, version = version + 1, seq = t.head from t
   where tenant = $1 and tbl = $2 and record.id = $3`,
);
test('SYN-10 S14 fields that this server does not know survive the changes of devices that do not know them either', async () => {
  const engagement = await kim.create('engagement', { title: 'Care', account, csm: kim.user });
  await central.storage.transaction('acme', 'write', (on) => on.run(addFuture, ['acme', 'engagement', engagement]));
  const now = async () => {
    await kim.pull();
    return kim.row('engagement', engagement)?.values;
  };
  await now();
  await kim.update('engagement', engagement, { title: 'Care and more' });
  expect(await now()).toMatchObject({ title: 'Care and more', ofTheFuture: { deep: [1] } });
  // rules that follow from a change of another record keep them, too
  await kim.create('touchpoint', { subject: 'Call', engagement, heldOn: '2026-05-01' });
  expect(await now()).toMatchObject({ lastTouchpoint: '2026-05-01', ofTheFuture: { deep: [1] } });
});

test('SYN-10 S14 records of types that this server does not know stay, and reach the devices', async () => {
  const add = sql(
    'test-add-record',
    `with t as (update tenant set head = head + 1 where id = $1 returning head)
     insert into record (tenant, tbl, id, version, seq, scope, body, stamps) select $1, 'hologram', 'h1', 1, head, $2, '{"depth":3}'::jsonb, '{}'::jsonb from t`,
  );
  await central.storage.transaction('acme', 'write', (on) => on.run(add, ['acme', `account:${account}`]));
  await kim.pull();
  expect(kim.row('hologram', 'h1')?.values).toEqual({ depth: 3 });
  const refused = await kim.send([
    { action: 'update', table: 'hologram', id: 'h1', patch: { depth: 4 }, base: { version: 1, fields: {} } },
  ]);
  expect(refused).toMatchObject({ outcome: 'refused', error: { code: 'contract' } });
});
