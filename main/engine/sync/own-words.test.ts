import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp, restore, type Backup } from '../../../test/sim/workspace.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { openSyncedEngine, rowsAtServer, rowsOn, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import { packed } from './deed-points.ts';
import { refusedDeeds } from './refused.ts';

/* S9 against S13 (ADR 0021): what one did to records that have left the device since is sent again to a central store that lost it. */

let central: Central;
let people = 0;

beforeAll(async () => {
  central = await openCentral();
});
afterAll(() => central.close());

const tools = () => ({ storage: central.storage, now: () => central.clock.now, newId: central.newId });
const view = ({ engine }: SyncedEngine) => engine.context.view;
const kept = ({ engine }: SyncedEngine, name = '') => JSON.stringify(engine.sync.store.sync.under(`own/${name}`));

/** A device of someone new, signed in. */
async function opened(): Promise<SyncedEngine> {
  people += 1;
  const login = `words-${people}`;
  await central.person(login);
  return openSyncedEngine(central, login);
}
async function signedIn(): Promise<SyncedEngine> {
  const device = await opened();
  await device.signIn();
  await device.sync();
  return device;
}
/** Two people who know of each other. */
async function twoPeople(): Promise<readonly [SyncedEngine, SyncedEngine]> {
  const both = [await signedIn(), await signedIn()] as const;
  await settle(...both);
  return both;
}
async function putBack(backup: Backup, ...devices: readonly SyncedEngine[]): Promise<void> {
  await restore(tools(), 'acme', backup);
  for (let round = 0; round < 3; round += 1) await settle(...devices);
  for (const device of devices) {
    expect(rowsOn(device)).toEqual(await rowsAtServer(central, device.login));
    expect(device.engine.sync.queue.deeds()).toEqual([]);
  }
}

test('S9 S13 a record that was made for someone else is there again for them, with what both wrote, each once', async () => {
  const [kim, lee] = await twoPeople();
  const backup = await backUp(tools(), 'acme');
  const account = await kim.run((draft) => {
    const id = draft.create('account', { name: 'Made for Lee', owner: lee.user() });
    draft.create('contact', { name: 'Eve', account: id });
    return id;
  });
  await kim.sync();
  await lee.sync();
  expect(view(kim).get('account', account)).toBeUndefined();
  await lee.run((draft) => draft.update('account', account, { phone: '030 1234' }));
  await lee.sync();

  await putBack(backup, kim, lee);
  expect(view(lee).get('account', account)).toMatchObject({ name: 'Made for Lee', owner: lee.user(), createdBy: kim.user() });
  expect([...view(lee).all('contact')].filter((one) => one.account === account)).toMatchObject([{ name: 'Eve' }]);
  // Lee's own came before the account was there again, and waits with Lee
  const waiting = refusedDeeds(view(lee), lee.engine.sync.store.sync).deeds.flatMap(({ fields }) => fields.map(({ text }) => text));
  expect([view(lee).get('account', account)?.phone, ...waiting]).toContain('030 1234');
  expect(view(kim).get('account', account)).toBeUndefined();
});

test('S9 S13 work on a record that was handed on is sent again before it is handed on, also after a restart', async () => {
  const [kim, lee] = await twoPeople();
  const account = await kim.run((draft) => draft.create('account', { name: 'Customer', owner: kim.user() }));
  const engagement = await kim.run((draft) =>
    draft.create('engagement', { title: 'Old title', account, csm: kim.user(), watchList: [kim.user()] }),
  );
  await kim.sync();
  const backup = await backUp(tools(), 'acme');
  await kim.run((draft) => draft.update('engagement', engagement, { title: 'New title', stage: 'expand', workNotes: 'A note of Kim' }));
  await kim.run((draft) => {
    draft.update('engagement', engagement, { csm: lee.user(), watchList: [] });
    draft.update('account', account, { owner: lee.user() });
  });
  await settle(kim, lee);
  expect(view(kim).get('engagement', engagement)).toBeUndefined();
  await kim.restart();

  await putBack(backup, kim, lee);
  const there = view(lee).get('engagement', engagement);
  expect(there).toMatchObject({ title: 'New title', stage: 'expand', csm: lee.user() });
  expect(there?.watchList ?? []).toEqual([]);
  expect(there?.workNotes?.map(({ text }) => text)).toEqual(['A note of Kim']);
  expect(refusedDeeds(view(kim), kim.engine.sync.store.sync).total).toBe(0);
  expect(view(kim).get('engagement', engagement)).toBeUndefined();
});

test('S9 of what others wrote nothing is kept, and of what one wrote oneself only as long as it may have to be sent again', async () => {
  const [kim, lee] = await twoPeople();
  const account = await kim.run((draft) => draft.create('account', { name: 'Words of Kim', owner: kim.user() }));
  // whoever works for it has it
  await kim.run((draft) => draft.create('engagement', { title: 'Work', account, csm: lee.user() }));
  await settle(kim, lee);
  await lee.run((draft) => draft.update('account', account, { name: 'Words of Lee' }));
  await settle(lee, kim);
  await kim.run((draft) => draft.update('account', account, { name: 'More words of Kim' }));
  await kim.run((draft) => draft.update('account', account, { owner: lee.user() }));
  await settle(kim, lee);
  expect(view(kim).get('account', account)).toBeUndefined();
  expect(kept(kim)).toContain('Words of Kim');
  expect(kept(kim)).toContain('More words of Kim');
  expect(kept(kim)).not.toContain('Words of Lee');

  kim.host.setNow(new Date(central.clock.now + 61 * 86_400_000).toISOString());
  await kim.run((draft) => draft.create('account', { name: 'Another one', owner: kim.user() }));
  await kim.sync();
  expect(kept(kim)).toBe('[]');
});

test('S9 S13 SYN-01 what was here before the first sign-in and has been handed on since is sent again as well', async () => {
  const kim = await opened();
  const account = await kim.run((draft) => draft.create('account', { name: 'From before' }));
  const lee = await signedIn();
  await kim.signIn();
  const backup = await backUp(tools(), 'acme');
  await kim.sync();
  await kim.run((draft) => draft.update('account', account, { name: 'Named anew', owner: lee.user() }));
  await settle(kim, lee);
  expect(view(kim).get('account', account)).toBeUndefined();

  await putBack(backup, kim, lee);
  expect(view(lee).get('account', account)).toMatchObject({ name: 'Named anew', owner: lee.user() });
});

test('S9 S13 values of a series that was handed on are sent again, one’s own alone', async () => {
  const [kim, lee] = await twoPeople();
  const made = await kim.run((draft) => {
    const source = draft.create('dataSource', { name: 'Usage', kind: 'external', breakdown: 'account' });
    const account = draft.create('account', { name: 'With values', owner: kim.user() });
    return { account, series: draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account }) };
  });
  await kim.sync();
  const backup = await backUp(tools(), 'acme');
  await kim.run((draft) => draft.putPoints(made.series, packed({ start: [20_000, 20_001], end: [20_001, 20_002], value: [7, 8] })));
  await kim.run((draft) => draft.update('account', made.account, { owner: lee.user() }));
  await settle(kim, lee);
  expect(kim.engine.context.series.points(made.series)).toBeUndefined();

  await putBack(backup, kim, lee);
  const points = lee.engine.context.series.points(made.series);
  expect([...(points?.value ?? [])]).toEqual([7, 8]);
  expect(kim.engine.context.series.points(made.series)).toBeUndefined();
});
