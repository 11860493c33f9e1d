import { describe, expect, test } from 'vitest';
import { readDefinition, type PlaybookDefinition, type PlaybookSource } from './definition.ts';
import { refusalOf } from './decide.ts';
import type { EventKind, PlayEvent } from './events.ts';
import { planOf } from './plan.ts';
import { NO_FACTS, progressOf, type RunFacts, type RunProgress } from './progress.ts';

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
