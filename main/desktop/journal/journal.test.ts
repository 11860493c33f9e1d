import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crashDisk, type CrashDisk } from '../../../test/support/crash-disk.ts';
import { segmentsIn, snapshotsIn } from './file-names.ts';
import { openJournal, type OpenJournal } from './journal.ts';
import { setDamageAside } from './set-aside.ts';

const text = (value: string) => new TextEncoder().encode(value);
const bytesOf = (seq: number) => text(`change ${seq}`);
const append = (journal: OpenJournal, seq: number) => journal.append({ seq, payload: bytesOf(seq) });

async function appendAll(journal: OpenJournal, from: number, to: number): Promise<void> {
  for (let seq = from; seq <= to; seq += 1) await append(journal, seq);
}

/** A snapshot of the state after `seq`, which here is the list of changes so far. */
async function snapshot(journal: OpenJournal, seq: number): Promise<void> {
  const writer = await journal.beginSnapshot(seq);
  for (let each = 1; each <= seq; each += 1) await writer.chunk(text(`change ${each}\n`));
  await writer.end();
}

/** The state that a recovery leads to: the changes, in order. */
async function restored(journal: OpenJournal): Promise<string[] | undefined> {
  const recovery = await journal.recover();
  if (recovery === undefined) return undefined;
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const base = (recovery.snapshot ?? []).map((part) => decode(part).trim());
  expect(base.length).toBe(recovery.snapshotSeq);
  return [...base, ...recovery.entries.map(({ payload }) => decode(payload))];
}

const changes = (to: number) => Array.from({ length: to }, (_, i) => `change ${i + 1}`);

async function onlySegment(disk: CrashDisk): Promise<{ name: string; bytes: Uint8Array }> {
  const [segment] = segmentsIn(await disk.list());
  if (segment === undefined) throw new Error('there is no segment');
  return { name: segment.name, bytes: await disk.read(segment.name) };
}

test('an empty folder is an empty journal', async () => {
  const journal = await openJournal(crashDisk());
  expect(journal.lastSeq()).toBe(0);
  expect(await journal.recover()).toBeUndefined();
});

test('DSK-01 entries and snapshots are recovered in order, also after it was opened anew', async () => {
  const disk = crashDisk();
  const first = await openJournal(disk);
  await appendAll(first, 1, 3);
  await snapshot(first, 3);
  await appendAll(first, 4, 5);
  expect(await restored(first)).toEqual(changes(5));
  await first.close();
  const second = await openJournal(disk);
  expect(second.lastSeq()).toBe(5);
  await appendAll(second, 6, 7);
  expect(await restored(second)).toEqual(changes(7));
});

test('entries that arrive together are written together and answered in order', async () => {
  const journal = await openJournal(crashDisk());
  const order: number[] = [];
  await Promise.all([1, 2, 3, 4].map((seq) => append(journal, seq).then(() => order.push(seq))));
  expect(order).toEqual([1, 2, 3, 4]);
  expect(await restored(journal)).toEqual(changes(4));
});

test('an entry out of sequence is refused; the newest may be sent again', async () => {
  const disk = crashDisk();
  await appendAll(await openJournal(disk), 1, 2);
  const journal = await openJournal(disk);
  await append(journal, 2);
  await expect(journal.append({ seq: 2, payload: text('another') })).rejects.toMatchObject({ code: 'conflict' });
  await expect(append(journal, 1)).rejects.toMatchObject({ code: 'conflict' });
  await expect(append(journal, 4)).rejects.toMatchObject({ code: 'conflict' });
  await append(journal, 3);
  expect(await restored(journal)).toEqual(changes(3));
});

test('a snapshot may run ahead of the entries, which then continue behind it', async () => {
  const journal = await openJournal(crashDisk());
  await appendAll(journal, 1, 2);
  await snapshot(journal, 5);
  expect(journal.lastSeq()).toBe(5);
  await append(journal, 6);
  expect(await restored(journal)).toEqual(changes(6));
});

