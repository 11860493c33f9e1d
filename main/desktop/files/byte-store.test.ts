import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { fromNodePort } from '#shared/contract/port.ts';
import { openFileFolder } from './file-folder.ts';
import { answerFile } from './file-service.ts';
import { openJournal } from '../journal/journal.ts';
import { serveJournal } from '../journal/journal-service.ts';
import { crashDisk } from '../../../test/support/crash-disk.ts';
import type { ByteStore } from '#engine/host/host.ts';
import { callMain } from '#engine/host/main-calls.ts';
import { mainBytes } from '#engine/bytes/main-bytes.ts';
import { memoryBytes } from '#engine/bytes/memory-bytes.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});
const newFolder = () => mkdtempSync(join(tmpdir(), 'satchel-bytes-'));

async function overPort(path = newFolder()): Promise<ByteStore> {
  const folder = await openFileFolder(path);
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveJournal(fromNodePort(port1), await openJournal(crashDisk()), {
    storeExists: async () => undefined,
    erase: () => openJournal(crashDisk()),
    files: (call) => answerFile(folder, call),
    remind: () => Promise.resolve(),
    central: { take: () => undefined, stop: () => undefined },
    report: () => undefined,
  });
  return mainBytes(callMain(port2));
}

async function keep(store: ByteStore, parts: readonly Uint8Array<ArrayBuffer>[]) {
  const incoming = await store.begin();
  for (const part of parts) await incoming.write(part);
  return incoming.keep();
}
const some = (bytes: number) => new Uint8Array(randomBytes(bytes));
const digest = (parts: readonly Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

describe.each([
  ['in memory', async () => memoryBytes()],
  ['kept by main', () => overPort()],
])('REC-33 bytes %s', (_, open) => {
  test('are found by their digest, whole and in parts', async () => {
    const store = await open();
    const parts = [some(70_000), some(1), some(0), some(30_000)];
    const kept = await keep(store, parts);
    expect(kept).toEqual({ sha256: digest(parts), size: 100_001 });
    expect(await store.size(kept.sha256)).toBe(100_001);
    const whole = new Uint8Array([...(await store.read(kept.sha256, 0, 60_000)), ...(await store.read(kept.sha256, 60_000, 60_000))]);
    expect(digest([whole])).toBe(kept.sha256);
    expect((await store.read(kept.sha256, 200_000, 10)).length).toBe(0);
  });

  test('lie there once, however often they are added', async () => {
    const store = await open();
    const parts = [some(5_000)];
    const first = await keep(store, parts);
    expect(await keep(store, parts)).toEqual(first);
    expect(await store.list()).toEqual([first.sha256]);
  });

  test('are not there when they were dropped or removed, and that is said', async () => {
    const store = await open();
    const incoming = await store.begin();
    await incoming.write(some(10));
    await incoming.drop();
    expect(await store.list()).toEqual([]);
    const { sha256 } = await keep(store, [some(10)]);
    await store.remove(sha256);
    expect(await store.size(sha256)).toBeUndefined();
    await expect(store.read(sha256, 0, 10)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('may be none at all', async () => {
    const store = await open();
    const { sha256, size } = await keep(store, []);
    expect([size, await store.size(sha256)]).toEqual([0, 0]);
  });
});

test('REC-33 what was being added when Satchel was killed is gone at the next start, what was kept is there', async () => {
  const path = newFolder();
  const before = await overPort(path);
  const { sha256 } = await keep(before, [some(1000)]);
  const unfinished = await before.begin();
  await unfinished.write(some(1000));
  expect(readdirSync(path).length).toBe(2);
  const after = await overPort(path);
  expect(await after.list()).toEqual([sha256]);
  expect(readdirSync(path)).toEqual([sha256]);
});

test('no name but a digest reaches the folder', async () => {
  const folder = await openFileFolder(newFolder());
  for (const name of ['../x', 'a'.repeat(63), `${'a'.repeat(63)}/`]) {
    await expect(folder.read(name, 0, 1)).rejects.toMatchObject({ code: 'contract' });
    await expect(folder.remove(name)).rejects.toMatchObject({ code: 'contract' });
  }
});
