import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { memoryJournal } from '../../../test/support/memory-journal.ts';
import { contentOf } from '../../../test/support/engine-content.ts';
import type { CommandMeta } from '../context.ts';
import { openEngine, type Engine } from '../engine.ts';
import type { Host } from '../host/host.ts';

let commands = 0;
const by = (label: string): CommandMeta => {
  commands += 1;
  return { commandId: `recovery-${commands}`, actor: 'user-1', label };
};
const points = (days: readonly number[]) => ({
  start: Int32Array.from(days, (day) => day - 1),
  end: Int32Array.from(days),
  value: Float64Array.from(days, (day) => day / 3),
});

/** Something of everything: created, changed, deleted, undone, points. */
async function work({ context }: Engine, round: number): Promise<void> {
  const { records, undo } = context;
  const { result: account } = await records.run(by('Create'), (draft) => draft.create('account', { name: `Account ${round}` }));
  await records.run(by('Rename'), (draft) => draft.update('account', account, { city: 'Berlin', workNotes: 'moved' }));
  await records.run(by('Feed'), (draft) => {
    const source = draft.create('dataSource', { name: `Source ${round}`, kind: 'external', breakdown: 'account' });
    const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account });
    draft.putPoints(series, points([20_000, 20_001, 20_500]));
  });
  const { result: gone } = await records.run(by('Create'), (draft) => draft.create('account', { name: `Gone ${round}` }));
  await records.run(by('Delete'), (draft) => draft.remove('account', gone));
  await records.run(by('Rename again'), (draft) => draft.update('account', account, { name: 'Wrong' }));
  await undo.undo(by(''));
}

const emptyDisk = (host: Host, changes: Partial<Host> = {}) =>
  memoryHost({ ...(host.journal === undefined ? {} : { journal: host.journal }), ...changes, indexedDB: new IDBFactory() });

test('a store that is gone is restored from the journal, history and undo included, and says so', async () => {
  const host = memoryHost({ journal: memoryJournal() });
  const engine = await openEngine(host);
  await work(engine, 1);
  const before = await contentOf(engine);
  await engine.close();
  const restored = await openEngine(emptyDisk(host));
  expect(await contentOf(restored)).toEqual(before);
  expect(restored.context.storage().recovered).toContain('restored from their second copy');
  expect(await restored.context.undo.next('user-1')).toMatchObject({ redo: 'Rename again' });
  await restored.context.undo.redo(by(''));
  await work(restored, 2);
  await restored.close();
});

test('a snapshot and the entries after it restore the same', async () => {
  const clock = createManualClock();
  const journal = memoryJournal();
  const host = memoryHost({ journal, later: clock.later });
  const engine = await openEngine(host);
  await work(engine, 1);
  journal.failWith('quota');
  await work(engine, 2);
  expect(engine.context.storage().problem).toContain('disk is full');
  journal.failWith(undefined);
  await work(engine, 3);
  expect(engine.context.storage().problem).toBeUndefined();
  expect(journal.snapshots()).toBe(1);
  expect(journal.entries.length).toBeGreaterThan(0);
  const before = await contentOf(engine);
  await engine.close();
  const restored = await openEngine(emptyDisk(host));
  expect(await contentOf(restored)).toEqual(before);
  await restored.close();
});

test('a store that is expected but empty, without a second copy, is refused and nothing is begun over it', async () => {
  const host = memoryHost({ storeExpected: true });
  await expect(openEngine(host)).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining('missing') });
  await expect(openEngine(host)).rejects.toMatchObject({ code: 'storage' });
});

test('commits that the store lost but the journal has come back', async () => {
  const journal = memoryJournal();
  const first = memoryHost({ journal });
  const engine = await openEngine(first);
  await work(engine, 1);
  await engine.close();
  // an older state of the same store: opened without the journal's last entries
  const older = memoryJournal();
  for (const entry of journal.entries.slice(0, -3)) await older.append(entry);
  const stale = new IDBFactory();
  const partly = await openEngine(memoryHost({ journal: older, indexedDB: stale }));
  await partly.close();
  const whole = await openEngine(memoryHost({ journal, indexedDB: stale }));
  const again = await openEngine(memoryHost({ indexedDB: first.indexedDB }));
  expect(await contentOf(whole)).toEqual(await contentOf(again));
  expect(whole.context.storage().recovered).toContain('3 of the last changes');
  await whole.close();
  await again.close();
});

test('a store that is ahead of its journal brings it up to date with a snapshot', async () => {
  const host = memoryHost();
  const engine = await openEngine(host);
  await work(engine, 1);
  await engine.close();
  const journal = memoryJournal();
  const again = await openEngine(memoryHost({ indexedDB: host.indexedDB, journal }));
  await work(again, 2);
  const before = await contentOf(again);
  await again.close();
  expect(journal.snapshots()).toBe(1);
  const restored = await openEngine(emptyDisk(host, { journal }));
  expect(await contentOf(restored)).toEqual(before);
  await restored.close();
});

test('a damaged second copy is refused by name, not half restored', async () => {
  const journal = memoryJournal();
  const host = memoryHost({ journal });
  const engine = await openEngine(host);
  await work(engine, 1);
  await engine.close();
  journal.damage((_, entries) => {
    const bytes = entries[2]?.changeSet;
    if (bytes !== undefined) bytes[100] = (bytes[100] ?? 0) ^ 1;
  });
  await expect(openEngine(emptyDisk(host))).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining('Change 3') });
});
