// What a run made for activities that nobody goes on with: left out, gone with a version, made twice, cancelled.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { playEngine, playOf, walker, type PlayEngine } from '../../../test/support/play-engine.ts';
import { add, change } from '../../../test/support/portfolio-engine.ts';

let world: PlayEngine;
beforeEach(async () => {
  world = await playEngine();
});
afterEach(() => world.engine.close());
const view = () => world.engine.context.view;
const tasksOf = (id: string) => view().by('internalPlayTask', 'internalPlay', id);

const TASK = { key: 'one', label: 'One', kind: 'task', task: { subject: 'Do one' } };
const urgent = { leaveOutWhen: { field: 'priority', op: 'is', value: 'low' } };

test('PLY-01 PLY-07 the task of an activity that is left out later is cancelled; should it apply again, it gets a new one', async () => {
  const { id, play } = await playOf(world, { ...TASK, ...urgent }, { key: 'end', label: 'End', kind: 'close' });
  await play.open('one');
  expect(tasksOf(id)).toMatchObject([{ state: 'new' }]);
  const update = (priority: string) => call(world.engine, 'records.update', { table: 'internalPlay', id, patch: { priority } });
  await update('low');
  expect(tasksOf(id)).toMatchObject([{ state: 'cancelled', closeNotes: '“One” does not apply any more.' }]);
  expect((await play.states())['one']).toBe('leftOut');
  const { log } = await play.current();
  expect(log.at(-1)).toMatchObject({ kind: 'withdrawn', label: 'One', text: '“One” does not apply any more.' });
  await call(world.engine, 'records.undo', {});
  expect(tasksOf(id)).toMatchObject([{ state: 'new' }]);
  await update('low');
  await update('high');
  expect(tasksOf(id).map(({ state }) => state)).toEqual(['cancelled', 'new']);
  await play.complete('one', { closeNotes: 'Done' });
  await play.complete('end', { closureCode: 'addressed', closeNotes: 'Fine' });
  expect([view().get('internalPlay', id)?.state, tasksOf(id).map(({ state }) => state)]).toEqual(['closed', ['cancelled', 'closed']]);
});

test('PLY-01 what changed without anyone looking does not keep the record from its close', async () => {
  const { id, play } = await playOf(world, { ...TASK, ...urgent }, { key: 'end', label: 'End', kind: 'close' });
  await play.open('one');
  // not by the record's own page: many at once, an import
  await change(world.engine, (draft) => draft.update('internalPlay', id, { priority: 'low' }));
  expect(tasksOf(id)).toMatchObject([{ state: 'new' }]);
  await play.complete('end', { closureCode: 'addressed', closeNotes: 'Fine' });
  expect(tasksOf(id)).toMatchObject([{ state: 'cancelled' }]);
});

test('PLY-01 a task begins as soon as the record fulfils what its activity waits for', async () => {
  const { id } = await playOf(world, { ...TASK, when: { field: 'state', op: 'is', value: 'inProgress' } });
  expect(tasksOf(id)).toEqual([]);
  await call(world.engine, 'records.update', { table: 'internalPlay', id, patch: { state: 'inProgress' } });
  expect(tasksOf(id)).toMatchObject([{ shortDescription: 'Do one' }]);
});

test('PLY-10 the task of an activity that a newer version does not have is cancelled, and the log still names it', async () => {
  const { id, playbook, run, play } = await playOf(world, TASK, { key: 'end', label: 'End', kind: 'note' });
  await play.open('one');
  const definition = {
    table: 'internalPlay',
    stages: [{ key: 's', label: 'S', activities: [{ key: 'end', label: 'End', kind: 'note' }] }],
  };
  const { version } = await call(world.engine, 'playbooks.draft', { playbook, definition });
  await call(world.engine, 'playbooks.publish', { version });
  await call(world.engine, 'playbooks.migrate', { run, version });
  expect(tasksOf(id)).toMatchObject([{ state: 'cancelled', closeNotes: 'The playbook does not have this activity any more.' }]);
  const { log } = await play.current();
  expect(log.find(({ kind }) => kind === 'prepared')).toMatchObject({ label: 'One', moot: 'gone' });
  await call(world.engine, 'records.undo', {});
  expect([tasksOf(id)[0]?.state, (await play.states())['one']]).toEqual(['new', 'inProgress']);
});

test('PLY-01 of two tasks that two devices made for the same activity the first counts; the other one is cancelled with the next step', async () => {
  const { id, run, play } = await playOf(world, TASK, { key: 'gate', label: 'Gate', kind: 'taskGate', start: 'withPrevious' });
  await play.open('one');
  const twin = await add(world.engine, 'internalPlayTask', { shortDescription: 'Do one', description: 'Again', internalPlay: id });
  const detail = { record: `internalPlayTask/${twin}` };
  await change(world.engine, (draft) =>
    draft.create('playbookEvent', { run, kind: 'prepared', activity: 'one', stamp: '9999999999999-00000-other', detail }),
  );
  expect((await play.activity('gate'))?.open).toHaveLength(1);
  await play.complete('one', { closeNotes: 'Done' });
  expect(view().get('internalPlayTask', twin)).toMatchObject({ state: 'cancelled', closeNotes: 'Another device had made it already.' });
  expect((await play.states())['gate']).toBe('ready');
});

test('PLY-09 a run is cancelled half-way with the tasks that were made for it; its record stays open, undo takes all of it back', async () => {
  const { id, run, play } = await playOf(
    world,
    TASK,
    { ...TASK, key: 'two', start: 'withPrevious' },
    { key: 'end', label: 'End', kind: 'close' },
  );
  await play.complete('one', { closeNotes: 'Done' });
  await call(world.engine, 'playbooks.cancel', { run, notes: 'Overtaken' });
  expect(await play.states()).toEqual({ one: 'done', two: 'cancelled', end: 'cancelled' });
  expect(tasksOf(id)).toMatchObject([{ state: 'closed' }, { state: 'cancelled', closeNotes: 'Its playbook was cancelled: Overtaken' }]);
  expect(view().get('playbookRun', run)).toMatchObject({ state: 'cancelled', closeNotes: 'Overtaken' });
  expect(view().get('internalPlay', id)?.state).toBe('new');
  await expect(call(world.engine, 'playbooks.cancel', { run, notes: 'Again' })).rejects.toThrow('has ended already');
  await call(world.engine, 'records.undo', {});
  expect(await play.states()).toEqual({ one: 'done', two: 'ready', end: 'pending' });
  // its own page says the same
  await call(world.engine, 'records.cancel', { table: 'playbookRun', id: run, closeNotes: 'By hand' });
  expect(tasksOf(id).map(({ state }) => state)).toEqual(['closed', 'cancelled']);
});

test('PLY-01 a playbook that two people began apart from each other is shown as twice under way, and one is cancelled', async () => {
  const { id, playbook, run } = await playOf(world, TASK);
  const first = view().get('playbookRun', run);
  const other = await change(world.engine, (draft) =>
    draft.create('playbookRun', { playbook, version: first?.version ?? '', about: `internalPlay/${id}` }),
  );
  const shown = async (asked: string) =>
    (await call(world.engine, 'playbooks.player', { table: 'internalPlay', id, run: asked })).current?.twin;
  expect([await shown(run), await shown(other)]).toMatchObject([{ id: other, settled: 0 }, { id: run }]);
  await call(world.engine, 'playbooks.cancel', { run: other, notes: 'Begun twice' });
  expect(await shown(run)).toBeUndefined();
  expect((await walker(world.engine, 'internalPlay', id).current()).id).toBe(run);
});
