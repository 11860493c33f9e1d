import type { FREQUENCIES } from '../../model/tables/data-source.ts';

export type Frequency = keyof typeof FREQUENCIES;

/** First and last day of a period, counted from 1970-01-01. */
export type Period = { readonly first: number; readonly last: number };

/** Length of a period in days as staleness counts it (scoring.md 1.2). */
export const PERIOD_DAYS: Readonly<Record<Frequency, number>> = { daily: 1, weekly: 7, monthly: 31, quarterly: 92 };

/** The shortest that a period can be; a point that covers less was collected more often than the source's frequency. */
export const SHORTEST_PERIOD: Readonly<Record<Frequency, number>> = { daily: 1, weekly: 7, monthly: 28, quarterly: 90 };

/** How far back "fell by" and "rose by" compare where a definition does not say (scoring.md 3). */
export const LOOK_BACK_DAYS: Readonly<Record<Frequency, number>> = { daily: 28, weekly: 28, monthly: 92, quarterly: 92 };

const DAY_MS = 86_400_000;
const dayOfMonth = (year: number, month: number, day: number): number => Date.UTC(year, month, day) / DAY_MS;

/** The calendar period that holds a day: the day, its ISO week, its month or its quarter. */
export function periodOf(frequency: Frequency, day: number): Period {
  switch (frequency) {
    case 'daily':
      return { first: day, last: day };
    case 'weekly': {
      const last = sundayOf(day);
      return { first: last - 6, last };
    }
    case 'monthly':
    case 'quarterly': {
      const date = new Date(day * DAY_MS);
      const months = frequency === 'monthly' ? 1 : 3;
      const month = date.getUTCMonth() - (date.getUTCMonth() % months);
      const year = date.getUTCFullYear();
      return { first: dayOfMonth(year, month, 1), last: dayOfMonth(year, month + months, 1) - 1 };
    }
    default:
      return frequency satisfies never;
  }
}

/** The Sunday that ends the ISO week of a day. */
export function sundayOf(day: number): number {
  const weekday = (((day + 3) % 7) + 7) % 7;
  return day + 6 - weekday;
}
