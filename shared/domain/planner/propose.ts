import type { CadenceKind } from '../cadence/rhythm.ts';
import { addDays, dayOf, weekdayOf } from '../../util/calendar-days.ts';

/** A contact that is due and not planned. `before`: the day of the renewal, where it is of no use after it. */
export type Gap = {
  readonly engagement: string;
  readonly contact: CadenceKind;
  readonly due: string;
  readonly debt: number;
  readonly before?: string | undefined;
};
export type Proposal<T> = Gap & { readonly date: string; readonly time: T | undefined };

const WORKDAYS = 5;

/** The working days (Monday to Friday) after a day, at most so many. */
export function workdaysAfter(asOf: string, count: number): readonly string[] {
  const days: string[] = [];
  for (let day = addDays(asOf, 1); days.length < count; day = addDays(day, 1)) if (weekdayOf(dayOf(day)) < WORKDAYS) days.push(day);
  return days;
}

const text = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What is planned first: talks about renewals, the nearest first; then the largest debt. */
const byUrgency = (a: Gap, b: Gap): number =>
  Number(b.contact === 'renewal') - Number(a.contact === 'renewal') ||
  (a.contact === 'renewal' ? text(a.before ?? '9', b.before ?? '9') : 0) ||
  b.debt - a.debt ||
  text(a.due, b.due) ||
  text(a.engagement, b.engagement);

type Spread<T> = {
  readonly days: readonly string[];
  /** How much is planned already. */
  readonly load: ReadonlyMap<string, number>;
  /** A time for it on a day, which is taken from then on; undefined where there is none. */
  readonly timeOn?: (gap: Gap, day: string) => T | undefined;
  readonly limit?: number;
};

/**
 * Spreads what is due over days (TCH-06): renewals first, then the largest debt; each goes to the day on which least is planned and
 * there is time for it, the earlier one between equals, and before its renewal where one of the days is. The same input gives the same plan.
 */
export function propose<T>(gaps: readonly Gap[], { days, load, timeOn, limit }: Spread<T>): readonly Proposal<T>[] {
  const planned = new Map(days.map((day) => [day, load.get(day) ?? 0]));
  const loadOf = (day: string): number => planned.get(day) ?? 0;
  return gaps
    .toSorted(byUrgency)
    .slice(0, limit)
    .flatMap((gap) => {
      const early = days.filter((day) => gap.before === undefined || day <= gap.before);
      // a renewal that is nearer than the first of the days: the sooner the better
      const open = early.length > 0 ? early : days.slice(0, 1);
      const inOrder = open.toSorted((a, b) => loadOf(a) - loadOf(b) || text(a, b));
      let date = inOrder[0];
      if (date === undefined) return [];
      let time: T | undefined;
      for (const day of timeOn === undefined ? [] : inOrder) {
        time = timeOn?.(gap, day);
        if (time === undefined) continue;
        date = day;
        break;
      }
      planned.set(date, loadOf(date) + 1);
      return [{ ...gap, date, time }];
    });
}
