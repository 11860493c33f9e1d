import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { joinPoints, unpackPoints, type SegmentRow } from './segments.ts';

/** All committed data points in memory. */
export type SeriesSet = {
  readonly points: (seriesId: string) => PackedSeries | undefined;
  /** Replaces a series; no points: forgets it. */
  readonly set: (seriesId: string, points: PackedSeries) => void;
  readonly all: () => Iterable<readonly [string, PackedSeries]>;
};

/** Makes the set; `load` brings the first series when one is first asked for. */
export function createSeriesSet(load?: () => Iterable<readonly [string, PackedSeries]>): SeriesSet {
  let loading = load;
  const series = new Map<string, PackedSeries>();
  const ready = () => {
    if (loading === undefined) return series;
    for (const [id, points] of loading()) series.set(id, points);
    loading = undefined;
    return series;
  };
  return {
    points: (id) => ready().get(id),
    set: (id, points) => {
      if (points.end.length === 0) ready().delete(id);
      else ready().set(id, points);
    },
    all: () => ready(),
  };
}

/** Series out of their segments, which must come sorted by series and year. Throws RangeError on torn ones. */
export function* seriesOf(segments: readonly SegmentRow[]): Generator<readonly [string, PackedSeries]> {
  for (const [id, rows] of Map.groupBy(segments, (segment) => segment.series)) {
    const runs = rows.map((row) => unpackPoints(row.bytes));
    const whole = runs.filter((run) => run !== undefined);
    if (whole.length < runs.length) throw new RangeError('torn segment');
    yield [id, joinPoints(whole)];
  }
}
