import type { ReadView } from '../view.ts';
import type { CountedRows } from './counted-rows.ts';
import type { IndicatorPlan } from './indicator-plan.ts';
import { addRecord, emptyTally, outcomeOf, resetTally } from './tally.ts';

/** Days for which values are wanted, ascending: counted from 1970-01-01, and the same as dates. */
export type Days = { readonly days: Int32Array; readonly dates: readonly string[] };

/**
 * The value of an indicator whose filter or field changes with the day: its records are asked again for each of the days.
 * Written into `out`; NaN: missing.
 */
export function fillByDay(plan: IndicatorPlan, counted: CountedRows, wanted: Days, view: ReadView, out: Float64Array): void {
  const { from, until, rows } = counted;
  const tally = emptyTally();
  for (const [index, day] of wanted.days.entries()) {
    const date = wanted.dates[index] ?? '';
    resetTally(tally);
    for (const [at, row] of rows.entries()) {
      if ((from[at] ?? Infinity) > day) break;
      if ((until[at] ?? 0) <= day || plan.filter?.passes(row, view, date) === false) continue;
      const matches = plan.matching?.passes(row, view, date) === true;
      addRecord(plan, tally, plan.value?.read(row, view, date) ?? 0, plan.per?.read(row, view, date) ?? 0, matches);
    }
    out[index] = outcomeOf(plan, tally);
  }
}
