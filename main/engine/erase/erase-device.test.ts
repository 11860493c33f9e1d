import { afterAll, beforeAll, expect, test } from 'vitest';
import { tableNames } from '#shared/model/dictionary.ts';
import { openEngine } from '#engine/engine.ts';
import { call } from '../../../test/support/call-engine.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { memoryJournal, type MemoryJournal } from '../../../test/support/memory-journal.ts';
import { openSyncedEngine, rowsOn, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import type { Host } from '../host/host.ts';
import { confirmErased } from './confirm.ts';
import { readMark } from './mark.ts';

let central: Central;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
});
afterAll(() => central.close());

const WORDS = ['Borealis', 'Unsent-words'];
type Kept = { readonly journal: MemoryJournal; readonly restarts: string[] };
type Device = SyncedEngine & Kept;

/** A device of Kim's with records that were sent, work that was not, a file and the way to a mail server. */
async function filled(): Promise<Device> {
  const kept: Kept = { journal: memoryJournal(), restarts: [] };
  const one = await openSyncedEngine(central, 'kim', { ...kept, restart: ({ message }) => void kept.restarts.push(message) });
  await one.signIn();
  await settle(one);
  await one.run((draft) => draft.create('account', { name: 'Borealis', owner: one.user() }));
  await settle(one);
  await one.run((draft) => draft.create('account', { name: 'Unsent-words', owner: one.user() }));
  const file = await one.host.bytes.begin();
  await file.write(new TextEncoder().encode('Borealis'));
  await file.keep();
  await one.host.keys.set('mail-setup', 'Borealis');
  await one.engine.makeImage();
  return Object.assign(one, kept);
}

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });

/** Which of the words stand anywhere in the databases and the second copy. */
async function wordsIn({ host, journal }: Device): Promise<readonly string[]> {
  const texts: string[] = [];
  const add = (value: unknown): void => {
    if (value instanceof Uint8Array) texts.push(Buffer.from(value).toString('latin1'));
    else if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) add(each);
  };
  for (const { name = '' } of await host.indexedDB.databases()) {
    const database = await asked(host.indexedDB.open(name));
    for (const store of database.objectStoreNames) add(await asked(database.transaction(store).objectStore(store).getAll()));
    database.close();
  }
  const { snapshot, entries = [] } = (await journal.recover()) ?? {};
  add([snapshot, ...entries.map(({ changeSet }) => changeSet)]);
  return WORDS.filter((word) => texts.some((text) => text.includes(word)));
}

const deviceOf = ({ engine }: SyncedEngine): string => engine.sync.standing()?.device ?? '';
const listed = async (by: SyncedEngine, id: string) => (await call(by.engine, 'sync.devices', {})).devices.find((one) => one.id === id);
const recordsOf = ({ engine }: Pick<SyncedEngine, 'engine'>): number => [...engine.context.view.all('account')].length;

/** Nothing of the workspace is left but who asked, and by what it is confirmed. */
async function expectEmpty(device: Device): Promise<void> {
  const fresh = await openEngine({ ...device.host, databaseName: `fresh-${device.host.deviceId}` });
  const counts = ({ context }: typeof fresh) => tableNames.map((table) => [table, [...context.view.all(table)].length]);
  expect(counts(device.engine)).toEqual(counts(fresh));
  await fresh.close();
  expect(await wordsIn(device)).toEqual([]);
  expect(await device.host.bytes.list()).toEqual([]);
  expect([await device.host.keys.get('central-session'), await device.host.keys.get('mail-setup')]).toEqual([undefined, undefined]);
  expect(device.engine.sync.standing()).toBeUndefined();
  expect(await device.engine.sync.store.outbox()).toEqual([]);
}

test('S15 a device that is told to erase itself keeps nothing, says so once its pages have done the same, and no other device is touched', async () => {
  const [lost, other] = [await filled(), await filled()];
  await settle(other);
  const id = deviceOf(lost);
  const before = rowsOn(other);
  expect(await wordsIn(lost)).toEqual(WORDS);
  await other.call('sync.eraseDevice', { device: id });
  expect(await listed(other, id)).toMatchObject({ revoked: true, eraseAsked: expect.any(String) as unknown });
  await lost.sync();
  // the running engine only writes it down, and is ended
  expect(lost.restarts).toHaveLength(1);
  expect(await readMark(lost.host)).toMatchObject({ phase: 'ordered', tenant: 'acme', login: 'kim' });
  await lost.restart();
  await expectEmpty(lost);
  const { erased } = await call(lost.engine, 'sync.erased', {});
  expect(erased).toMatchObject({ tenant: 'acme', login: 'kim', asked: new Date(central.clock.now).toISOString(), isPageErased: false });
  // drafts in pages may still be there: nobody is told yet
  expect(await confirmErased(lost.host)).toBe(false);
  lost.net.next('lost-request');
  await lost.call('sync.pageErased', {});
  await expect.poll(async () => lost.net.asked.at(-1)).toBe('POST /v1/erased');
  expect(await listed(other, id)).not.toHaveProperty('erased');
  // its answer is lost, and said again it is a token that nobody knows
  lost.net.next('lost-answer');
  await expect(confirmErased(lost.host)).rejects.toMatchObject({ code: 'network' });
  expect(await listed(other, id)).toMatchObject({ erased: expect.any(String) as unknown });
  expect([await confirmErased(lost.host), await lost.host.keys.get('erase-confirmation')]).toEqual([true, undefined]);
  await lost.call('sync.readErased', {});
  expect(await call(lost.engine, 'sync.erased', {})).toEqual({});
  await settle(other);
  expect(rowsOn(other)).toEqual(before);
  expect(other.restarts).toEqual([]);
  // it is a device like any other again
  await lost.signIn();
  await settle(lost);
  expect(deviceOf(lost)).not.toBe(id);
  expect(recordsOf(lost)).toBe(recordsOf(other));
});

