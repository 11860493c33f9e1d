import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDefinition, type PlaybookDefinition, type PlaybookSource } from './definition.ts';
import { refusalOf } from './decide.ts';
import type { EventKind, PlayEvent } from './events.ts';
import { planOf } from './plan.ts';
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
const note = (key: string, more: Partial<Source> = {}): Source => ({ key, label: key, kind: 'note', ...more }) as Source; // a note with what all have

let made = 0;
function event(kind: EventKind, activity: string, more: Partial<PlayEvent> = {}): PlayEvent {
  made += 1;
  const stamp = String(made).padStart(6, '0');
  return { id: `e${stamp}`, stamp, at: '2025-06-15T10:00:00.000Z', by: 'kim', kind, activity, ...more };
}
const statesOf = ({ activities }: RunProgress) => activities.map(({ activity, state }) => `${activity.key} ${state}`);
const facts = (more: Partial<RunFacts>): RunFacts => ({ ...NO_FACTS, ...more });

describe('PLY-01 what begins when', () => {
  test('after the previous group, with the previous one, after certain ones, and past what is optional', () => {
    const plan = planOf(
      definitionOf(
        [note('a'), note('b', { start: 'withPrevious' }), note('c', { optional: true })],
        [note('d'), note('e', { start: { after: ['a'] } }), note('f')],
      ),
    );
    expect(statesOf(progressOf(plan, NO_FACTS, []))).toEqual(['a ready', 'b ready', 'c pending', 'd pending', 'e pending', 'f pending']);
    const one = [event('completed', 'a')];
    expect(progressOf(plan, NO_FACTS, one).byKey.get('d')?.waitsFor).toEqual(['b']);
    const two = [...one, event('completed', 'b')];
    // c holds up nobody
    expect(statesOf(progressOf(plan, NO_FACTS, two))).toEqual(['a done', 'b done', 'c ready', 'd ready', 'e ready', 'f pending']);
    expect(progressOf(plan, NO_FACTS, two).byKey.get('f')?.waitsFor).toEqual(['d', 'e']);
  });

  test('what is left out hands on what it waits for; a start condition holds', () => {
    const plan = planOf(definitionOf([note('a'), note('b'), note('c')]));
    const left = facts({ leftOut: new Set(['b']) });
    expect(progressOf(plan, left, []).byKey.get('c')?.waitsFor).toEqual(['a']);
    expect(statesOf(progressOf(plan, left, [event('completed', 'a')]))).toEqual(['a done', 'b leftOut', 'c ready']);
    expect(statesOf(progressOf(plan, facts({ holding: new Set(['a']) }), []))).toEqual(['a blocked', 'b pending', 'c pending']);
  });

  test('a decision leaves out what its answer does not lead to', () => {
    const decision: Source = {
      key: 'q',
      label: 'Q',
      kind: 'decision',
      question: 'Renew?',
      options: [
        { key: 'yes', label: 'Yes' },
        { key: 'no', label: 'No' },
      ],
    };
    const plan = planOf(definitionOf([decision, note('offer', { onlyIf: { decision: 'q', is: ['yes'] } }), note('end')]));
    expect(statesOf(progressOf(plan, NO_FACTS, []))).toEqual(['q ready', 'offer pending', 'end pending']);
    const no = [event('completed', 'q', { detail: { input: { option: 'no' } } })];
    expect(statesOf(progressOf(plan, NO_FACTS, no))).toEqual(['q done', 'offer leftOut', 'end ready']);
  });

  test('PLY-07 a gate lists what is open, opens when nothing is, and closes again', () => {
    const plan = planOf(definitionOf([{ key: 'gate', label: 'Gate', kind: 'taskGate' }, note('end')]));
    const open = facts({ open: new Map([['gate', ['internalPlayTask/t1']]]) });
    const held = progressOf(plan, open, []);
    expect([statesOf(held), held.byKey.get('gate')?.open]).toEqual([['gate blocked', 'end pending'], ['internalPlayTask/t1']]);
    expect(refusalOf(held, 'gate', 'complete')?.message).toBe('“Gate” cannot be completed: 1 task is open. Close or cancel them.');
    const passed = [event('completed', 'gate')];
    expect(statesOf(progressOf(plan, NO_FACTS, passed))).toEqual(['gate done', 'end ready']);
    expect(statesOf(progressOf(plan, open, passed))).toEqual(['gate blocked', 'end pending']);
  });

  test('PLY-09 once the record has ended nothing is pending', () => {
    const plan = planOf(definitionOf([note('a'), note('b'), note('c')]));
    const ended = progressOf(plan, facts({ ended: true }), [event('completed', 'a')]);
    expect([statesOf(ended), ended.complete, ended.stages[0]?.state]).toEqual([
      ['a done', 'b cancelled', 'c cancelled'],
      false,
      'cancelled',
    ]);
    expect(refusalOf(ended, 'b', 'complete')?.message).toContain('has ended');
  });

  test('due days count from when an activity could begin; reassigning and input are kept', () => {
    const plan = planOf(definitionOf([note('a'), note('b', { dueDays: 5 })]));
    const events = [
      event('kept', 'b', { detail: { input: { text: 'one', other: 1 } } }),
      event('kept', 'b', { detail: { input: { text: 'two' } } }),
      event('reassigned', 'b', { detail: { to: 'ada' } }),
    ];
    const before = progressOf(plan, facts({ people: new Map([['b', 'kim']]) }), events).byKey.get('b');
    expect(before).toMatchObject({ state: 'pending', assignee: 'ada', input: { text: 'two', other: 1 }, dueOn: undefined });
    const done = event('completed', 'a', { at: '2025-06-20T08:00:00.000Z' });
    expect(progressOf(plan, NO_FACTS, [...events, done]).byKey.get('b')).toMatchObject({ state: 'inProgress', dueOn: '2025-06-25' });
  });
});

