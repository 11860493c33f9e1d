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

/** Writes the score of each day into `out` from `at` on; NaN where it is not known (scoring.md 1.5). `allWeight`: of every metric. */
export function writeScores(sums: OverDays, allWeight: number, out: Float64Array, at: number): void {
  const { numerator, denominator } = sums;
  for (let day = 0; day < denominator.length; day += 1) {
    const weight = denominator[day] ?? 0;
    const known = weight > 0 && coverageOf(weight, allWeight) >= COVERAGE_NEEDED;
    out[at + day] = known ? (numerator[day] ?? 0) / weight : Number.NaN;
  }
}
