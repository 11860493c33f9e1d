import { BEFORE_ALL_DAYS, type Steps } from '../series/steps.ts';
import type { CountedRows } from './counted-rows.ts';
import { fallsEvenly, type IndicatorPlan } from './indicator-plan.ts';
import { addRecord, emptyTally, outcomeOf, resetTally } from './tally.ts';

/**
 * An indicator's value for one source record on any day, as a staircase: it changes only on days on which a record begins or stops
 * counting. Each step is added up anew, oldest record first, so a value does not depend on the steps before it.
 * Not for records that have to be asked again each day (`rows`).
 */
export function indicatorSteps(plan: IndicatorPlan, counted: CountedRows): Steps {
  const { from, until, value, per, matches } = counted;
  const day = changesOf(counted);
  const values = new Float64Array(day.length);
  const falls = fallsEvenly(plan) ? 1 : 0;
  const tally = emptyTally();
  let first = 0;
  for (const [step, start] of day.entries()) {
    // all records before this one have stopped counting
    while (first < until.length && (until[first] ?? 0) <= start) first += 1;
    resetTally(tally);
    for (let at = first; at < from.length && (from[at] ?? Infinity) <= start; at += 1) {
      if ((until[at] ?? 0) > start) addRecord(plan, tally, value[at] ?? 0, per[at] ?? 0, matches[at] === 1);
    }
    values[step] = outcomeOf(plan, tally);
  }
  return { day, value: values, maxAge: Infinity, falls };
}

/** The days on which something begins or stops counting, ascending, each once; the first is before all days. */
function changesOf({ from, until }: CountedRows): Int32Array {
  const days = [BEFORE_ALL_DAYS];
  for (const start of from) if (start > BEFORE_ALL_DAYS) days.push(start);
  for (const end of until) if (end < Infinity) days.push(end);
  days.sort((a, b) => a - b);
  return Int32Array.from(days.filter((day, index) => day !== days[index - 1]));
}
