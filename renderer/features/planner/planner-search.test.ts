import { expect, test } from 'vitest';
import { daysShown, readPlannerSearch, stepped } from './planner-search.ts';

test('TCH-06 the planner shows the ISO week or the month of a day, and goes on by either', () => {
  expect(daysShown('week', '2025-10-22')).toEqual({ from: '2025-10-20', days: 7 });
  expect(daysShown('month', '2024-02-29')).toEqual({ from: '2024-02-01', days: 29 });
  expect(stepped('week', '2025-12-30', 1)).toBe('2026-01-06');
  expect(stepped('month', '2025-01-31', 1)).toBe('2025-02-01');
  expect(stepped('month', '2025-01-31', -1)).toBe('2024-12-01');
});

test('TCH-06 an address that anyone typed is read as far as it fits', () => {
  expect(readPlannerSearch({ span: 'year', day: '2025-02-31', by: 'health', due: true, whose: 'x', text: 'a' })).toEqual({
    by: 'health',
    due: true,
    text: 'a',
  });
});
