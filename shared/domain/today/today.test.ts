import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SETTING_DEFAULTS } from '../../model/settings.ts';
import { dangerOf, factorsOf, formulaOf, moneyShare, nearnessOf, scoreOf, timingOf, todayKinds, type TodayKind } from './formula.ts';
import { rankToday, type Candidate } from './rank.ts';

const TODAY = '2025-06-11';
const FORMULA = formulaOf(SETTING_DEFAULTS.todayFormula);
const NOTHING = { money: 0, danger: 0, nearness: 0, debt: 0 };

test.each([
  [undefined, 1],
  ['2025-06-11', 1],
  ['2025-05-27', 1.5],
  ['2025-05-12', 2],
  ['2020-01-01', 2],
  ['2025-06-12', 0.75],
  ['2025-06-14', 0.5],
])('DSH-13 what is due on %s weighs %d times', (due, times) => {
  expect(timingOf(due, TODAY)).toBe(times);
});

test('DSH-13 shares of money, risk and renewal lie between 0 and 1', () => {
  expect([0, 9_999, 10_000, 60_000, 5_000_000].map((value) => moneyShare(value, [10_000, 50_000, 100_000, 500_000, 1_000_000]))).toEqual([
    0, 0, 0.2, 0.4, 1,
  ]);
  expect(['critical', 'high', undefined, 'veryLow', 'unheard of'].map(dangerOf)).toEqual([1, 0.75, 0.5, 0.1, 0.5]);
  expect([undefined, -1, 0, 45, 90, 400].map(nearnessOf)).toEqual([0, 0, 1, 0.5, 0, 0]);
});

test('DSH-13 the score is the product of the factors that are shown', () => {
  const stakes = { money: 0.4, danger: 0.5, nearness: 0.5, debt: 1 };
  const factors = factorsOf('task', '2025-05-27', stakes, FORMULA, TODAY);
  const score = scoreOf('task', timingOf('2025-05-27', TODAY), stakes, FORMULA);
  expect(factors.map(({ name, times }) => [name, times])).toEqual([
    ['points', 50],
    ['timing', 1.5],
    ['money', 1.4],
    ['danger', 1.5],
    ['nearness', 1.5],
    ['debt', 2],
  ]);
  expect(score).toBe(factors.reduce((product, { times }) => product * times, 1));
  expect(score).toBe(50 * 1.5 * 1.4 * 1.5 * 1.5 * 2);
});

const line = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  kind: 'task',
  table: 'successTask',
  id,
  engagement: 'e',
  due: TODAY,
  minutes: 60,
  fixed: false,
  stakes: NOTHING,
  ...more,
});

test('DSH-13 equal lines come by day, kind and ID; a changed weight changes the order', () => {
  const rich = line('rich', { due: '2025-06-12', stakes: { ...NOTHING, money: 1 } });
  const order = (setting: Readonly<Record<string, number>>) =>
    rankToday([line('b'), line('a'), rich], formulaOf(setting), 480, TODAY).map(({ line: { id } }) => id);
  expect(order({})).toEqual(['rich', 'a', 'b']);
  expect(order({ money: 0 })).toEqual(['a', 'b', 'rich']);
});

test('DSH-13 meetings take their time first, and the rest fits from the top down', () => {
  const meeting = line('m', { kind: 'meeting', table: 'meeting', minutes: 90, fixed: true });
  const ranked = rankToday([line('a'), line('b', { minutes: 60 }), line('c', { minutes: 10 }), meeting], FORMULA, 200, TODAY);
  expect(ranked.map(({ line: { id }, fits }) => [id, fits])).toEqual([
    ['m', true],
    ['a', true],
    ['b', false],
    ['c', false],
  ]);
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const candidate: fc.Arbitrary<Candidate> = fc.record({
  kind: fc.constantFrom<TodayKind>(...todayKinds),
  table: fc.constant('touchpoint' as const),
  id: fc.uuid(),
  engagement: fc.option(fc.uuid(), { nil: undefined }),
  due: fc.constantFrom(undefined, '2025-05-01', '2025-06-11', '2025-06-12', '2025-07-01'),
  minutes: fc.integer({ min: 0, max: 120 }),
  fixed: fc.boolean(),
  stakes: fc.record({ money: share, danger: share, nearness: share, debt: share }),
});

test('DSH-13 the order does not depend on the order in which the lines were found', () => {
  fc.assert(
    fc.property(fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 30 }), fc.integer(), (lines, turn) => {
      const ranked = rankToday(lines, FORMULA, 480, TODAY);
      const at = lines.length === 0 ? 0 : Math.abs(turn) % lines.length;
      expect(rankToday([...lines.slice(at), ...lines.slice(0, at)].toReversed(), FORMULA, 480, TODAY)).toEqual(ranked);
      expect(ranked).toHaveLength(lines.length);
      // once one does not fit, nothing movable below it does
      const movable = ranked.filter(({ line: { fixed } }) => !fixed).map(({ fits }) => fits);
      expect(movable).toEqual(movable.toSorted((a, b) => Number(b) - Number(a)));
    }),
  );
});
