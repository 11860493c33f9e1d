import { afterAll, beforeAll, expect, test } from 'vitest';
import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { openSyncedEngine, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import { call as ask } from '../../../test/support/call-engine.ts';
import { shareAttachments } from './share-attachments.ts';

let central: Central;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
});
afterAll(() => central.close());

const content = (size: number, seed: number) => Uint8Array.from({ length: size }, (_, at) => (at * 7 + seed) % 253);

/** Timers that go off when the test says so. */
function timers() {
  const waiting = new Map<number, { readonly milliseconds: number; readonly run: () => void }>();
  let count = 0;
  return {
    later: (milliseconds: number, run: () => void) => {
      count += 1;
      const id = count;
      waiting.set(id, { milliseconds, run });
      return () => void waiting.delete(id);
    },
    /** Lets those go off that wait for at most so long. */
    pass: (milliseconds: number) => {
      for (const [id, one] of Array.from(waiting))
        if (one.milliseconds <= milliseconds) {
          waiting.delete(id);
          one.run();
        }
    },
  };
}

const as = (device: SyncedEngine) => ({ actor: device.user(), commandId: device.host.newId() });
const read = (device: SyncedEngine, id: string, from: number, length: number) =>
  ask(device.engine, 'attachments.read', { id, from, length }, as(device));

async function attach(device: SyncedEngine, about: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { uploadId } = await device.call('attachments.begin', { about, name: 'plan.txt', mediaType: 'text/plain', size: bytes.length });
  for (let at = 0; at < bytes.length; at += PART_BYTES)
    await device.call('attachments.part', { uploadId, at, bytes: bytes.slice(at, at + PART_BYTES) });
  return (await ask(device.engine, 'attachments.finish', { uploadId }, as(device))).id;
}

test('SYN-09 S16 a file that is attached on one device opens on another, and is fetched when it is asked for', async () => {
  const clock = timers();
  const [one, two] = [await openSyncedEngine(central, 'kim', { later: clock.later }), await openSyncedEngine(central, 'kim')];
  await one.signIn();
  await two.signIn();
  await settle(one, two);
  const stop = shareAttachments(one.engine.context);
  const account = await one.run((draft) => draft.create('account', { name: 'Acme', owner: one.user() }));
  const bytes = content(PART_BYTES + 100, 1);
  const id = await attach(one, `account/${account}`, bytes);
  clock.pass(2_000);
  await settle(one, two);
  // the record is there before its bytes are
  expect(two.engine.context.view.get('attachment', id)?.size).toBe(bytes.length);
  await expect(read(two, id, 0, 10)).rejects.toMatchObject({ code: 'not-found' });

  // without a network now: it is tried again later
  one.net.next('lost-request');
  clock.pass(2_000);
  await expect
    .poll(() => clock.pass(30_000) ?? one.net.asked.filter((asked) => asked.startsWith('PUT')).length, { timeout: 10_000 })
    .toBe(2);
  await expect
    .poll(() => read(two, id, PART_BYTES, 1_000).catch(() => undefined), { timeout: 10_000 })
    .toEqual({ bytes: bytes.slice(PART_BYTES) });
  expect(await two.host.bytes.list()).toHaveLength(1);
  stop();
});

test('SYN-09 S16 nobody signed in: a file that is not here is said to be missing, and nothing is asked', async () => {
  const alone = await openSyncedEngine(central, 'kim');
  const account = await alone.run((draft) => draft.create('account', { name: 'Acme' }));
  const id = await attach(alone, `account/${account}`, content(10, 2));
  for (const sha256 of await alone.host.bytes.list()) await alone.host.bytes.remove(sha256);
  await expect(read(alone, id, 0, 10)).rejects.toMatchObject({ code: 'not-found' });
  expect(alone.net.asked).toEqual([]);
});
