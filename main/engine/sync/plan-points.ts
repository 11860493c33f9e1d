import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { POINTS_TABLE, readSegmentId, segmentId, type Points } from '#shared/sync-core/points.ts';
import type { SeriesChange } from '../store/change-set.ts';
import { firstAt, joinPoints, NO_POINTS, slicePoints } from '../store/points.ts';
import { firstDayOf, yearsOf } from '../store/segments.ts';
import type { Store } from '../store/store.ts';
import type { SyncRow } from '../store/sync-rows.ts';
import type { Part } from './deeds.ts';
import { daysOf, madeOf, packed, plainPoints, withoutPoints, withPoints } from './deed-points.ts';
import type { Queue } from './queue.ts';
import { kept, shadowKey } from './sync-keys.ts';

/** Collects what becomes of data points: the server's, with those of deeds on top that it has not answered (S4). */
export type PointsPlan = {
  /** What the server has of a segment; undefined: nothing, or nothing for this device any more. */
  readonly confirm: (segment: string, points: Points | undefined) => void;
  /** The series is no longer this device's (S9). Points that wait to be sent stay until they were answered, for they are the person's own. */
  readonly forget: (segment: string) => void;
  /** Works out anew what deeds touch that came to their end. */
  readonly recompute: (change: SeriesChange) => void;
  /** Everything that changes, a series a step. */
  readonly finish: () => Generator<void, PlannedPoints, void>;
};
export type PlannedPoints = {
  readonly after: ReadonlyMap<string, PackedSeries>;
  readonly forgotten: ReadonlySet<string>;
  readonly put: readonly SyncRow[];
  readonly remove: readonly string[];
};
/** Whose effect is in what the server says, and what it has just refused. */
export type Over = { readonly isConfirmed: (part: Part) => boolean; readonly isRefused: (part: Part) => boolean };

type Target = { readonly confirmed: Map<number, Points | undefined>; readonly years: Set<number> };

/** Begins a plan. */
export function planPoints(store: Store, queue: Queue, { isConfirmed, isRefused }: Over): PointsPlan {
  const targets = new Map<string, Target>();
  const forgotten = new Set<string>();
  const targetOf = (series: string): Target => {
    const target = targets.get(series) ?? { confirmed: new Map(), years: new Set() };
    targets.set(series, target);
    return target;
  };
  const shadowOf = (series: string, year: number): Points | undefined =>
    store.sync.get(shadowOfSegment(series, year)) as Points | undefined; // kept below

  const confirm: PointsPlan['confirm'] = (segment, points) => {
    const of = readSegmentId(segment);
    if (of === undefined) return;
    const target = targetOf(of.series);
    target.confirmed.set(of.year, points);
    target.years.add(of.year);
  };

  return {
    confirm,
    forget: (segment) => {
      confirm(segment, undefined);
      const series = readSegmentId(segment)?.series;
      if (series !== undefined) forgotten.add(series);
    },
    recompute: (change) => {
      for (const year of yearsOf(daysOf(change))) targetOf(change.series).years.add(year);
    },
    *finish() {
      const after = new Map<string, PackedSeries>();
      const put: SyncRow[] = [];
      const remove: string[] = [];
      for (const [series, { confirmed, years }] of targets) {
        yield;
        const now = store.series.points(series) ?? NO_POINTS;
        const all = queue.pointsOf(series);
        const onTop = all.filter(([part]) => part.answer?.outcome !== 'refused' && !isConfirmed(part));
        const pending = onTop.filter(([part]) => !isRefused(part));
        let base = onTop.reduceRight((points, [, change]) => withoutPoints(points, change), now);
        for (const year of years) {
          if (confirmed.has(year)) base = withYear(base, year, confirmed.get(year));
          else {
            const shadow = shadowOf(series, year);
            // what the server has nothing of is here only as long as a deed waits: a series that was deleted takes no points any more
            const isKnown = queue.known.version(POINTS_TABLE, segmentId(series, year)) !== undefined;
            if (shadow !== undefined || !isKnown) base = withYear(base, year, shadow);
          }
        }
        const changes = all.map(([, change]) => change);
        const next = pending.reduce((points, [, change]) => withPoints(points, madeOf(change, now, laterThan(changes, change))), base);
        after.set(series, next);

        const waiting = yearsOf(...pending.map(([, change]) => daysOf(change)));
        for (const year of years) {
          const key = shadowOfSegment(series, year);
          if (waiting.has(year) && confirmed.has(year)) put.push(kept(key, confirmed.get(year) ?? plainPoints(NO_POINTS)));
          else if (!waiting.has(year) && store.sync.get(key) !== undefined) remove.push(key);
        }
      }
      return { after, forgotten, put, remove };
    },
  };
}

const shadowOfSegment = (series: string, year: number): string => shadowKey(POINTS_TABLE, segmentId(series, year));

const laterThan = (all: readonly SeriesChange[], change: SeriesChange): readonly SeriesChange[] => all.slice(all.indexOf(change) + 1);

/** A series with one year's points replaced. */
function withYear(points: PackedSeries, year: number, segment: Points | undefined): PackedSeries {
  const runs = [
    slicePoints(points, 0, firstAt(points, firstDayOf(year))),
    ...(segment === undefined ? [] : [packed(segment)]),
    slicePoints(points, firstAt(points, firstDayOf(year + 1)), points.end.length),
  ];
  return joinPoints(runs.filter(({ end }) => end.length > 0));
}
