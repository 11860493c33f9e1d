// A playbook walked on a scratch record, with nothing kept (PLY-10).
import { afterEach, beforeEach, expect, test } from 'vitest';
import { STARTER_PLAYBOOKS } from '#shared/domain/starter/starter-playbooks.ts';
import { tableNames } from '#shared/model/dictionary.ts';
import type { Input, Output } from '#shared/contract/engine-contract.ts';
import { call } from '../../../test/support/call-engine.ts';
import { playEngine, type PlayEngine } from '../../../test/support/play-engine.ts';

let world: PlayEngine;
beforeEach(async () => {
  world = await playEngine();
});
afterEach(() => world.engine.close());

type Step = Input<'playbooks.tryOut'>['steps'][number];
const tried = (definition: unknown, ...steps: readonly Step[]) => call(world.engine, 'playbooks.tryOut', { definition, steps: [...steps] });
const statesOf = ({ activities }: Output<'playbooks.tryOut'>) =>
  Object.fromEntries(activities.map(({ activity, state }) => [activity.key, state]));
const counts = () => tableNames.map((table) => world.engine.context.view.count(table));
const play = (...activities: readonly object[]) => ({ table: 'internalPlay', stages: [{ key: 'one', label: 'One', activities }] });

test('PLY-10 a try-out looks at a scratch record: conditions hold and leave out as its fields are changed, and nothing is kept', async () => {
  const before = counts();
  const definition = play(
    { key: 'wait', label: 'Wait', kind: 'note', when: { field: 'state', op: 'is', value: 'inProgress' } },
    { key: 'low', label: 'Low', kind: 'note', leaveOutWhen: { field: 'priority', op: 'isNot', value: 'low' } },
    { key: 'end', label: 'End', kind: 'close' },
  );
  const begun = await tried(definition);
  expect(statesOf(begun)).toEqual({ wait: 'blocked', low: 'leftOut', end: 'pending' });
  expect([begun.fields, begun.activities[0]?.holding]).toEqual([['state', 'priority'], 'state is In progress']);
  const set: Step = { do: 'set', patch: { state: 'inProgress', priority: 'low' } };
  expect(statesOf(await tried(definition, set))).toEqual({ wait: 'ready', low: 'pending', end: 'pending' });
  const steps: readonly Step[] = ['wait', 'low', 'end'].map((activity) => ({ do: 'complete', activity }));
  const over = await tried(definition, set, ...steps);
  expect([statesOf(over), over.isOver, over.row['state'], over.row['progress']]).toEqual([
    { wait: 'done', low: 'done', end: 'done' },
    true,
    'closed',
    'completed',
  ]);
  expect(counts()).toEqual(before);
});

test('PLY-10 gates are held by what is open on the scratch record, and a step that is refused says why and is left out', async () => {
  const definition = play(
    { key: 'gate', label: 'Gate', kind: 'taskGate' },
    { key: 'talks', label: 'Talks', kind: 'meetingGate', start: 'withPrevious' },
  );
  const open: readonly Step[] = [{ do: 'addTask' }, { do: 'addMeeting' }];
  const held = await tried(definition, ...open);
  expect([statesOf(held), held.made.map(({ record, state }) => [record.label, state])]).toEqual([
    { gate: 'blocked', talks: 'blocked' },
    [
      ['Scratch task', 'New'],
      ['Scratch meeting', 'Draft'],
    ],
  ]);
  const refused = await tried(definition, ...open, { do: 'complete', activity: 'gate' });
  expect([refused.refused, statesOf(refused)]).toEqual([
    '“Gate” cannot be completed: 1 task is open. Close or cancel them.',
    statesOf(held),
  ]);
  const freed = await tried(definition, ...open, { do: 'endOpen' }, { do: 'complete', activity: 'gate' });
  expect(statesOf(freed)).toEqual({ gate: 'done', talks: 'ready' });
});

test.each(STARTER_PLAYBOOKS.map(({ values, steps }) => [values.name, steps] as const))(
  'PLY-10 the playbook “%s” is tried out from start to end',
  async (_name, definition) => {
    const before = counts();
    const steps: Step[] = [];
    let now = await tried(definition);
    while (!now.isOver) {
      const next = now.activities.find(({ state }) => state === 'ready' || state === 'inProgress');
      if (next === undefined) throw new Error(`nothing is open: ${JSON.stringify(statesOf(now))}`);
      // a task that an activity makes ad hoc is somebody's to close
      if (next.activity.kind === 'close') steps.push({ do: 'endOpen' });
      steps.push({ do: 'complete', activity: next.activity.key });
      now = await tried(definition, ...steps);
      expect(now.refused).toBeUndefined();
    }
    expect(now.row['active']).toBe(false);
    expect(counts()).toEqual(before);
  },
);
