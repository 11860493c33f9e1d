import type { Output } from '#shared/contract/engine-contract.ts';

export type PlannerRow = Output<'planner.rows'>['rows'][number];
export type PlannerItem = PlannerRow['items'][number];

const OVER: ReadonlySet<string> = new Set(['closed', 'completed']);

/** Whether an item was held or done: it is not moved any more. */
export const isOver = ({ state }: PlannerItem): boolean => OVER.has(state);

/** Items of a row on a day; a touchpoint that has its meeting on the same day stands as that meeting. */
export function itemsOn({ items }: PlannerRow, day: string): readonly PlannerItem[] {
  const here = items.filter((item) => item.day === day);
  return here.filter(({ table, id }) => table === 'meeting' || !here.some(({ touchpoint }) => touchpoint === id));
}

/** What else moves with an item: a touchpoint and its meeting of the same day stay together. */
export function together({ items }: PlannerRow, item: PlannerItem): readonly string[] {
  const touchpoint = item.table === 'touchpoint' ? item.id : item.touchpoint;
  return items
    .filter((one) => one.day === item.day && (one.id === touchpoint || (item.table === 'touchpoint' && one.touchpoint === item.id)))
    .map(({ id }) => id);
}

/** A row with some of its items on other days. */
export function withItemsOn(row: PlannerRow, days: ReadonlyMap<string, string>): PlannerRow {
  if (!row.items.some(({ id }) => days.has(id))) return row;
  return { ...row, items: row.items.map((item) => ({ ...item, day: days.get(item.id) ?? item.day })) };
}
