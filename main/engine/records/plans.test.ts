import { expect, test } from 'vitest';
import { refTo } from '#shared/model/any-reference.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { openEngine, type Engine } from '../engine.ts';

const description = 'As agreed';

/** An engagement with a plan, a play and a risk, made through the commands of the screens. */
async function withPlan() {
  const engine = await openEngine(memoryHost());
  const make = async (table: TableName, values: Record<string, unknown>) => (await call(engine, 'records.create', { table, values })).id;
  const account = await make('account', { name: 'Acme' });
  const engagement = await make('engagement', { title: 'Care', account });
  const objective = await make('successObjective', { title: 'Faster service', engagement, description });
  const outcome = await make('successOutcome', { title: 'Half the waiting', objective, description });
  const initiative = await make('successInitiative', { subject: 'New desk', outcome });
  const task = (subject: string) => make('successTask', { subject, parent: refTo('successInitiative', initiative), description });
  const tasks = [await task('Workshop'), await task('Training')];
  const play = await make('internalPlay', { shortDescription: 'Renewal', engagement, description });
  const signal = await make('riskSignal', { shortDescription: 'Sponsor left', about: refTo('successInitiative', initiative) });
  return { engine, make, account, engagement, objective, outcome, initiative, tasks, play, signal };
}

const stateOf = (engine: Engine, table: TableName, id: string) =>
  (engine.context.view.get(table, id) as { readonly state?: string } | undefined)?.state;
const consequences = (engine: Engine, table: TableName, ids: readonly string[], action: 'close' | 'cancel' | 'reopen' | 'delete') =>
  call(engine, 'records.consequences', { table, ids: [...ids], action });

test('BR-15 cancelling says beforehand what it cancels, does just that as one step, and undo brings all of it back', async () => {
  const { engine, objective, outcome, initiative, tasks } = await withPlan();
  const told = await consequences(engine, 'successObjective', [objective], 'cancel');
  expect(told.refused).toEqual([]);
  expect(told.changes.map(({ table, what, count }) => `${what} ${count} ${table}`).toSorted()).toEqual([
    'cancel 1 successInitiative',
    'cancel 1 successOutcome',
    'cancel 2 successTask',
  ]);
  expect(told.changes.flatMap(({ first }) => first.map(({ label }) => label)).toSorted()).toEqual([
    'Half the waiting',
    'New desk',
    'Training',
    'Workshop',
  ]);
  // nothing was done yet
  expect(stateOf(engine, 'successOutcome', outcome)).toBe('new');
  const commands = (await engine.context.history.headers()).length;
  await call(engine, 'records.cancel', { table: 'successObjective', id: objective, closeNotes: 'Customer changed its mind' });
  expect(await engine.context.history.headers()).toHaveLength(commands + 1);
  const all = [
    ['successOutcome', outcome] as const,
    ['successInitiative', initiative] as const,
    ...tasks.map((id) => ['successTask', id] as const),
  ];
  for (const [table, id] of all) expect([table, stateOf(engine, table, id)]).toEqual([table, 'cancelled']);
  expect(engine.context.view.get('successTask', tasks[0] ?? '')?.closeNotes).toContain('Customer changed its mind');
  await call(engine, 'records.undo', {});
  for (const [table, id] of all) expect([table, stateOf(engine, table, id)]).toEqual([table, 'new']);
  expect(engine.context.view.get('successTask', tasks[0] ?? '')).not.toHaveProperty('closeNotes');
  await call(engine, 'records.redo', {});
  for (const [table, id] of all) expect([table, stateOf(engine, table, id)]).toEqual([table, 'cancelled']);
  await engine.close();
});

test('BR-14 closing says beforehand that open children block it, with the list of them', async () => {
  const { engine, initiative, tasks } = await withPlan();
  const told = await consequences(engine, 'successInitiative', [initiative], 'close');
  expect(told).toMatchObject({ allowed: 0, changes: [], refusedCount: 1, refused: [{ rule: 'BR-14' }] });
  expect(told.refused[0]?.blocking.map(({ id }) => id).toSorted()).toEqual([...tasks].toSorted());
  expect(told.refused[0]?.message).toContain('2 success tasks of it are open');
  const close = { table: 'successInitiative', id: initiative, closureCode: 'achieved', closeNotes: 'Done' } as const;
  await expect(call(engine, 'records.close', close)).rejects.toMatchObject({ details: { rule: 'BR-14' } });
  for (const id of tasks) await call(engine, 'records.close', { table: 'successTask', id, closureCode: 'addressed', closeNotes: 'Done' });
  expect(await consequences(engine, 'successInitiative', [initiative], 'close')).toMatchObject({ allowed: 1, changes: [], refused: [] });
  await call(engine, 'records.close', close);
  await engine.close();
});

