import { addDays, dayOf, weekdayOf } from '../../util/calendar-days.ts';

/** A contact that is due and not planned. */
export type Gap = { readonly engagement: string; readonly kind: 'renewal' | 'cadence'; readonly due: string; readonly debt: number };
export type Proposal = Gap & { readonly date: string };

const WORKDAYS = 5;

/** The working days (Monday to Friday) after a day, at most so many. */
export function workdaysAfter(asOf: string, count: number): readonly string[] {
  const days: string[] = [];
  for (let day = addDays(asOf, 1); days.length < count; day = addDays(day, 1)) if (weekdayOf(dayOf(day)) < WORKDAYS) days.push(day);
  return days;
}

/**
 * Spreads what is due over days (TCH-06): renewals first, then the largest debt; each goes to the day on which least is planned, the
 * earlier one between equals. `load`: how much is planned already. The same input gives the same plan.
 */
export function propose(gaps: readonly Gap[], days: readonly string[], load: ReadonlyMap<string, number>): readonly Proposal[] {
  const planned = new Map(days.map((day) => [day, load.get(day) ?? 0]));
  const sorted = gaps.toSorted(
    (a, b) =>
      Number(b.kind === 'renewal') - Number(a.kind === 'renewal') ||
      b.debt - a.debt ||
      (a.due < b.due ? -1 : a.due > b.due ? 1 : a.engagement < b.engagement ? -1 : 1),
  );
  return sorted.flatMap((gap) => {
    const least = days.reduce<string | undefined>(
      (best, day) => (best === undefined || (planned.get(day) ?? 0) < (planned.get(best) ?? 0) ? day : best),
      undefined,
    );
    if (least === undefined) return [];
    planned.set(least, (planned.get(least) ?? 0) + 1);
    return [{ ...gap, date: least }];
  });
}
