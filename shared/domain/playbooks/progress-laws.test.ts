// Random work on random definitions: no state contradicts itself, and what two people did offline meets alike (PLY-01). The checks are
// checked: each finds a progress that is wrong in its way.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf } from './decide.ts';
import { readDefinition, type PlaybookDefinition, type PlaybookSource } from './definition.ts';
import type { PlayEvent } from './events.ts';
import { planOf, type PlaybookPlan } from './plan.ts';
import { isSettled, NO_FACTS, progressOf, type RunFacts, type RunProgress } from './progress.ts';

type Source = PlaybookSource['stages'][number]['activities'][number];

function definitionOf(...stages: readonly (readonly Source[])[]): PlaybookDefinition {
  const read = readDefinition({
    table: 'internalPlay',
    stages: stages.map((activities, at) => ({ key: `s${at}`, label: `Stage ${at}`, activities })),
  });
  if ('problem' in read) throw new Error(read.problem);
  return read.definition;
}
const statesOf = ({ activities }: RunProgress) => activities.map(({ activity, state }) => `${activity.key} ${state}`);
const facts = (more: Partial<RunFacts>): RunFacts => ({ ...NO_FACTS, ...more });

const kinds = fc.constantFrom<'note' | 'taskGate' | 'meetingGate' | 'decision'>(
  'note',
  'note',
  'note',
  'taskGate',
  'meetingGate',
  'decision',
);
const activity = fc.record({
  kind: kinds,
  start: fc.constantFrom<'afterPrevious' | 'withPrevious' | number>('afterPrevious', 'afterPrevious', 'withPrevious', 1, 2, 3),
  optional: fc.boolean(),
  skippable: fc.boolean(),
  onlyIf: fc.option(fc.nat(5), { freq: 4 }),
  dueDays: fc.option(fc.nat(30), { nil: undefined }),
});
const definitions = fc.array(fc.array(activity, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }).map((stages) => {
  const keys: string[] = [];
  const decisions: string[] = [];
  return definitionOf(
    ...stages.map((inside) =>
      inside.map(({ kind, start, onlyIf, ...more }): Source => {
        const key = `a${keys.length}`;
        const after = typeof start === 'number' ? keys.at(-start) : undefined;
        const decision = onlyIf === null ? undefined : decisions[onlyIf % Math.max(1, decisions.length)];
        keys.push(key);
        if (kind === 'decision') decisions.push(key);
        const kept = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
        const options = [
          { key: 'yes', label: 'Yes' },
          { key: 'no', label: 'No' },
        ];
        return {
          ...kept,
          ...(kind === 'decision' ? { kind, question: 'Which?', options } : { kind }),
          key,
          label: key,
          start: typeof start === 'number' ? (after === undefined ? 'afterPrevious' : { after: [after] }) : start,
          ...(decision === undefined ? {} : { onlyIf: { decision, is: ['yes'] } }),
        };
      }),
    ),
  );
});

type ProgressOf = typeof progressOf;
type World = { readonly events: readonly PlayEvent[]; readonly facts: RunFacts };
type Step = {
  readonly what: 'complete' | 'skip' | 'reopen' | 'reassign' | 'open task' | 'close task' | 'leave out' | 'hold' | 'end';
  readonly at: number;
};
const steps = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>(
      'complete',
      'complete',
      'complete',
      'complete',
      'skip',
      'reopen',
      'reassign',
      'open task',
      'close task',
      'leave out',
      'hold',
      'end',
    ),
    at: fc.nat(40),
  }),
  { maxLength: 60 },
);

const isGate = (kind: string): boolean => kind === 'taskGate' || kind === 'meetingGate';

