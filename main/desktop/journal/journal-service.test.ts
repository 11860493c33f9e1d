import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { fromNodePort } from '#shared/contract/port.ts';
import { crashDisk, type CrashDisk } from '../../../test/support/crash-disk.ts';
import { journalOverPort } from '../../engine/host/journal-port.ts';
import { openFileFolder } from '../files/file-folder.ts';
import { answerFile } from '../files/file-service.ts';
import { keepJournal } from './journal-keeper.ts';
import { serveJournal } from './journal-service.ts';

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

type Setup = { readonly disk?: CrashDisk; readonly storeExists?: () => Promise<void> };

async function connected({ disk = crashDisk(), storeExists = async () => undefined }: Setup = {}) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const reports: string[] = [];
  const folder = await openFileFolder(mkdtempSync(join(tmpdir(), 'satchel-bytes-')));
  const keeper = await keepJournal(disk);
  serveJournal(fromNodePort(port1), keeper.journal(), {
    storeExists,
    erase: async () => {
      await keeper.erase();
      return keeper.journal();
    },
    files: (call) => answerFile(folder, call),
    remind: () => Promise.resolve(),
    central: { take: () => undefined, stop: () => undefined },
    report: (event, code) => reports.push(`${event} ${code}`),
  });
  return { journal: journalOverPort(port2), port: port2, disk, reports };
}

const bytes = (value: string) => new TextEncoder().encode(value);

async function* chunks(...parts: string[]) {
  for (const part of parts) yield bytes(part);
}

test('DSK-01 the engine writes, snapshots and recovers over its port', async () => {
  const { journal } = await connected();
  expect(await journal.recover()).toBeUndefined();
  await journal.append({ seq: 1, changeSet: bytes('one') });
  await journal.snapshot(1, chunks('the ', 'state'));
  await journal.append({ seq: 2, changeSet: bytes('two') });
  expect(await journal.lastSeq()).toBe(2);
  const recovery = await journal.recover();
  expect(recovery).toEqual({ snapshot: bytes('the state'), snapshotSeq: 1, entries: [{ seq: 2, changeSet: bytes('two') }] });
});

test('many large entries come back in parts', async () => {
  const { journal } = await connected();
  const changeSet = new Uint8Array(400_000).fill(7);
  for (let seq = 1; seq <= 8; seq += 1) await journal.append({ seq, changeSet });
  const recovery = await journal.recover();
  expect(recovery?.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(recovery?.entries.every((entry) => entry.changeSet.length === changeSet.length)).toBe(true);
});

test('that a store exists is on record before its first entry is confirmed', async () => {
  const order: string[] = [];
  const { journal } = await connected({
    storeExists: async () => {
      await Promise.resolve();
      order.push('on record');
    },
  });
  await journal.append({ seq: 1, changeSet: bytes('one') });
  order.push('confirmed');
  expect(order).toEqual(['on record', 'confirmed']);
});

test('a full disk reaches the engine as what it is, and a snapshot that did not fit leaves nothing', async () => {
  const { journal, disk, reports } = await connected();
  await journal.append({ seq: 1, changeSet: bytes('one') });
  disk.setFree(40);
  await expect(journal.snapshot(1, chunks('a', 'b'.repeat(100), 'c'))).rejects.toMatchObject({ code: 'quota', retryable: true });
  expect((await disk.list()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(reports).toContain('journal-refused quota');
});

test('a snapshot whose source fails is given up', async () => {
  const { journal, disk } = await connected();
  async function* failing() {
    yield bytes('a');
    throw new Error('the engine changed its mind');
  }
  await expect(journal.snapshot(0, failing())).rejects.toThrow('changed its mind');
  expect(await disk.list()).toEqual([]);
});

test('malformed calls and calls out of turn are refused and harm nothing', async () => {
  const { journal, port, reports } = await connected();
  await journal.append({ seq: 1, changeSet: bytes('one') });
  for (const call of [null, 'append', { call: 'append', id: 1, seq: -1 }, { call: 'delete', id: 1 }]) port.postMessage(call);
  port.postMessage({ call: 'snapshotChunk', id: 90, bytes: bytes('x') });
  const [reply] = await once(port, 'message');
  expect(reply).toMatchObject({ id: 90, error: { code: 'contract' } });
  expect(reports.filter((report) => report.startsWith('journal-call-malformed')).length).toBe(4);
  expect(await journal.lastSeq()).toBe(1);
});

test('calls that are open when the port closes are rejected, later ones too', async () => {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const journal = journalOverPort(port2);
  const waiting = journal.lastSeq();
  port1.close();
  await expect(waiting).rejects.toMatchObject({ code: 'storage', retryable: true });
  await expect(journal.append({ seq: 1, changeSet: bytes('one') })).rejects.toMatchObject({ code: 'storage' });
});

test('S15 erased, nothing of it is on the disk, and it goes on as on a first start', async () => {
  const { journal, disk } = await connected();
  await journal.append({ seq: 1, changeSet: bytes('one') });
  await journal.snapshot(1, chunks('the ', 'state'));
  await journal.append({ seq: 2, changeSet: bytes('two') });
  await journal.erase();
  expect(await disk.list()).toEqual([]);
  expect([await journal.lastSeq(), await journal.recover()]).toEqual([0, undefined]);
  await journal.append({ seq: 1, changeSet: bytes('new') });
  expect((await journal.recover())?.entries.map(({ seq }) => seq)).toEqual([1]);
});
