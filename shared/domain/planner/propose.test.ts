import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propose, workdaysAfter, type Gap } from './propose.ts';

test('TCH-06 what is due is spread over working days, renewals and large debts first, where least is planned', () => {
  const days = workdaysAfter('2025-06-12', 3);
  expect(days).toEqual(['2025-06-13', '2025-06-16', '2025-06-17']);
  const gap = (engagement: string, debt: number, contact: Gap['contact'] = 'touch'): Gap => ({
    engagement,
    contact,
    due: '2025-06-01',
    debt,
  });
  const plan = propose([gap('a', 1), gap('b', 3), gap('c', 0, 'renewal'), gap('d', 2)], { days, load: new Map([['2025-06-13', 2]]) });
  expect(plan.map(({ engagement, date }) => [engagement, date])).toEqual([
    ['c', '2025-06-16'],
    ['b', '2025-06-17'],
    ['d', '2025-06-16'],
    ['a', '2025-06-17'],
  ]);
});

const gap: fc.Arbitrary<Gap> = fc.record({
  engagement: fc.uuid(),
  contact: fc.constantFrom('renewal' as const, 'touch' as const, 'review' as const),
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
        const load = new Map<string, number>();
        const plan = propose(gaps, { days, load });
        expect(plan).toHaveLength(gaps.length);
        expect(propose(gaps.toReversed(), { days, load })).toEqual(plan);
        const loads = days.map((day) => plan.filter(({ date }) => date === day).length);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('TCH-06 a contact goes to a day on which there is time for it, and not after the renewal it is for', () => {
  const days = workdaysAfter('2025-06-12', 3);
  const load = new Map([['2025-06-13', 5]]);
  const one: Gap = { engagement: 'a', contact: 'renewal', due: '2025-06-01', debt: 0, before: '2025-06-14' };
  expect(propose([one], { days, load })).toMatchObject([{ date: '2025-06-13' }]);
  // over before any of the days
  expect(propose([{ ...one, before: '2025-06-12' }], { days, load })).toMatchObject([{ date: '2025-06-13' }]);
  const timeOn = (_gap: Gap, day: string) => (day === '2025-06-17' ? 9 : undefined);
  expect(propose([{ ...one, before: undefined }], { days, load: new Map(), timeOn })).toMatchObject([{ date: '2025-06-17', time: 9 }]);
  expect(propose([one], { days, load: new Map(), timeOn })).toMatchObject([{ date: '2025-06-13', time: undefined }]);
  expect(propose([one, { ...one, engagement: 'b', before: '2025-06-13' }], { days, load, limit: 1 })).toMatchObject([{ engagement: 'b' }]);
});
