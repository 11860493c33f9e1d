import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import type { JournalEntry } from '#shared/model/field.ts';
import { openEngine, type Engine } from '../engine.ts';
import type { ChangeBody } from '../store/change-parts.ts';

async function withNotes(engine: Engine, notes: readonly string[]) {
  const { id } = await call(engine, 'records.create', { table: 'account', values: { name: 'Acme' } });
  for (const text of notes) await call(engine, 'records.update', { table: 'account', id, patch: { workNotes: text } });
  return id;
}
const textsOf = (engine: Engine, id: string) => engine.context.view.get('account', id)?.workNotes?.map(({ text }) => text) ?? [];

test('REC-16 a change set keeps the note that was written, not the journal that it was written into', async () => {
  const engine = await openEngine(memoryHost());
  const id = await withNotes(engine, ['one', 'two', 'three']);
  const { changes } = await engine.context.history.ofRecord('account', id, { limit: 10 });
  const noted = changes.map(({ change }) => ({ before: change.before, after: change.after }));
  const added = (text: string) => ({ before: {}, after: { workNotes: { add: [expect.objectContaining({ text })] } } });
  expect(noted).toEqual([added('three'), added('two'), added('one'), { before: undefined, after: undefined }]);
  await call(engine, 'records.undo', {});
  const [undone] = (await engine.context.history.ofRecord('account', id, { limit: 1 })).changes;
  expect(undone?.change.after).toEqual({ workNotes: { remove: [expect.objectContaining({ text: 'three' })] } });
  await call(engine, 'records.redo', {});
  expect(textsOf(engine, id)).toEqual(['one', 'two', 'three']);
  await engine.close();
});

test('change sets of an older version, with whole journals before and after, are told, undone and done again', async () => {
  const host = memoryHost();
  const engine = await openEngine(host);
  const id = await withNotes(engine, ['one', 'two']);
  const all = engine.context.view.get('account', id)?.workNotes ?? [];
  await engine.close();
  await rewriteWhole(host, all);

  const again = await openEngine(host);
  const { entries } = await call(again, 'records.activity', { table: 'account', id, limit: 10 });
  expect(entries.map(({ notes }) => notes.map(({ text, removed }) => [text, removed]))).toEqual([[['two', false]], [['one', false]], []]);
  await call(again, 'records.undo', {});
  await call(again, 'records.undo', {});
  expect(textsOf(again, id)).toEqual([]);
  await call(again, 'records.redo', {});
  await call(again, 'records.redo', {});
  expect(textsOf(again, id)).toEqual(['one', 'two']);
  await again.close();
});

/** Writes each change of the journal as older versions did: whole lists on both sides. */
async function rewriteWhole(host: ReturnType<typeof memoryHost>, all: readonly JournalEntry[]): Promise<void> {
  const dexie = new Dexie(host.databaseName, { indexedDB: host.indexedDB, IDBKeyRange: host.keyRange });
  await dexie.open();
  const bodies = dexie.table<ChangeBody, number>('changeBodies');
  let count = 0;
  for (const body of await bodies.orderBy('seq').toArray()) {
    if (body.rows[0]?.after?.['workNotes'] === undefined) continue;
    const list = (length: number) => (length === 0 ? {} : { workNotes: all.slice(0, length) });
    const rows = body.rows.map((change) => ({ ...change, before: list(count), after: list(count + 1) }));
    await bodies.put({ ...body, rows });
    count += 1;
  }
  dexie.close();
  expect(count).toBe(all.length);
}
