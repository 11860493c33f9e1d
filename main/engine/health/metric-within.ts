import type { Row } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Figures } from '../jobs/figures.ts';
import { fillMetric, roomFor } from '../metrics/metric-values.ts';

/**
 * Whether the value that an engagement's metric of a source has today lies in a range; its end belongs to the band that begins there, if one
 * does (scoring.md 1.7). Combined as the definition says that scores the engagement, else averaged.
 */
export function metricWithin(
  view: ReadView,
  figures: Figures,
  { source, min, max }: { readonly source: string; readonly min: number; readonly max: number },
): (engagement: Row<'engagement'>) => boolean {
  const reader = figures.sources().readers.get(source);
  if (reader === undefined) return () => false;
  const { days, dates, now, asOf } = figures.grid();
  const today = { days: days.subarray(now, now + 1), dates: [dates[now] ?? asOf] };
  const endsBefore = view.by('colourBand', 'source', source).some((band) => band.type === 'metric' && band.min === max);
  const out = new Float64Array(1);
  const room = roomFor(1);
  return (engagement) => {
    const metrics = figures.plan().choose(engagement, asOf)?.metrics ?? [];
    const aggregate = metrics.find((metric) => metric.source === source)?.aggregate ?? 'average';
    fillMetric(reader, figures.sources().recordsOf(reader, engagement), aggregate, today, out, room);
    const value = out[0] ?? Number.NaN;
    return value >= min && (endsBefore ? value < max : value <= max);
  };
}
