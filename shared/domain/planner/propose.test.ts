import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propose, workdaysAfter, type Gap } from './propose.ts';

test('TCH-06 what is due is spread over working days, renewals and large debts first, where least is planned', () => {
  const days = workdaysAfter('2025-06-12', 3);
  expect(days).toEqual(['2025-06-13', '2025-06-16', '2025-06-17']);
  const gap = (engagement: string, debt: number, kind: Gap['kind'] = 'cadence'): Gap => ({ engagement, kind, due: '2025-06-01', debt });
  const plan = propose([gap('a', 1), gap('b', 3), gap('c', 0, 'renewal'), gap('d', 2)], days, new Map([['2025-06-13', 2]]));
  expect(plan.map(({ engagement, date }) => [engagement, date])).toEqual([
    ['c', '2025-06-16'],
    ['b', '2025-06-17'],
    ['d', '2025-06-16'],
    ['a', '2025-06-17'],
  ]);
});

const gap: fc.Arbitrary<Gap> = fc.record({
  engagement: fc.uuid(),
  kind: fc.constantFrom('renewal' as const, 'cadence' as const),
  due: fc.constantFrom('2025-06-01', '2025-06-05'),
  debt: fc.double({ min: 0, max: 20, noNaN: true }),
});

test('TCH-06 proposals are even, complete, and do not depend on the order of what is due', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(gap, { selector: ({ engagement }) => engagement, maxLength: 40 }),
      fc.integer({ min: 1, max: 10 }),
      (gaps, count) => {
        const days = workdaysAfter('2025-06-12', count);
        const plan = propose(gaps, days, new Map());
        expect(plan).toHaveLength(gaps.length);
        expect(propose(gaps.toReversed(), days, new Map())).toEqual(plan);
        const loads = days.map((day) => plan.filter(({ date }) => date === day).length);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      },
    ),
  );
});
