import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type Central, type TestDevice } from '../../../test/support/central.ts';
import { openSyncedEngine, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import { sql } from '../../../server/storage/storage.ts';

let central: Central;
let other: TestDevice;
let kim: SyncedEngine;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
  other = await central.device('kim', 'Other');
  kim = await openSyncedEngine(central, 'kim');
  await kim.signIn();
  await settle(kim);
});
afterAll(() => central.close());

const write = sql(
  'test-of-the-future',
  `with t as (update tenant set head = head + 1 where id = $1 returning head)
   update record set body = body || '{"ofTheFuture":{"deep":[1]}}'::jsonb, version = version + 1, seq = (select head from t) where tenant = $1 and tbl = $2 and id = $3`,
);
const add = sql(
  'test-add-of-the-future',
  `with t as (update tenant set head = head + 1 where id = $1 returning head)
   insert into record (tenant, tbl, id, version, seq, scope, body, stamps) select $1, $2, $3, 1, head, $4, '{"depth":3}'::jsonb, '{}'::jsonb from t`,
);
const inDatabase = (run: Parameters<Central['storage']['transaction']>[2]) => central.storage.transaction('acme', 'write', run);

test('SYN-10 S14 fields that this device does not know survive its edits, a restart and the way back', async () => {
  const id = await other.create('account', { name: 'Acme', owner: other.user });
  await inDatabase((on) => on.run(write, ['acme', 'account', id]));
  await settle(kim);
  await kim.run((draft) => draft.update('account', id, { name: 'Acme & Sons' }));
  await kim.restart();
  await kim.run((draft) => draft.update('account', id, { website: 'https://acme.example' }));
  await settle(kim);
  await other.pull();
  expect(other.row('account', id)?.values).toMatchObject({ name: 'Acme & Sons', ofTheFuture: { deep: [1] } });
  expect(kim.engine.context.view.get('account', id)).toMatchObject({ name: 'Acme & Sons', ofTheFuture: { deep: [1] } });
});

test('SYN-10 S14 types of records that this device does not know stop nothing', async () => {
  const id = await other.create('account', { name: 'Later', owner: other.user });
  await inDatabase((on) => on.run(add, ['acme', 'hologram', 'h1', `account:${id}`]));
  await inDatabase((on) => on.run(add, ['acme', '~points', 's1/2026', `account:${id}`]));
  await settle(kim);
  expect(kim.engine.context.view.get('account', id)).toMatchObject({ name: 'Later' });
  expect(kim.engine.sync.status()).toMatchObject({ state: 'idle', pending: 0, refused: 0 });
  expect(await kim.engine.sync.compare()).toBe(0);
});

test('SYN-10 S14 a server that is too new for this device leaves its queue alone, and says so', async () => {
  const id = await kim.run((draft) => draft.create('account', { name: 'Waiting', owner: kim.user() }));
  const tooOld = { status: 426, body: '{"error":{"code":"too-old-client","message":"Update Satchel."}}' };
  kim.net.next(tooOld);
  await kim.sync().catch(() => undefined);
  expect(kim.engine.sync.status()).toMatchObject({ state: 'too-old', pending: 1 });
  expect(kim.engine.context.view.get('account', id)).toMatchObject({ name: 'Waiting' });
  kim.engine.sync.now();
  await settle(kim);
  await other.pull();
  expect(other.row('account', id)?.values).toMatchObject({ name: 'Waiting' });
});

test('SYN-10 S14 a server that is older than this device is waited for: nothing is refused', async () => {
  const id = await kim.run((draft) => draft.create('account', { name: 'Early', owner: kim.user() }));
  const older = { status: 503, body: '{"error":{"code":"unavailable","message":"x","retryAfterMs":3600000}}' };
  kim.net.next(older);
  await kim.sync().catch(() => undefined);
  expect(kim.engine.sync.status()).toMatchObject({ state: 'offline', pending: 1, refused: 0 });
  await settle(kim);
  await other.pull();
  expect(other.row('account', id)?.values).toMatchObject({ name: 'Early' });
});