test('PLY-01 of two people who settle the same activity the first counts, and what holds others is not reopened', () => {
  const plan = planOf(definitionOf([note('a', { skippable: true }), note('b')]));
  const done = event('completed', 'a', { by: 'ada' });
  const skipped = event('skipped', 'a', { detail: { reason: 'no need' } });
  const both = progressOf(plan, NO_FACTS, [skipped, done]);
  expect([statesOf(both), both.byKey.get('a')?.by, [...both.log.moot]]).toEqual([['a done', 'b ready'], 'ada', [skipped.id]]);
  const further = progressOf(plan, NO_FACTS, [done, event('completed', 'b'), event('reopened', 'a')]);
  expect([statesOf(further), further.complete]).toEqual([['a done', 'b done'], true]);
  expect(refusalOf(further, 'a', 'reopen')?.message).toContain('what comes after it is done already');
});

// ——— random events on random definitions ———

const kinds = fc.constantFrom<'note' | 'taskGate' | 'decision'>('note', 'note', 'note', 'taskGate', 'decision');
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

type World = { readonly events: readonly PlayEvent[]; readonly facts: RunFacts };
type Step = {
  readonly what: 'complete' | 'skip' | 'reopen' | 'reassign' | 'open task' | 'close task' | 'leave out' | 'end';
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
      'end',
    ),
    at: fc.nat(40),
  }),
  { maxLength: 60 },
);

/** What a device does: only what is allowed on what it sees. */
function take(definition: PlaybookDefinition, world: World, { what, at }: Step, device: string): World {
  const plan = planOf(definition);
  const key = plan.activities[at % plan.activities.length]?.activity.key ?? '';
  const gates = plan.activities.flatMap(({ activity: one }) => (one.kind === 'taskGate' ? [one.key] : []));
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
  if (what === 'end') return at % 7 === 0 ? { ...world, facts: facts({ ...world.facts, ended: true }) } : world;
  const progress = progressOf(plan, world.facts, world.events);
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

function expectSound(progress: RunProgress, { ended, open, leftOut }: RunFacts): void {
  for (const one of progress.activities) {
    const { key } = one.activity;
    if (one.state === 'done' && one.activity.kind === 'taskGate')
      expect(open.get(key) ?? [], `${key} passed with open children`).toEqual([]);
    if (ended) expect(['done', 'skipped', 'leftOut', 'cancelled'], `${key} on an ended record`).toContain(one.state);
    if (one.state === 'blocked') expect(one.open.length > 0 || one.holding, `${key} blocked by nothing`).toBe(true);
    if (one.state === 'ready' || one.state === 'inProgress') expect([one.waitsFor, leftOut.has(key)], key).toEqual([[], false]);
    if (one.state === 'pending')
      expect(one.waitsFor.length > 0 || one.activity.onlyIf !== undefined, `${key} waits for nothing`).toBe(true);
    for (const other of one.waitsFor)
      expect(isSettled(progress.byKey.get(other)?.state ?? 'done'), `${key} waits for ${other}`).toBe(false);
  }
  if (progress.complete) expect(progress.activities.filter(({ state, activity: one }) => !one.optional && !isSettled(state))).toEqual([]);
}

test('PLY-01 random work never reaches a state that contradicts itself, and replay gives the same', () => {
  fc.assert(
    fc.property(definitions, steps, (definition, work) => {
      let world: World = { events: [], facts: NO_FACTS };
      for (const step of work) {
        world = take(definition, world, step, 'one');
        expectSound(progressOf(planOf(definition), world.facts, world.events), world.facts);
      }
      const now = statesOf(progressOf(planOf(definition), world.facts, world.events));
      const again = definitionOf(...definition.stages.map(({ activities }) => activities as readonly Source[]));
      expect(statesOf(progressOf(planOf(again), world.facts, structuredClone(world.events)))).toEqual(now);
    }),
    { numRuns: 300 },
  );
});

test('PLY-01 what two people did offline meets alike on both sides: in any order, and twice is once', () => {
  fc.assert(
    fc.property(definitions, steps, steps, steps, fc.boolean(), (definition, before, mine, theirs, ended) => {
      const run = (start: World, work: readonly Step[], device: string) =>
        work.reduce((world, step) => take(definition, world, step, device), start);
      const base = run({ events: [], facts: NO_FACTS }, before, 'one');
      const one = run(base, mine, 'one');
      const two = run(base, theirs, 'two');
      const there = facts({ ...two.facts, ended });
      const plan = planOf(definition);
      const left = progressOf(plan, there, [...one.events, ...two.events]);
      const right = progressOf(plan, there, [...two.events, ...two.events, ...one.events].toReversed());
      const told = (progress: RunProgress) =>
        progress.activities.map(({ activity: { key }, state, by, assignee, input, at }) => ({ key, state, by, assignee, input, at }));
      expect(told(left)).toEqual(told(right));
      expect([...left.log.moot]).toEqual([...right.log.moot]);
      expectSound(left, there);
    }),
    { numRuns: 200 },
  );
});
