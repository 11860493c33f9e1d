import type { Output } from '#shared/contract/engine-contract.ts';
import { formatChange, formatFixed, plural } from '../../ui/format.ts';

export type Explanation = Output<'health.explain'>;
export type MetricPart = Explanation['metrics'][number];

/** Why an indicator has no value, in words. */
export function missingWords(metric: Pick<MetricPart, 'missing' | 'ageDays'>): string {
  if (metric.missing === 'stale') return metric.ageDays === undefined ? 'Too old' : `Too old: ${plural(metric.ageDays, 'day')}`;
  if (metric.missing === 'noSource') return 'Source is not published';
  return 'No data';
}

/** What changed since a week earlier, the largest change first. */
export function weekChange({ score, previous, metrics }: Explanation): readonly string[] {
  if (previous?.score === undefined || score === undefined) return ['There is no score of a week earlier to compare with.'];
  const present = metrics.filter((metric) => metric.score !== undefined);
  const weights = present.reduce((sum, metric) => sum + metric.weight, 0) || 1;
  const moved = present
    .map((metric) => ({ metric, by: ((metric.score ?? 0) - (metric.previousScore ?? metric.score ?? 0)) * (metric.weight / weights) }))
    .filter(({ by }) => Math.abs(by) >= 0.05)
    .toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const total = `Health went from ${formatFixed(previous.score, 1)} to ${formatFixed(score, 1)} (${formatChange(score - previous.score)}).`;
  if (Math.abs(score - previous.score) < 0.05 && moved.length === 0) return ['Nothing changed.'];
  const parts = moved.map(
    ({ metric, by }) =>
      `${metric.source} ${by > 0 ? 'rose' : 'fell'} from ${formatFixed(metric.previousScore ?? 0, 0)} to ${formatFixed(metric.score ?? 0, 0)} points of attainment: ${formatChange(by)} on the score.`,
  );
  const fresh = metrics
    .filter((metric) => metric.score !== undefined && metric.previousScore === undefined)
    .map((metric) => `${metric.source} has a value that it did not have a week before.`);
  return [total, ...parts, ...fresh];
}
