import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import type { ActivityKind } from '#shared/domain/activity/activity-kinds.ts';
import { openEngine, type Engine } from '../engine.ts';

const create = async (engine: Engine, table: 'account' | 'user' | 'engagement' | 'touchpoint', values: Record<string, unknown>) =>
  await call(engine, 'records.create', { table, values });

async function withTouchpoint() {
  const engine = await openEngine(memoryHost());
  const ada = (await create(engine, 'user', { name: 'Ada Petrova' })).id;
  const account = (await create(engine, 'account', { name: 'Northwind' })).id;
  const engagement = (await create(engine, 'engagement', { title: 'Rollout', account })).id;
  const { id, number = '' } = await create(engine, 'touchpoint', { subject: 'Review', engagement, workNotes: 'Careful with @Ada Petrova' });
  const change = (patch: Record<string, unknown>, actor = ada) =>
    call(engine, 'records.update', { table: 'touchpoint', id, patch }, { actor });
  const page = (more: { before?: number; only?: ActivityKind[] } = {}, limit = 10) =>
    call(engine, 'records.activity', { table: 'touchpoint', id, limit, ...more });
  return { engine, ada, id, number, change, page };
}

test('REC-16 comments and work notes stand apart, with who is mentioned, and are told with what was noted at the beginning', async () => {
  const { engine, ada, change, page } = await withTouchpoint();
  await change({ comments: 'See you on Monday', subject: 'Quarterly review' });
  await change({ workNotes: 'They are not happy' });
  const { entries, refs } = await page();
  expect(
    entries.map(({ action, notes, changes }) => [
      action,
      notes.map(({ audience, text }) => [audience, text]),
      changes.map(({ field }) => field),
    ]),
  ).toEqual([
    ['update', [['internal', 'They are not happy']], []],
    ['update', [['customer', 'See you on Monday']], ['subject']],
    ['create', [['internal', 'Careful with @Ada Petrova']], []],
  ]);
  expect(entries[2]?.notes[0]?.mentions).toEqual([{ start: 13, end: 25, userId: ada }]);
  expect(refs[ada]?.label).toBe('Ada Petrova');
  await engine.close();
});

test('REC-16 a stream is narrowed to what is asked for and never mixes comments with notes', async () => {
  const { engine, ada, change, page } = await withTouchpoint();
  await change({ comments: 'For them', workNotes: 'For us', subject: 'Other' });
  await call(engine, 'records.undo', {}, { actor: ada });
  const seen = async (...only: ActivityKind[]) =>
    (await page({ only })).entries.map(({ step, notes, changes }) => [
      step,
      notes.map(({ text, removed }) => `${removed ? '-' : ''}${text}`),
      changes.map(({ field }) => field),
    ]);
  expect(await seen('comments')).toEqual([
    ['undo', ['-For them'], []],
    ['do', ['For them'], []],
  ]);
  expect(await seen('notes')).toEqual([
    ['undo', ['-For us'], []],
    ['do', ['For us'], []],
    ['do', ['Careful with @Ada Petrova'], []],
  ]);
  expect(await seen('fields')).toEqual([
    ['undo', [], ['subject']],
    ['do', [], ['subject']],
  ]);
  expect(await seen('undos')).toEqual([['undo', ['-For them', '-For us'], ['subject']]]);
  expect(await seen('states')).toEqual([['do', [], []]]);
  await engine.close();
});

test('a long history is read in pages, each as quick as the first, with nothing twice and nothing left out', async () => {
  const { engine, change, page } = await withTouchpoint();
  for (let step = 1; step <= 45; step += 1) await change({ subject: `Subject ${step}` });
  const seen: number[] = [];
  let before: number | undefined;
  do {
    const { entries, next } = await page(before === undefined ? {} : { before }, 20);
    seen.push(...entries.map(({ seq }) => seq));
    before = next;
  } while (before !== undefined);
  expect(seen).toHaveLength(46);
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a));
  expect((await page({ only: ['states'] }, 5)).entries).toHaveLength(1);
  await engine.close();
});

test('values of the past are named, also of records that the record no longer refers to', async () => {
  const { engine, ada, change, page } = await withTouchpoint();
  const zoe = (await create(engine, 'user', { name: 'Zoë Kern' })).id;
  await change({ assignedTo: zoe });
  await change({ assignedTo: ada });
  await change({ assignedTo: null });
  const { refs } = await page();
  expect([refs[ada]?.label, refs[zoe]?.label]).toEqual(['Ada Petrova', 'Zoë Kern']);
  await engine.close();
});

test('a link names a record by its number, however it is written, or by its ID', async () => {
  const { engine, id, number } = await withTouchpoint();
  const short = number.replace(/^([A-Z]+)0*/, (_all, prefix: string) => prefix.toLowerCase());
  for (const name of [number, short, id])
    expect(await call(engine, 'records.resolve', { name })).toMatchObject({ table: 'touchpoint', id, label: 'Review' });
  await expect(call(engine, 'records.resolve', { name: 'ENG0009999' })).rejects.toMatchObject({ code: 'not-found' });
  await engine.close();
});
