import { expect, test } from 'vitest';
import { daysShown, rangeProblem, readPlannerSearch, stepped } from './planner-search.ts';

test('TCH-06 the planner shows the ISO week or the month of a day or any range, and goes on by it', () => {
  const week = daysShown('week', '2025-12-30');
  expect(week).toEqual({ from: '2025-12-29', days: 7 });
  expect(stepped('week', week, 1)).toEqual({ day: '2026-01-05' });
  expect(daysShown('month', '2024-02-29')).toEqual({ from: '2024-02-01', days: 29 });
  expect(stepped('month', daysShown('month', '2025-01-31'), 1)).toEqual({ day: '2025-02-01' });
  expect(stepped('month', daysShown('month', '2025-01-31'), -1)).toEqual({ day: '2024-12-01' });
  const range = daysShown('range', '2025-03-03', '2025-03-12');
  expect(range).toEqual({ from: '2025-03-03', days: 10 });
  expect(stepped('range', range, -1)).toEqual({ day: '2025-02-21', until: '2025-03-02' });
});

test('TCH-06 a range has at least a day, at most what fits, and two weeks where its end is not said', () => {
  expect(daysShown('range', '2025-03-03').days).toBe(14);
  expect(daysShown('range', '2025-03-03', '2025-01-01').days).toBe(1);
  expect(daysShown('range', '2025-03-03', '2026-01-01').days).toBe(62);
});

test('TCH-06 an address that anyone typed is read as far as it fits', () => {
  expect(
    readPlannerSearch({ span: 'year', day: '2025-02-31', by: 'health', due: true, whose: 'x', text: 'a', type: 'user', state: 1 }),
  ).toEqual({
    by: 'health',
    due: true,
    text: 'a',
  });
  const whole = { span: 'range', day: '2025-02-03', until: '2025-02-09', type: 'meeting/qbr', priority: 'high', state: 'over', as: 'list' };
  expect(readPlannerSearch(whole)).toEqual(whole);
});

test('TCH-06 a range that ends before it begins, or is too long, says so', () => {
  expect(rangeProblem('2025-06-12', '2025-06-12')).toBeUndefined();
  expect(rangeProblem('2025-06-12', '2025-06-11')).toBe('Before the first day');
  expect(rangeProblem('2025-06-12', '2025-08-12')).toBeUndefined();
  expect(rangeProblem('2025-06-12', '2025-08-13')).toBe('At most 62 days');
});