test('BR-03 reopening says which of the cancelled records it brings back', async () => {
  const { engine, initiative, tasks } = await withPlan();
  const [first = ''] = tasks;
  await call(engine, 'records.cancel', { table: 'successTask', id: first, closeNotes: 'Not needed' });
  await call(engine, 'records.cancel', { table: 'successInitiative', id: initiative, closeNotes: 'Later' });
  const told = await consequences(engine, 'successInitiative', [initiative], 'reopen');
  expect(told.changes).toMatchObject([{ table: 'successTask', what: 'reopen', count: 1, first: [{ label: 'Training' }] }]);
  await call(engine, 'records.reopen', { table: 'successInitiative', id: initiative });
  expect(tasks.map((id) => stateOf(engine, 'successTask', id))).toEqual(['cancelled', 'inProgress']);
  await engine.close();
});

test('REC-37 deleting says what goes with it and what loses its reference, and undo brings all back', async () => {
  const { engine, objective, initiative, tasks, signal, engagement } = await withPlan();
  const told = await consequences(engine, 'successObjective', [objective], 'delete');
  const words = told.changes.map(({ table, what, count, fields }) => [what, count, table, ...fields].join(' '));
  expect(words.toSorted()).toEqual([
    'delete 1 successInitiative',
    'delete 1 successOutcome',
    'delete 2 successTask',
    'update 1 riskSignal about',
  ]);
  await call(engine, 'records.delete', { table: 'successObjective', id: objective });
  expect([engine.context.view.count('successTask'), engine.context.view.count('successInitiative')]).toEqual([0, 0]);
  expect(engine.context.view.get('riskSignal', signal)).toMatchObject({ engagement });
  await call(engine, 'records.undo', {});
  expect(engine.context.view.count('successTask')).toBe(tasks.length);
  expect(engine.context.view.get('riskSignal', signal)?.about).toBe(refTo('successInitiative', initiative));
  await engine.close();
});

test('REC-37 several records at once: what is refused is named, the others are counted with their consequences', async () => {
  const { engine, make, engagement, initiative, tasks, play } = await withPlan();
  const idle = await make('internalPlay', { shortDescription: 'Idle', engagement, description });
  await make('internalPlayTask', { shortDescription: 'Offer', internalPlay: play, description });
  const told = await consequences(engine, 'internalPlay', [play, idle], 'close');
  expect(told).toMatchObject({ allowed: 1, refusedCount: 1, refused: [{ record: { id: play }, rule: 'BR-14' }] });
  const both = await consequences(engine, 'internalPlay', [play, idle], 'cancel');
  expect(both).toMatchObject({ allowed: 2, changes: [{ table: 'internalPlayTask', what: 'cancel', count: 1 }], refused: [] });
  // a parent and its children together are no obstacle to one another
  expect(await consequences(engine, 'successTask', tasks, 'cancel')).toMatchObject({ allowed: 2, changes: [] });
  await expect(consequences(engine, 'successInitiative', [initiative, 'gone'], 'cancel')).rejects.toMatchObject({ code: 'not-found' });
  await engine.close();
});

test('BR-14 undoing the close of a task is refused while its parent is closed, and says so', async () => {
  const { engine, make, engagement } = await withPlan();
  const play = await make('internalPlay', { shortDescription: 'Offer', engagement, description });
  const task = await make('internalPlayTask', { shortDescription: 'Write it', internalPlay: play, description });
  const closed = await call(engine, 'records.close', { table: 'internalPlayTask', id: task, closureCode: 'addressed', closeNotes: 'x' });
  await call(engine, 'records.close', { table: 'internalPlay', id: play, closureCode: 'addressed', closeNotes: 'x' });
  await expect(call(engine, 'records.undo', { changeSetId: closed.changeSetId })).rejects.toMatchObject({ details: { rule: 'BR-14' } });
  expect(stateOf(engine, 'internalPlayTask', task)).toBe('closed');
  await engine.close();
});

test('BR-17 BR-02 the rules hold for commands of people: the state of a task follows its progress, and ending needs code and notes', async () => {
  const { engine, make, account } = await withPlan();
  const onboardingCase = await make('onboardingCase', { shortDescription: 'Bring Acme live', account });
  const task = await make('onboardingTask', { subject: 'Accounts', onboardingCase });
  await call(engine, 'records.update', { table: 'onboardingTask', id: task, patch: { progress: 'paused' } });
  expect(stateOf(engine, 'onboardingTask', task)).toBe('awaitingCustomer');
  await expect(
    call(engine, 'records.update', { table: 'onboardingTask', id: task, patch: { progress: 'finished' } }),
  ).rejects.toMatchObject({
    code: 'rule',
    details: { rule: 'BR-02' },
  });
  await expect(call(engine, 'records.update', { table: 'onboardingTask', id: task, patch: { state: 'closed' } })).rejects.toMatchObject({
    details: { rule: 'BR-02' },
  });
  await engine.close();
});
