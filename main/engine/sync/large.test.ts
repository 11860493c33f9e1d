import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { openSyncedEngine, rowsAtServer, rowsOn, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import { refusedDeeds } from './refused.ts';

let central: Central;

beforeAll(async () => {
  central = await openCentral();
});
afterAll(() => central.close());

async function signedIn(login: string): Promise<SyncedEngine> {
  const device = await openSyncedEngine(central, login);
  await device.signIn();
  await device.sync();
  return device;
}
async function expectSame(login: string, ...devices: readonly SyncedEngine[]): Promise<void> {
  const server = await rowsAtServer(central, login);
  for (const device of devices) {
    expect(rowsOn(device)).toEqual(server);
    expect(device.engine.sync.queue.deeds()).toEqual([]);
  }
}
/** Letters of three bytes each on the wire. */
const words = (letters: number): string => '漢'.repeat(letters);
const LONG = 18_000;

test('S3 a deed whose texts are more than a push holds goes in smaller parts, is killed amid them, and comes whole', async () => {
  await central.person('kim');
  const [one, two] = [await signedIn('kim'), await signedIn('kim')];
  // 10 MB of text in 200 records of one deed, those that refer to others among them
  await one.run((draft) => {
    for (let at = 0; at < 100; at += 1) {
      const account = draft.create('account', { name: `Customer ${at}`, owner: one.user(), description: words(LONG) });
      draft.create('engagement', { title: `Engagement ${at}`, account, csm: one.user(), description: words(LONG) });
    }
  }, 'Import');
  // the answer to the second push is lost, and the device starts again
  one.net.next('through', 'lost-answer');
  await one.sync().catch(() => undefined);
  expect(one.engine.sync.status()).toMatchObject({ pending: 1 });
  await one.restart();
  await settle(one, two);
  expect(two.engine.context.view.count('account')).toBe(100);
  expect(refusedDeeds(one.engine.context.view, one.engine.sync.store.sync).total).toBe(0);
  await expectSame('kim', one, two);
  expect(one.engine.sync.status()).toMatchObject({ pending: 0, refused: 0 });
});

test('S3 what was here before the first sign-in goes in smaller bundles where it is large', async () => {
  await central.person('lee');
  const one = await openSyncedEngine(central, 'lee');
  await one.run((draft) => {
    for (let at = 0; at < 120; at += 1) {
      const account = draft.create('account', { name: `Old ${at}`, description: words(LONG) });
      draft.create('engagement', { title: `Old ${at}`, account });
    }
  });
  await one.signIn();
  await one.sync();
  const two = await signedIn('lee');
  expect(two.engine.context.view.count('account')).toBe(120);
  await expectSame('lee', one, two);
});

test('S3 S5 one record that is larger than everything that is sent at once is refused in words, and nothing waits behind it', async () => {
  await central.person('max');
  const [one, two] = [await signedIn('max'), await signedIn('max')];
  const account = await one.run((draft) => draft.create('account', { name: 'Acme', owner: one.user() }));
  const engagement = await one.run((draft) => draft.create('engagement', { title: 'Much', account, csm: one.user() }));
  await settle(one, two);
  await one.run((draft) => {
    for (let at = 0; at < 120; at += 1) draft.update('engagement', engagement, { workNotes: `${at} ${words(LONG)}` });
  }, 'Many notes');
  await one.run((draft) => draft.update('account', account, { name: 'Acme Ltd' }));
  await settle(one, two);
  expect(two.engine.context.view.get('account', account)).toMatchObject({ name: 'Acme Ltd' });
  const { deeds } = refusedDeeds(one.engine.context.view, one.engine.sync.store.sync);
  expect(deeds).toMatchObject([{ label: 'Many notes', reason: { message: 'This record is too large for the central store.' } }]);
  expect(one.engine.sync.status()).toMatchObject({ state: 'idle', pending: 0, refused: 1 });
  await expectSame('max', one, two);
});

test('S3 SYN-01 a record that is not taken in keeps none of the others back, and nothing goes a second time', async () => {
  const login = 'pat';
  await central.person(login);
  const one = await openSyncedEngine(central, login);
  const account = await one.run((draft) => {
    // only administrators make users
    draft.create('user', { name: 'Somebody else' });
    return draft.create('account', { name: 'Old customer' });
  });
  await one.run((draft) => draft.create('engagement', { title: 'From before', account }));
  await one.signIn();
  await one.sync();
  expect(refusedDeeds(one.engine.context.view, one.engine.sync.store.sync).deeds).toMatchObject([
    { records: [{ title: 'Somebody else' }] },
  ]);
  const two = await signedIn(login);
  expect(two.engine.context.view.get('account', account)).toBeDefined();
  const pushes = () => one.net.asked.filter((path) => path.endsWith('/v1/push')).length;
  const before = pushes();
  await one.restart();
  await one.sync();
  expect(pushes()).toBe(before);
  expect(one.engine.sync.store.sync.under('adopted/')).toEqual([]);
  await expectSame(login, one, two);
});
