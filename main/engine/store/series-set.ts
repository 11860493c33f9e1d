import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { joinPoints, unpackPoints } from './points.ts';
import type { SegmentRow } from './segments.ts';

/** All committed data points in memory. */
export type SeriesSet = {
  readonly points: (seriesId: string) => PackedSeries | undefined;
  /** Replaces a series; no points: forgets it. */
  readonly set: (seriesId: string, points: PackedSeries) => void;
  readonly all: () => ReadonlyMap<string, PackedSeries>;
  /** Grows with every change. */
  readonly version: () => number;
};

/** Makes the set; `load` brings the first series when one is first asked for. Of several with one ID the last counts. */
export function createSeriesSet(load?: () => Iterable<readonly [string, PackedSeries]>): SeriesSet {
  let loading = load;
  let version = 0;
  const series = new Map<string, PackedSeries>();
  const put = (id: string, points: PackedSeries) => {
    if (points.end.length === 0) series.delete(id);
    else series.set(id, points);
  };
  const ready = () => {
    if (loading === undefined) return series;
    const first = loading();
    loading = undefined;
    for (const [id, points] of first) put(id, points);
    return series;
  };
  return {
    points: (id) => ready().get(id),
    set: (id, points) => {
      ready();
      version += 1;
      put(id, points);
    },
    all: ready,
    version: () => version,
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