/** What a device does: only what is allowed on what it sees. */
function take(definition: PlaybookDefinition, world: World, { what, at }: Step, device: string, progressOfRun: ProgressOf): World {
  const plan = planOf(definition);
  const key = plan.activities[at % plan.activities.length]?.activity.key ?? '';
  const gates = plan.activities.flatMap(({ activity: one }) => (isGate(one.kind) ? [one.key] : []));
  const openTo = (refs: readonly string[]) => ({
    ...world,
    facts: facts({ ...world.facts, open: new Map(gates.map((gate) => [gate, refs])) }),
  });
  if (what === 'open task') return openTo([`internalPlayTask/t${at}`]);
  if (what === 'close task') return openTo([]);
  if (what === 'leave out') {
    const leftOut = world.facts.leftOut.has(key) ? new Set<string>() : new Set([key]);
    return { ...world, facts: facts({ ...world.facts, leftOut }) };
  }
  if (what === 'hold') {
    const holding = world.facts.holding.has(key) ? new Set<string>() : new Set([key]);
    return { ...world, facts: facts({ ...world.facts, holding }) };
  }
  if (what === 'end') return at % 7 === 0 ? { ...world, facts: facts({ ...world.facts, ended: true }) } : world;
  const progress = progressOfRun(plan, world.facts, world.events);
  if (refusalOf(progress, key, what, 'because')) return world;
  const kind = ({ complete: 'completed', skip: 'skipped', reopen: 'reopened', reassign: 'reassigned' } as const)[what];
  const option = at % 2 === 0 ? 'yes' : 'no';
  const detail = kind === 'completed' ? { input: { option } } : kind === 'reassigned' ? { to: `user${at}` } : { reason: 'because' };
  const last = world.events.at(-1)?.stamp.split('-')[0] ?? '0';
  const stamp = `${String(Number(last) + 1).padStart(6, '0')}-${device}`;
  return {
    ...world,
    events: [...world.events, { id: `${device}${stamp}`, stamp, at: '2025-06-15T10:00:00.000Z', by: device, kind, activity: key, detail }],
  };
}

function expectSound(plan: PlaybookPlan, progress: RunProgress, { ended, open, leftOut, holding }: RunFacts): void {
  for (const one of progress.activities) {
    const { key } = one.activity;
    // done and blocked at once: settled by what the log says, and held by what is so now
    if (one.state === 'done') expect([one.open, progress.log.activities.get(key)?.status], `${key} done and blocked`).toEqual([[], 'done']);
    if (one.state === 'done' && isGate(one.activity.kind)) expect(open.get(key) ?? [], `${key} passed with open children`).toEqual([]);
    if (ended) expect(['done', 'skipped', 'leftOut', 'cancelled'], `${key} on an ended record`).toContain(one.state);
    if (one.state === 'blocked') expect(one.open.length > 0 || one.holding, `${key} blocked by nothing`).toBe(true);
    if (one.state === 'ready' || one.state === 'inProgress') {
      expect([one.waitsFor, leftOut.has(key), holding.has(key)], key).toEqual([[], false, false]);
      for (const needed of plan.byKey.get(key)?.needs ?? []) {
        const { state, activity: other } = progress.byKey.get(needed) ?? {};
        expect((state !== undefined && isSettled(state)) || other?.optional, `${key} before ${needed}`).toBe(true);
      }
    }
    if (one.state === 'pending')
      expect(one.waitsFor.length > 0 || one.activity.onlyIf !== undefined, `${key} waits for nothing`).toBe(true);
    for (const other of one.waitsFor)
      expect(isSettled(progress.byKey.get(other)?.state ?? 'done'), `${key} waits for ${other}`).toBe(false);
  }
  if (progress.complete) expect(progress.activities.filter(({ state, activity: one }) => !one.optional && !isSettled(state))).toEqual([]);
}

type Soundness = { readonly definition: PlaybookDefinition; readonly work: readonly Step[] };

/** Plays random work, with every state looked at, and the whole of it replayed in the end. */
function playSoundly({ definition, work }: Soundness, progressOfRun: ProgressOf): void {
  let world: World = { events: [], facts: NO_FACTS };
  for (const step of work) {
    world = take(definition, world, step, 'one', progressOfRun);
    expectSound(planOf(definition), progressOfRun(planOf(definition), world.facts, world.events), world.facts);
  }
  const now = statesOf(progressOfRun(planOf(definition), world.facts, world.events));
  const again = definitionOf(...definition.stages.map(({ activities }) => activities as readonly Source[])); // read once more from what it says
  expect(statesOf(progressOfRun(planOf(again), world.facts, structuredClone(world.events)))).toEqual(now);
}

