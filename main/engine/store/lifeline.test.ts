import { expect, test } from 'vitest';
import { contentOf } from '../../../test/support/engine-content.ts';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { memoryJournal } from '../../../test/support/memory-journal.ts';
import type { CommandMeta } from '../context.ts';
import { openEngine, type Engine } from '../engine.ts';
import type { Host } from '../host/host.ts';

let commands = 0;
const by = (label: string): CommandMeta => {
  commands += 1;
  return { commandId: `lifeline-${commands}`, actor: 'user-1', label };
};
const create = (engine: Engine, name: string) => engine.context.records.run(by('Create'), (draft) => draft.create('account', { name }));
const names = (engine: Engine) => [...engine.context.view.all('account')].map((account) => account.name);

/** What a browser does when it finds a database damaged: it throws it away and lets another one be made. */
function throwAway({ indexedDB, databaseName }: Host): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(new Error('not deleted'));
  });
}

test('a database that was thrown away under a running engine is written anew from memory, and the command goes in', async () => {
  const host = memoryHost();
  const engine = await openEngine(host);
  await create(engine, 'First');
  await engine.context.records.run(by('Feed'), (draft) => {
    const source = draft.create('dataSource', { name: 'Feed', kind: 'external', breakdown: 'account' });
    const [account] = draft.view.all('account');
    const series = draft.create('dataPointSeries', { source, sourceTable: 'account', sourceRecord: account?.id ?? '' });
    draft.putPoints(series, { start: Int32Array.of(1), end: Int32Array.of(20_000), value: Float64Array.of(3) });
  });
  await throwAway(host);
  await create(engine, 'Second');
  expect(names(engine)).toEqual(['First', 'Second']);
  expect(engine.context.storage().recovered).toContain('from memory');
  await engine.context.undo.undo(by(''));
  await expect(engine.context.undo.undo(by(''))).rejects.toMatchObject({ code: 'not-found' });
  await create(engine, 'Third');
  const { rows, series } = await contentOf(engine);
  await engine.close();
  const again = await openEngine(memoryHost({ indexedDB: host.indexedDB }));
  expect(await contentOf(again)).toMatchObject({ rows, series });
  await again.close();
});

test('with a second copy the history comes back as well', async () => {
  const host = memoryHost({ journal: memoryJournal() });
  const engine = await openEngine(host);
  await create(engine, 'First');
  await throwAway(host);
  await create(engine, 'Second');
  await engine.context.undo.undo(by(''));
  await engine.context.undo.undo(by(''));
  expect(names(engine)).toEqual([]);
  await engine.close();
});

test('as long as the records cannot be put back, commands are refused, reading works, and it is tried again', async () => {
  const clock = createManualClock();
  const real = memoryHost();
  let isFull = false;
  const indexedDB = Object.assign(Object.create(real.indexedDB) as IDBFactory, {
    open: (name: string, version?: number) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      return real.indexedDB.open(name, version);
    },
  });
  const engine = await openEngine(memoryHost({ indexedDB, later: clock.later }));
  await create(engine, 'First');
  await throwAway(real);
  isFull = true;
  await expect(create(engine, 'Refused')).rejects.toMatchObject({ code: 'quota' });
  await expect(create(engine, 'Refused')).rejects.toMatchObject({ code: 'quota', message: expect.stringContaining('do not close') });
  expect(names(engine)).toEqual(['First']);
  expect(engine.context.storage().problem).toContain('still in memory');
  isFull = false;
  clock.advance(20_000);
  await create(engine, 'Second');
  expect(engine.context.storage().problem).toBeUndefined();
  await engine.close();
  const again = await openEngine(memoryHost({ indexedDB: real.indexedDB }));
  expect(names(again)).toEqual(['First', 'Second']);
  await again.close();
});

test('two engines on one database do not overwrite each other: the later one to write is refused', async () => {
  const host = memoryHost();
  const first = await openEngine(host);
  await create(first, 'First');
  const second = await openEngine(memoryHost({ indexedDB: host.indexedDB }));
  await create(second, 'Second');
  await expect(create(first, 'Lost?')).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining('another Satchel') });
  await first.close();
  await create(second, 'Third');
  expect(names(second)).toEqual(['First', 'Second', 'Third']);
  await second.close();
});