/** The host of an engine that is killed after so many of the moments at which erasing waits for something outside. */
function dying(host: Host, moments: number): { readonly host: Host; readonly dead: Promise<'dead'> } {
  let left = moments;
  let die: (word: 'dead') => void = () => undefined;
  const dead = new Promise<'dead'>((resolve) => {
    die = resolve;
  });
  const moment = async (): Promise<void> => {
    left -= 1;
    if (left >= 0) return;
    die('dead');
    await new Promise(() => undefined);
  };
  const living =
    <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      await moment();
      const done = await work(...given);
      await moment();
      return done;
    };
  const { bytes, keys, journal, yieldTurn } = host;
  if (journal === undefined) throw new Error('this host has a second copy');
  return {
    dead,
    host: {
      ...host,
      yieldTurn: living(yieldTurn),
      bytes: { ...bytes, list: living(bytes.list), remove: living(bytes.remove) },
      keys: { ...keys, set: living(keys.set), remove: living(keys.remove) },
      journal: { ...journal, erase: living(journal.erase) },
    },
  };
}

test('S15 killed at any moment of the erasing, it ends erased at the next start', async () => {
  const other = await filled();
  let kills = 0;
  for (let moments = 0; moments < 40; moments += 1) {
    const lost = await filled();
    await other.call('sync.eraseDevice', { device: deviceOf(lost) });
    await lost.sync();
    await lost.engine.close();
    const { host, dead } = dying({ ...lost.host, storeExpected: true }, moments);
    const opening = openEngine(host);
    const ended = await Promise.race([dead, opening]);
    if (ended === 'dead') kills += 1;
    else await ended.close();
    lost.engine = await openEngine({ ...lost.host, storeExpected: true });
    await expectEmpty(lost);
    expect(await readMark(lost.host)).toMatchObject({ phase: 'erased' });
    await lost.engine.close();
    if (ended !== 'dead') break;
  }
  // before and after each of its steps
  expect(kills).toBeGreaterThan(12);
});

test.each([
  ['signed off', 401, { code: 'unauthorized', message: 'Sign in again.' }],
  ['not allowed', 403, { code: 'forbidden', message: 'No.' }],
  ['told so of another device', 401, { code: 'erase', message: 'x', erase: { device: 'another', asked: '2026-05-05T10:00:00.000Z' } }],
  ['told so without naming it', 401, { code: 'erase', message: 'x' }],
  ['told so in passing', 403, { code: 'erase', message: 'x', erase: { device: '*', asked: '2026-05-05T10:00:00.000Z' } }],
  ['told so by a stranger', 401, 'erase'],
])('S15 a device that is %s when it refreshes erases nothing', async (_how, status, error) => {
  const one = await filled();
  const device = deviceOf(one);
  const body = JSON.stringify({ error }).replace('"*"', JSON.stringify(device));
  await one.engine.close();
  one.engine = await openEngine(one.host);
  one.net.next({ status, body });
  await one.sync().catch(() => undefined);
  expect(one.net.asked.at(-1)).toBe('POST /v1/refresh');
  expect([await readMark(one.host), one.restarts]).toEqual([undefined, []]);
  await one.restart();
  expect(await wordsIn(one)).toEqual(WORDS);
  // nor does the same word about anything but a refresh
  await one.sync();
  const erase = { device, asked: '2026-05-05T10:00:00.000Z' };
  one.net.next({ status: 401, body: JSON.stringify({ error: { code: 'erase', message: 'x', erase } }) });
  await one.run((draft) => draft.create('account', { name: 'More', owner: one.user() }));
  await one.sync();
  expect([await readMark(one.host), one.restarts, recordsOf(one) > 2]).toEqual([undefined, [], true]);
});

test('S15 a server that these records are not tied to has no say', async () => {
  const [one, other] = [await filled(), await filled()];
  const session = (await one.host.keys.get('central-session')) ?? '';
  await other.call('sync.eraseDevice', { device: deviceOf(one) });
  // signing in elsewhere was cut short: the keys are of another server than the records
  await one.host.keys.set('central-session', session.replace('http://127.0.0.1:1', 'http://127.0.0.1:2'));
  await one.sync();
  expect([await readMark(one.host), one.restarts]).toEqual([undefined, []]);
  await one.restart();
  expect(recordsOf(one)).toBeGreaterThan(1);
});