type Apart = {
  readonly definition: PlaybookDefinition;
  readonly before: readonly Step[];
  readonly mine: readonly Step[];
  readonly theirs: readonly Step[];
  readonly ended: boolean;
};

/** Two people go on from the same state apart from each other; their events meet in either order, some of them twice. */
function meetAlike({ definition, before, mine, theirs, ended }: Apart, progressOfRun: ProgressOf): void {
  const run = (start: World, work: readonly Step[], device: string) =>
    work.reduce((world, step) => take(definition, world, step, device, progressOf), start);
  const base = run({ events: [], facts: NO_FACTS }, before, 'one');
  const one = run(base, mine, 'one');
  const two = run(base, theirs, 'two');
  const there = facts({ ...two.facts, ended });
  const plan = planOf(definition);
  const left = progressOfRun(plan, there, [...one.events, ...two.events]);
  const right = progressOfRun(plan, there, [...two.events, ...two.events, ...one.events].toReversed());
  const told = (progress: RunProgress) =>
    progress.activities.map(({ activity: { key }, state, by, assignee, input, at }) => ({ key, state, by, assignee, input, at }));
  expect(told(left)).toEqual(told(right));
  expect([...left.log.moot]).toEqual([...right.log.moot]);
  expectSound(plan, left, there);
}

const alone = fc.record({ definition: definitions, work: steps });
const apart = fc.record({ definition: definitions, before: steps, mine: steps, theirs: steps, ended: fc.boolean() });

test('PLY-01 random work never reaches a state that contradicts itself, and replay gives the same', () => {
  fc.assert(
    fc.property(alone, (one) => playSoundly(one, progressOf)),
    { numRuns: 300 },
  );
});

test('PLY-01 what two people did offline meets alike on both sides: in any order, and twice is once', () => {
  fc.assert(
    fc.property(apart, (one) => meetAlike(one, progressOf)),
    { numRuns: 200 },
  );
});

describe('PLY-01 the checks find a progress that is wrong', () => {
  const found = (property: fc.IProperty<unknown>) => fc.check(property, { numRuns: 1_000, endOnFailure: true }).failed;
  const wrong: Readonly<Record<string, ProgressOf>> = {
    'gates that let through what is open': (plan, { open: _open, ...rest }, events) =>
      progressOf(plan, { ...rest, open: new Map() }, events),
    'activities that are pending on an ended record': (plan, known, events) => progressOf(plan, { ...known, ended: false }, events),
    'activities that begin though a rule leaves them out': (plan, known, events) =>
      progressOf(plan, { ...known, leftOut: new Set() }, events),
    'activities that begin though a condition holds them': (plan, known, events) =>
      progressOf(plan, { ...known, holding: new Set() }, events),
    'activities that wait for nobody': (plan, known, events) =>
      progressOf({ ...plan, activities: plan.activities.map((one) => ({ ...one, needs: [] })) }, known, events),
  };
  test.each(Object.entries(wrong))('%s', (_name, mutant) => {
    expect(found(fc.property(alone, (one) => playSoundly(one, mutant)))).toBe(true);
  });
  test('a replay that says something else', () => {
    let asked = 0;
    const forgetful: ProgressOf = (plan, known, events) => {
      asked += 1;
      return progressOf(plan, known, asked % 5 === 0 ? events.slice(0, -1) : events);
    };
    expect(found(fc.property(alone, (one) => playSoundly(one, forgetful)))).toBe(true);
  });
  test('events that count in the order of their coming', () => {
    const asTheyCame: ProgressOf = (plan, known, events) =>
      progressOf(
        plan,
        known,
        events.map((event, at) => ({ ...event, stamp: String(at).padStart(6, '0') })),
      );
    expect(found(fc.property(apart, (one) => meetAlike(one, asTheyCame)))).toBe(true);
  });
});