test('a snapshot that is given up leaves nothing', async () => {
  const disk = crashDisk();
  const journal = await openJournal(disk);
  await appendAll(journal, 1, 2);
  const writer = await journal.beginSnapshot(2);
  await writer.chunk(text('half'));
  await writer.abort();
  expect((await disk.list()).length).toBe(1);
  expect(await restored(journal)).toEqual(changes(2));
});

test('two snapshots are kept, with the entries since the older one; a damaged newest one is replaced by it', async () => {
  const disk = crashDisk();
  const journal = await openJournal(disk);
  for (const upTo of [2, 4, 6]) {
    await appendAll(journal, upTo - 1, upTo);
    await snapshot(journal, upTo);
  }
  await append(journal, 7);
  const names = await disk.list();
  expect(snapshotsIn(names).map(({ seq }) => seq)).toEqual([6, 4]);
  expect(segmentsIn(names).map(({ firstSeq }) => firstSeq)).toEqual([5, 7]);
  const newest = snapshotsIn(names)[0]?.name ?? '';
  const bytes = await disk.read(newest);
  disk.put(newest, bytes.with(bytes.length - 30, 0));
  expect(await restored(journal)).toEqual(changes(7));
  expect((await journal.recover())?.notes.join()).toContain(newest);
});

test('DSK-01 a journal cut at any byte is recovered up to the cut, said, and goes on from there', async () => {
  const whole = crashDisk();
  await appendAll(await openJournal(whole), 1, 3);
  const { name, bytes } = await onlySegment(whole);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const disk = crashDisk(new Map([[name, bytes.subarray(0, cut)]]));
    const journal = await openJournal(disk);
    const left = journal.lastSeq();
    expect(left).toBe(Math.floor(cut / (bytes.length / 3)));
    expect(journal.note === undefined).toBe(cut % (bytes.length / 3) === 0);
    await append(journal, left + 1);
    expect(await restored(journal)).toEqual(changes(left + 1));
    const putAside = (await disk.list()).filter((each) => each.includes('unfinished'));
    expect(putAside.length).toBe(journal.note === undefined ? 0 : 1);
  }
});

test('DSK-01 an altered entry is refused by name of the damage, at every bit of it', async () => {
  const whole = crashDisk();
  await appendAll(await openJournal(whole), 1, 3);
  const { name, bytes } = await onlySegment(whole);
  const size = bytes.length / 3;
  for (let bit = size * 8; bit < size * 16; bit += 1) {
    const byte = bit >> 3;
    const disk = crashDisk(new Map([[name, bytes.with(byte, (bytes[byte] ?? 0) ^ (1 << (bit & 7)))]]));
    const journal = await openJournal(disk);
    const refusal = {
      code: 'storage',
      details: { file: name },
      message: expect.stringContaining(`change 2 cannot be read (${name}, byte ${size})`),
    };
    await expect(journal.recover()).rejects.toMatchObject(refusal);
  }
});

test('a missing file in the middle is refused by name', async () => {
  const disk = crashDisk();
  const journal = await openJournal(disk);
  for (const seq of [1, 2, 3]) {
    await append(journal, seq);
    await snapshot(journal, seq);
  }
  for (const { name } of snapshotsIn(await disk.list())) await disk.remove(name);
  await expect(journal.recover()).rejects.toThrow('changes 1 to 2 cannot be read');
});

test('damage is put aside on request: what precedes it is restored, nothing is deleted', async () => {
  const disk = crashDisk();
  await appendAll(await openJournal(disk), 1, 5);
  const { name, bytes } = await onlySegment(disk);
  const altered = bytes.with((bytes.length / 5) * 2 + 20, 1);
  disk.put(name, altered);
  expect(await setDamageAside(disk)).toBe(2);
  const journal = await openJournal(disk);
  expect(await restored(journal)).toEqual(changes(2));
  await append(journal, 3);
  expect(await restored(journal)).toEqual(changes(3));
  expect(await disk.read(`${name}.damaged`)).toEqual(altered);
});

