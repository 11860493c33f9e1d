import { metricScore, type Direction } from './attainment.ts';
import { COVERAGE_NEEDED, coverageOf } from './health-score.ts';

/** A metric's place in the sum; its values over the days stand in a column of their own. */
export type WeighedMetric = { readonly target: number; readonly weight: number; readonly direction: Direction };

export type OverDays = { readonly numerator: Float64Array; readonly denominator: Float64Array };

/** Room for the sums of `days` days, to be used again for each engagement. */
export function roomForDays(days: number): OverDays {
  return { numerator: new Float64Array(days), denominator: new Float64Array(days) };
}

/** Empties the sums before an engagement's first metric. */
export function startSums(sums: OverDays): void {
  sums.numerator.fill(0);
  sums.denominator.fill(0);
}

/** Adds one metric, day by day (NaN: missing that day). The same arithmetic in the same order as `healthScore`, so the same bits. */
export function addMetric(sums: OverDays, metric: WeighedMetric, values: Float64Array): void {
  const { numerator, denominator } = sums;
  const { target, weight, direction } = metric;
  for (let day = 0; day < values.length; day += 1) {
    const value = values[day] ?? Number.NaN;
    // false for NaN
    if (value === value) {
      numerator[day] = (numerator[day] ?? 0) + weight * metricScore(value, target, direction);
      denominator[day] = (denominator[day] ?? 0) + weight;
    }
  }
}

/** Steps `from` to `to` (exclusive) of a staircase: from `day[i]` on the value is `value[i]`, less `falls` a day, for at most `maxAge` days. */
export type StepRange = {
  readonly day: Int32Array;
  readonly value: Float64Array;
  readonly from: number;
  readonly to: number;
  readonly maxAge: number;
  readonly falls: number;
};

/**
 * Adds one metric whose value is a staircase: as {@link addMetric} with its values, to the last bit, but the score is worked out
 * once a step and not once a day.
 */
export function addMetricSteps(sums: OverDays, metric: WeighedMetric, steps: StepRange, days: Int32Array): void {
  const { numerator, denominator } = sums;
  const { target, weight, direction } = metric;
  const { day: starts, value: values, from, to, maxAge, falls } = steps;
  let next = from;
  // of the step on which the day lies: what it adds, and the first days on which it is over and on which it is stale
  let value = Number.NaN;
  let part = Number.NaN;
  let over = -Infinity;
  let stale = -Infinity;
  for (let at = 0; at < days.length; at += 1) {
    const day = days[at] ?? 0;
    if (day >= over) {
      while (next < to && (starts[next] ?? 0) <= day) next += 1;
      over = next < to ? (starts[next] ?? 0) : Infinity;
      value = next > from ? (values[next - 1] ?? Number.NaN) : Number.NaN;
      part = weight * metricScore(value, target, direction);
      // a value that is missing (NaN) is stale from the beginning
      stale = value === value ? (starts[next - 1] ?? 0) + maxAge : -Infinity;
    }
    if (day <= stale) {
      if (falls !== 0) part = weight * metricScore(value - falls * day, target, direction);
      numerator[at] = (numerator[at] ?? 0) + part;
      denominator[at] = (denominator[at] ?? 0) + weight;
    }
  }
}

/** Writes the score of each day into `out` from `at` on; NaN where it is not known (scoring.md 1.5). `allWeight`: of every metric. */
export function writeScores(sums: OverDays, allWeight: number, out: Float64Array, at: number): void {
  const { numerator, denominator } = sums;
  for (let day = 0; day < denominator.length; day += 1) {
    const weight = denominator[day] ?? 0;
    const known = weight > 0 && coverageOf(weight, allWeight) >= COVERAGE_NEEDED;
    out[at + day] = known ? (numerator[day] ?? 0) / weight : Number.NaN;
  }
}
