import type { ReadView } from '../view.ts';
import type { CountedRows } from './counted-rows.ts';
import type { IndicatorPlan } from './indicator-plan.ts';

/** Days for which values are wanted, ascending: counted from 1970-01-01, and the same as dates. */
export type Days = { readonly days: Int32Array; readonly dates: readonly string[] };

/** What has been counted on one day. */
type Tally = { count: number; sum: number; per: number; least: number; most: number; hits: number; against: number };

const PROMOTER = 9;
const DETRACTOR = 6;

/**
 * The indicator's value for one source record on each of the days, written into `out` (NaN: missing). Each day is added
 * up anew, oldest record first, so a value does not depend on which other days were asked for.
 */
export function fillIndicator(plan: IndicatorPlan, counted: CountedRows, wanted: Days, view: ReadView, out: Float64Array): void {
  const { from, until } = counted;
  const { days, dates } = wanted;
  const tally: Tally = { count: 0, sum: 0, per: 0, least: 0, most: 0, hits: 0, against: 0 };
  let first = 0;
  for (let index = 0; index < days.length; index += 1) {
    const day = days[index] ?? 0;
    // all records before this one have stopped counting
    while (first < until.length && (until[first] ?? 0) <= day) first += 1;
    reset(tally);
    for (let at = first; at < from.length && (from[at] ?? Infinity) <= day; at += 1) {
      if ((until[at] ?? 0) <= day) continue;
      if (counted.rows) addDaily(plan, counted, at, dates[index] ?? '', view, tally);
      else addNumbers(plan, counted, at, day, tally);
    }
    out[index] = outcome(plan, tally);
  }
}

function reset(tally: Tally): void {
  tally.count = 0;
  tally.sum = 0;
  tally.per = 0;
  tally.least = Infinity;
  tally.most = -Infinity;
  tally.hits = 0;
  tally.against = 0;
}

function addNumbers(plan: IndicatorPlan, counted: CountedRows, at: number, day: number, tally: Tally): void {
  const value = (counted.value[at] ?? 0) - (plan.value?.countdown === true ? day : 0);
  add(plan, tally, value, counted.per[at] ?? 0, counted.matches[at] === 1);
}

function addDaily(plan: IndicatorPlan, counted: CountedRows, at: number, date: string, view: ReadView, tally: Tally): void {
  const row = counted.rows?.[at];
  if (!row || plan.filter?.passes(row, view, date) === false) return;
  const matches = plan.matching?.passes(row, view, date) === true;
  add(plan, tally, plan.value?.read(row, view, date) ?? 0, plan.per?.read(row, view, date) ?? 0, matches);
}

/** A record without a value in a field that is needed does not count. */
function add(plan: IndicatorPlan, tally: Tally, value: number, per: number, matches: boolean): void {
  if (Number.isNaN(value) || Number.isNaN(per)) return;
  tally.count += 1;
  tally.sum += value;
  tally.per += per;
  if (value < tally.least) tally.least = value;
  if (value > tally.most) tally.most = value;
  if (plan.fn === 'npsScore' ? value >= PROMOTER : matches) tally.hits += 1;
  if (value <= DETRACTOR) tally.against += 1;
}

function outcome({ fn, whenNone }: IndicatorPlan, tally: Tally): number {
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