test('DSK-01 a full disk is said, the entry can be sent again when there is room, and nothing torn remains', async () => {
  for (let free = 0; free < 66; free += 6) {
    const disk = crashDisk();
    const journal = await openJournal(disk);
    await appendAll(journal, 1, 2);
    disk.setFree(free);
    const results = await Promise.allSettled([append(journal, 3), append(journal, 4)]);
    const full = { status: 'rejected', reason: { code: 'quota', retryable: true, message: expect.stringContaining('The disk is full') } };
    expect(results).toMatchObject([full, full]);
    expect(await restored(journal)).toEqual(changes(2));
    disk.setFree(Infinity);
    await appendAll(journal, 3, 5);
    expect(await restored(journal)).toEqual(changes(5));
    expect(await restored(await openJournal(disk))).toEqual(changes(5));
  }
});

test('a sync that failed is not trusted: the entry is refused and written anew elsewhere', async () => {
  const disk = crashDisk();
  const journal = await openJournal(disk);
  await append(journal, 1);
  disk.failSyncs(1);
  await expect(append(journal, 2)).rejects.toMatchObject({ code: 'storage' });
  await append(journal, 2);
  expect(segmentsIn(await disk.list()).length).toBe(2);
  expect(await restored(await openJournal(disk.crash(() => 0)))).toEqual(changes(2));
});

type Step = { readonly do: 'append' | 'burst' | 'snapshot' | 'fill' | 'breakSync' | 'reopen' | 'crash'; readonly n: number };

test('DSK-01 whatever is interrupted, filled up or cut off: every acknowledged entry is recovered, in order, and nothing else', async () => {
  const step = fc.record<Step>({
    do: fc.constantFrom('append', 'append', 'burst', 'snapshot', 'snapshot', 'fill', 'breakSync', 'reopen', 'crash'),
    n: fc.integer({ min: 1, max: 6 }),
  });
  const chances = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), chances, async (steps, stream) => {
      const chance = () => stream.next().value;
      let disk = crashDisk();
      let journal = await openJournal(disk);
      let acknowledged = 0;
      let sent = 0;
      const send = async (seq: number) => {
        sent = Math.max(sent, seq);
        await append(journal, seq);
        acknowledged = Math.max(acknowledged, seq);
      };
      for (const { do: what, n } of steps) {
        if (what === 'append') await send(journal.lastSeq() + 1).catch(() => undefined);
        if (what === 'burst') {
          const from = journal.lastSeq();
          await Promise.allSettled(Array.from({ length: n }, (_, i) => send(from + i + 1)));
        }
        if (what === 'snapshot') await snapshot(journal, journal.lastSeq()).catch(() => undefined);
        if (what === 'fill') disk.setFree(n % 3 === 0 ? Infinity : n * 20);
        if (what === 'breakSync') disk.failSyncs(1);
        if (what === 'crash') {
          const inFlight = Promise.allSettled([send(journal.lastSeq() + 1), snapshot(journal, journal.lastSeq())]);
          for (let turn = 0; turn < n; turn += 1) await Promise.resolve();
          const confirmed = acknowledged;
          const after = disk.crash(chance);
          await inFlight;
          disk = after;
          acknowledged = confirmed;
        }
        if (what === 'crash' || what === 'reopen') {
          disk.setFree(Infinity);
          disk.failSyncs(0);
          journal = await openJournal(disk);
        }
        const state = (await restored(journal)) ?? [];
        expect(state.length).toBeGreaterThanOrEqual(acknowledged);
        expect(state.length).toBeLessThanOrEqual(sent);
        expect(state).toEqual(changes(state.length));
      }
    }),
    { numRuns: 1500 },
  );
});
