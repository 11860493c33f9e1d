import { dateOf, dayOf } from '#shared/util/calendar-days.ts';
import type { Days } from '#shared/domain/indicator/indicator-by-day.ts';
import { sundayOf } from '#shared/domain/series/periods.ts';

/** Weeks of history kept for every engagement: 52 that are over and the one of today. Longer ones are computed when asked for. */
export const KEPT_WEEKS = 53;

/**
 * The days on which health is computed, ascending: the end of each week that is over, today, and the same day a week ago. A
 * week's score is the last one computed in it (scoring.md 1.6): that of its Sunday, and of today in the week that runs.
 */
export type TimeGrid = Days & {
  readonly asOf: string;
  /** Columns of the weeks, oldest first; the last one is today's. */
  readonly weeks: readonly number[];
  readonly now: number;
  readonly weekAgo: number;
};

/** The grid that ends with `asOf` and holds `weeks` weeks. */
export function timeGrid(asOf: string, weeks: number): TimeGrid {
  const today = dayOf(asOf);
  const thisSunday = sundayOf(today);
  const ends = Array.from({ length: weeks }, (_, index) => (index === weeks - 1 ? today : thisSunday - 7 * (weeks - 1 - index)));
  const days = [...new Set([...ends, today - 7])].sort((a, b) => a - b);
  const column = new Map(days.map((day, index) => [day, index]));
  const columnOf = (day: number): number => column.get(day) ?? 0;
  return {
    asOf,
    days: Int32Array.from(days),
    dates: days.map(dateOf),
    weeks: ends.map(columnOf),
    now: columnOf(today),
    weekAgo: columnOf(today - 7),
  };
}

/** The Monday of each week of a grid, oldest first. */
export function mondaysOf(grid: TimeGrid): readonly string[] {
  return grid.weeks.map((column) => dateOf(sundayOf(grid.days[column] ?? 0) - 6));
}
