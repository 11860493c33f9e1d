import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../../../test/support/call-as.ts';
import { openCentral, type Central, type TestDevice } from '../../../test/support/central.ts';
import { openSyncedEngine, type SyncedEngine } from '../../../test/support/synced-engine.ts';

let central: Central;
let ann: TestDevice;
let cora: SyncedEngine;
let account: string;
let engagement: string;
beforeAll(async () => {
  central = await openCentral();
  const csm = await central.person('ann');
  const user = await central.person('cora', { roles: ['customer'] });
  ann = await central.device('ann');
  account = await ann.create('account', { name: 'Acme', owner: csm });
  const contact = await ann.create('contact', { name: 'Cora', account, user });
  engagement = await ann.create('engagement', { title: 'Care', account, csm, keyContact: contact, workNotes: { add: [] } });
  await ann.create('engagement', { title: 'Not hers', account, csm });
  await ann.create('touchpoint', { subject: 'Kick-off', engagement, channel: 'phone' });
  await ann.create('contract', { name: 'Deal', account, owner: csm });
  cora = await openSyncedEngine(central, 'cora');
  await cora.signIn();
  await cora.sync();
});
afterAll(async () => {
  await cora.engine.close();
  await central.close();
});

const window = { offset: 0, limit: 50 };
const list = async (table: 'engagement' | 'account' | 'touchpoint') =>
  (await ask(cora.engine, 'records.list', { table, window })).rows.map(({ label }) => label).toSorted();

test('REC-33 SYN-06 a customer works on a device of their own: it holds what is open to them and nothing else', async () => {
  expect(await ask(cora.engine, 'people.me', {})).toMatchObject({ user: { name: 'cora' }, customer: true });
  expect([await list('engagement'), await list('account'), await list('touchpoint')]).toEqual([['Care'], ['Acme'], ['Kick-off']]);
  const { view } = cora.engine.context;
  expect([...view.all('contract'), ...view.all('accountTeamMember')]).toEqual([]);
  expect([...view.all('user')].map(({ name }) => name).toSorted()).toEqual(['ann', 'cora']);
  expect(await ask(cora.engine, 'sync.status', {})).toMatchObject({ state: 'idle', pending: 0, refused: 0 });
});

test('REC-33 SYN-03 what they ask for and say goes up; what is answered comes', async () => {
  const { id } = await ask(cora.engine, 'records.create', {
    table: 'touchpoint',
    values: { subject: 'Please call', engagement, channel: 'phone' },
  });
  await cora.sync();
  await ann.pull();
  expect(ann.row('touchpoint', id)?.values).toMatchObject({ subject: 'Please call', createdBy: cora.user() });
  await ask(cora.engine, 'records.update', { table: 'touchpoint', id, patch: { subject: 'Please call today' } });
  await ask(cora.engine, 'records.update', { table: 'touchpoint', id, patch: { comments: 'It is urgent' } });
  await cora.sync();
  expect(await ask(cora.engine, 'sync.status', {})).toMatchObject({ state: 'idle', pending: 0, refused: 0 });
  await ann.pull();
  expect(ann.row('touchpoint', id)?.values).toMatchObject({ subject: 'Please call today', comments: [{ text: 'It is urgent' }] });
  expect((await ann.update('touchpoint', id, { subject: 'Called' })).outcome).toBe('applied');
  await cora.sync();
  expect(await list('touchpoint')).toEqual(['Called', 'Kick-off']);
  expect(await cora.engine.sync.compare()).toBe(0);
});

test('S9 no longer their engagement: it goes from the device, with all that hangs on it', async () => {
  await ann.pull();
  await ann.update('engagement', engagement, { keyContact: null });
  await cora.sync();
  expect([await list('engagement'), await list('touchpoint')]).toEqual([[], []]);
  expect([...cora.engine.context.view.all('touchpoint')]).toEqual([]);
});
