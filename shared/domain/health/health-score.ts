import { metricScore, type Direction } from './attainment.ts';

/** A metric with the value it had; NaN: missing. */
export type MetricValue = { readonly target: number; readonly weight: number; readonly direction: Direction; readonly value: number };

export type HealthScore = {
  /** `unknown`: less than half of the weight has a value (scoring.md 1.5). */
  readonly status: 'known' | 'unknown';
  /** Unrounded, 0 to 100; NaN where it is not known. */
  readonly score: number;
  /** Weight that has a value, in percent of all weight. */
  readonly coverage: number;
  /** Σ weight · score of the metrics with a value, added in the order given, and Σ of their weights: `score` is their quotient. */
  readonly numerator: number;
  readonly denominator: number;
};

/** Coverage under which health is unknown, in percent. */
export const COVERAGE_NEEDED = 50;

/** Health of the metrics in the order given (scoring.md 1.5). */
export function healthScore(metrics: readonly MetricValue[]): HealthScore {
  let numerator = 0;
  let denominator = 0;
  let all = 0;
  for (const { target, weight, direction, value } of metrics) {
    all += weight;
    if (Number.isNaN(value)) continue;
    numerator += weight * metricScore(value, target, direction);
    denominator += weight;
  }
  const coverage = coverageOf(denominator, all);
  const known = denominator > 0 && coverage >= COVERAGE_NEEDED;
  return { status: known ? 'known' : 'unknown', score: known ? numerator / denominator : Number.NaN, coverage, numerator, denominator };
}

/** Weight with a value in percent of all weight; 0 where there is no weight at all. */
export function coverageOf(known: number, all: number): number {
  return all > 0 ? (100 * known) / all : 0;
}
