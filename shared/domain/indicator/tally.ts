import type { IndicatorPlan } from './indicator-plan.ts';

/** What has been counted on one day. */
export type Tally = { count: number; sum: number; per: number; least: number; most: number; hits: number; against: number };

const PROMOTER = 9;
const DETRACTOR = 6;

/** Room for counting. */
export function emptyTally(): Tally {
  return { count: 0, sum: 0, per: 0, least: Infinity, most: -Infinity, hits: 0, against: 0 };
}

/** Begins anew. */
export function resetTally(tally: Tally): void {
  tally.count = 0;
  tally.sum = 0;
  tally.per = 0;
  tally.least = Infinity;
  tally.most = -Infinity;
  tally.hits = 0;
  tally.against = 0;
}

/** Counts one record; one without a value in a field that is needed (NaN) does not count. */
export function addRecord(plan: IndicatorPlan, tally: Tally, value: number, per: number, matches: boolean): void {
  if (Number.isNaN(value) || Number.isNaN(per)) return;
  tally.count += 1;
  tally.sum += value;
  tally.per += per;
  if (value < tally.least) tally.least = value;
  if (value > tally.most) tally.most = value;
  if (plan.fn === 'npsScore' ? value >= PROMOTER : matches) tally.hits += 1;
  if (value <= DETRACTOR) tally.against += 1;
}

/** The indicator's value of what was counted; NaN: missing. */
export function outcomeOf({ fn, whenNone }: IndicatorPlan, tally: Tally): number {
  const { count, sum, per, least, most, hits, against } = tally;
  if (count === 0) return whenNone;
  switch (fn) {
    case 'count':
      return count;
    case 'sum':
      return sum;
    case 'average':
      return sum / count;
    case 'min':
      return least;
    case 'max':
      return most;
    case 'share':
      return (100 * hits) / count;
    case 'ratio':
      return per === 0 ? whenNone : (100 * sum) / per;
    case 'npsScore':
      return (100 * (hits - against)) / count;
    default:
      return fn satisfies never;
  }
}
