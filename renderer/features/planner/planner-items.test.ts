import { expect, test } from 'vitest';
import { itemsOn, together, withItemsOn, type PlannerItem, type PlannerRow } from './planner-items.ts';

const item = (table: PlannerItem['table'], id: string, day: string, more: Partial<PlannerItem> = {}): PlannerItem => ({
  table,
  id,
  label: id,
  day,
  state: table === 'meeting' ? 'scheduled' : 'new',
  ...more,
});
const talk = item('touchpoint', 't', '2025-06-12');
const meeting = item('meeting', 'm', '2025-06-12', { touchpoint: 't' });
const later = item('meeting', 'n', '2025-06-20', { touchpoint: 't' });
const other = item('touchpoint', 'o', '2025-06-12');
const row: PlannerRow = {
  engagement: { table: 'engagement', id: 'e', label: 'E' },
  account: 'A',
  value: [],
  items: [talk, meeting, later, other],
};
const ids = (items: readonly PlannerItem[]) => items.map(({ id }) => id);

test('TCH-06 a touchpoint that has its meeting on the same day stands as that meeting, on other days by itself', () => {
  expect(ids(itemsOn(row, '2025-06-12'))).toEqual(['m', 'o']);
  expect(ids(itemsOn(withItemsOn(row, new Map([['m', '2025-06-13']])), '2025-06-12'))).toEqual(['t', 'o']);
});

test('T7 a touchpoint and its meeting of the same day move together, whichever of them is moved', () => {
  expect(together(row, talk)).toEqual(['t', 'm']);
  expect(together(row, meeting)).toEqual(['t']);
  expect(together(row, later)).toEqual([]);
  expect(together(row, other)).toEqual(['o']);
  const moved = withItemsOn(row, new Map(together(row, talk).map((id) => [id, '2025-06-16'])));
  expect(ids(itemsOn(moved, '2025-06-16'))).toEqual(['m']);
  expect(withItemsOn(row, new Map([['x', '2025-06-16']]))).toBe(row);
});
