import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import type { Points, PointsChange } from '#shared/sync-core/points.ts';
import type { SeriesChange } from '../store/change-set.ts';
import { firstAt, mergePoints, NO_POINTS, removePoints, slicePoints } from '../store/points.ts';

/*
 * Data points of deeds. A change set keeps of points only what they were before; what a deed made of them follows from how they are now
 * and what later deeds have done, as the content of created records does.
 */

/** So many points go in one operation; a larger change goes in several. */
const PIECE_POINTS = 5_000;

/** The days that a change touches, in order, each once. */
export function daysOf({ added, before }: SeriesChange): Int32Array {
  if (before.end.length === 0) return added;
  if (added.length === 0) return before.end;
  return Int32Array.from([...added, ...before.end]).toSorted();
}

/** A change in pieces that one operation holds, by days. */
export function piecesOf(change: SeriesChange): readonly SeriesChange[] {
  const days = daysOf(change);
  if (days.length <= PIECE_POINTS) return [change];
  const pieces: SeriesChange[] = [];
  for (let from = 0; from < days.length; from += PIECE_POINTS)
    pieces.push(within(change, days[from] ?? 0, days[Math.min(from + PIECE_POINTS, days.length) - 1] ?? 0));
  return pieces;
}

function within({ series, added, removed, before, made }: SeriesChange, first: number, last: number): SeriesChange {
  const isIn = (day: number): boolean => day >= first && day <= last;
  const days = (all: Int32Array): Int32Array => all.filter(isIn);
  return {
    series,
    added: days(added),
    removed: days(removed),
    before: slicePoints(before, firstAt(before, first), firstAt(before, last + 1)),
    ...(made === undefined ? {} : { made: changeWithin(made, isIn) }),
  };
}

function changeWithin({ set, remove }: PointsChange, isIn: (day: number) => boolean): PointsChange {
  const pick = (all: readonly number[]): readonly number[] => all.filter((_, at) => isIn(set.end[at] ?? Number.NaN));
  return { set: { start: pick(set.start), end: pick(set.end), value: pick(set.value) }, remove: remove.filter(isIn) };
}

type Point = readonly [start: number, value: number];

function pointAt({ start, end, value }: PackedSeries, day: number): Point | undefined {
  const at = firstAt({ start, end, value }, day);
  return end[at] === day ? [start[at] ?? day, value[at] ?? 0] : undefined;
}

const isDayOf = (days: Int32Array, day: number): boolean => {
  const at = firstAt({ ...NO_POINTS, end: days }, day);
  return days[at] === day;
};

/** What a change made of the days that it touches. `now`: the points as they are; `later`: what was done to them since, oldest first. */
export function madeOf(change: SeriesChange, now: PackedSeries, later: readonly SeriesChange[]): PointsChange {
  const days = daysOf(change);
  const [first = 0] = days;
  const last = days.at(-1) ?? 0;
  const since = later
    .map((one) => ({ one, days: daysOf(one) }))
    .filter(({ days: all }) => (all[0] ?? Infinity) <= last && (all.at(-1) ?? -Infinity) >= first);
  const set = { start: [] as number[], end: [] as number[], value: [] as number[] };
  const remove: number[] = [];
  for (const day of days) {
    const next = since.find(({ days: all }) => isDayOf(all, day));
    const point = pointAt(next === undefined ? now : next.one.before, day);
    if (point === undefined) {
      // made and taken away again: nothing was there before either
      remove.push(day);
      continue;
    }
    set.start.push(point[0]);
    set.end.push(day);
    set.value.push(point[1]);
  }
  return { set, remove };
}

/** Points without a change: as they were before it. */
export function withoutPoints(points: PackedSeries, { added, before }: SeriesChange): PackedSeries {
  return mergePoints(removePoints(points, added), before);
}

/** Points with a change. */
export function withPoints(points: PackedSeries, { set, remove }: PointsChange): PackedSeries {
  return mergePoints(remove.length === 0 ? points : removePoints(points, Int32Array.from(remove)), packed(set));
}

/** Plain points, packed as the store keeps them. */
export function packed({ start, end, value }: Points): PackedSeries {
  return { start: Int32Array.from(start), end: Int32Array.from(end), value: Float64Array.from(value) };
}

/** The points of a series' year, plain. */
export function plainPoints({ start, end, value }: PackedSeries): Points {
  return { start: [...start], end: [...end], value: [...value] };
}
