import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSignals, type Breach, type KnownSignal } from './plan-signals.ts';
import { breaches, inOrderOfRank, thresholdFor, type ThresholdCondition } from './threshold.ts';

const missing = Number.NaN;

test.each([
  // condition, value, threshold, value one look-back earlier, breached
  ['below', 29, 30, missing, true],
  ['below', 30, 30, missing, false],
  ['above', 31, 30, missing, true],
  ['above', 30, 30, missing, false],
  ['fellBy', 70, 25, 100, true],
  ['fellBy', 75, 25, 100, false],
  ['fellBy', -15, 25, -10, true],
  ['fellBy', 10, 25, 0, false],
  ['fellBy', 10, 25, missing, false],
  ['roseBy', 130, 25, 100, true],
  ['roseBy', -5, 25, -10, true],
  ['roseBy', 5, 25, 0, false],
  ['below', missing, 30, missing, false],
  ['above', missing, 30, missing, false],
] as const satisfies readonly (readonly [ThresholdCondition, number, number, number, boolean])[])(
  'RSK-01 %s: %d against %d (before: %d) is a breach: %s',
  (condition, value, threshold, earlier, expected) => {
    expect(breaches(condition, value, threshold, earlier)).toBe(expected);
  },
);

test('RSK-03 the published override with the smallest rank that matches sets the threshold', () => {
  const overrides = inOrderOfRank([
    { id: 'a', rank: 2, threshold: 31, state: 'published' },
    { id: 'b', rank: 1, threshold: 32, state: 'published' },
    { id: 'c', rank: 1, threshold: 99, state: 'draft' },
  ]);
  expect(thresholdFor(30, overrides, () => true)).toBe(32);
  expect(thresholdFor(30, overrides, ({ id }) => id === 'a')).toBe(31);
  expect(thresholdFor(30, overrides, () => false)).toBe(30);
});

const breach = (of: Partial<Breach> = {}): Breach => ({
  sourceTable: 'account',
  sourceRecord: 'A',
  engagement: 'E',
  category: 'adoption',
  definition: 'D',
  startDate: '2024-12-23',
  endDate: '2024-12-29',
  ...of,
});

/** What the store holds after a plan was carried out. */
function carriedOut(known: readonly KnownSignal[], found: readonly Breach[]): readonly KnownSignal[] {
  const plan = planSignals(found, known);
  const opened = plan.open.map(({ breach: first, further }, index) => ({
    ...first,
    id: `S${known.length + index}`,
    state: 'new',
    periods: [first, ...further],
  }));
  const added = known.map((signal) => ({
    ...signal,
    periods: [...signal.periods, ...plan.add.filter((each) => each.signal === signal.id).map((each) => each.breach)],
  }));
  return [...added, ...opened];
}

const cause = { sourceTable: 'account', sourceRecord: 'A', engagement: 'E', category: 'adoption' };

test('RSK-04 a repeat adds an occurrence to the open signal of the same record, engagement and category', () => {
  const known = [{ ...cause, id: 'S', state: 'active', periods: [{ startDate: '2024-12-16', endDate: '2024-12-22' }] }];
  expect(planSignals([breach()], known)).toEqual({ open: [], add: [{ signal: 'S', breach: breach() }] });
});

test.each([{ sourceRecord: 'B' }, { engagement: 'F' }, { category: 'support' }, { sourceTable: 'contract' }])(
  'RSK-04 another cause (%o) opens a signal of its own',
  (other) => {
    const known = [{ ...cause, id: 'S', state: 'active', periods: [] }];
    expect(planSignals([breach(other)], known).open).toHaveLength(1);
  },
);

test('RSK-04 two definitions of one category and cause share one signal, and count a period once', () => {
  const plan = planSignals([breach(), breach({ definition: 'D2' }), breach({ startDate: '2024-12-30', endDate: '2025-01-05' })], []);
  expect(plan.open).toEqual([{ breach: breach(), further: [breach({ startDate: '2024-12-30', endDate: '2025-01-05' })] }]);
});

test('RSK-05 a closed signal does not come back within the period that it has counted, but in the next', () => {
  const closed = [{ ...cause, id: 'S', state: 'closed', periods: [{ startDate: '2024-12-23', endDate: '2024-12-29' }] }];
  expect(planSignals([breach()], closed)).toEqual({ open: [], add: [] });
  expect(planSignals([breach({ startDate: '2024-12-30', endDate: '2025-01-05' })], closed).open).toHaveLength(1);
});

test('RSK-05 a second run over the same breaches writes nothing', () => {
  const some = fc.record({
    sourceRecord: fc.constantFrom('A', 'B'),
    engagement: fc.constantFrom('E', 'F'),
    category: fc.constantFrom('adoption', 'support'),
    endDate: fc.constantFrom('2024-12-22', '2024-12-29'),
  });
  fc.assert(
    fc.property(fc.array(some), fc.array(some), (first, second) => {
      const after = carriedOut(carriedOut([], first.map(breach)), second.map(breach));
      expect(planSignals([...first, ...second].map(breach), after)).toEqual({ open: [], add: [] });
      const open = after.map((signal) => `${signal.sourceRecord} ${signal.engagement} ${signal.category}`);
      expect(new Set(open).size).toBe(open.length);
    }),
  );
});
