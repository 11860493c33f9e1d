import { roundHalfAway } from '../../util/rounding.ts';

/** A number as a person writes it into a formula: at most four decimals. */
export function written(value: number): string {
  return String(roundHalfAway(value, 4)).replace('-', '−');
}

/** `(20 × 90 + 30 × 75) ÷ 50 = 81`: the metrics that have a value, in order, with the numbers in (HLT-07). */
export function formulaOf(metrics: readonly { readonly weight: number; readonly score: number }[], score: number | undefined): string {
  if (metrics.length === 0) return '';
  const terms = metrics.map((metric) => `${written(metric.weight)} × ${written(metric.score)}`);
  const weights = metrics.reduce((sum, { weight }) => sum + weight, 0);
  const result = score === undefined ? 'unknown' : written(score);
  return `(${terms.join(' + ')}) ÷ ${written(weights)} = ${result}`;
}
