import type { PackedSeries } from './packed-series.ts';

export type Point = { readonly start: number; readonly end: number; readonly value: number };

/** Packs points: sorted by end day; of points with the same end the last one given wins. */
export function packSeries(points: Iterable<Point>): PackedSeries {
  const byEnd = new Map<number, Point>();
  for (const point of points) byEnd.set(point.end, point);
  const sorted = [...byEnd.values()].sort((a, b) => a.end - b.end);
  return {
    start: Int32Array.from(sorted, (point) => point.start),
    end: Int32Array.from(sorted, (point) => point.end),
    value: Float64Array.from(sorted, (point) => point.value),
  };
}

/** The points of a packed series, oldest first. */
export function* pointsOf(series: PackedSeries): Generator<Point> {
  for (const [index, end] of series.end.entries())
    yield { start: series.start[index] ?? end, end, value: series.value[index] ?? Number.NaN };
}

/** Both series in one: where both have a point with the same end day, the added one replaces the other. */
export function mergeSeries(base: PackedSeries, added: PackedSeries): PackedSeries {
  const room = base.end.length + added.end.length;
  const start = new Int32Array(room);
  const end = new Int32Array(room);
  const value = new Float64Array(room);
  let size = 0;
  let b = 0;
  let a = 0;
  while (b < base.end.length || a < added.end.length) {
    const baseEnd = base.end[b] ?? Infinity;
    const addedEnd = added.end[a] ?? Infinity;
    const fromAdded = addedEnd <= baseEnd;
    const from = fromAdded ? added : base;
    const at = fromAdded ? a : b;
    start[size] = from.start[at] ?? 0;
    end[size] = from.end[at] ?? 0;
    value[size] = from.value[at] ?? Number.NaN;
    size += 1;
    if (fromAdded) a += 1;
    if (baseEnd <= addedEnd) b += 1;
  }
  return { start: start.slice(0, size), end: end.slice(0, size), value: value.slice(0, size) };
}

/** How many of the ascending days are ≤ `day`; the latest of them stands one place before. */
export function countUpTo(days: ArrayLike<number>, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    // NaN cannot happen inside the bounds
    if ((days[middle] ?? Number.NaN) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the latest day that is ≤ `day`; −1 where there is none. */
export function latestUpTo(ends: ArrayLike<number>, day: number): number {
  return countUpTo(ends, day) - 1;
}

/** Indexes `[first, next)` of the points in the half-open window `(from, to]`. */
export function windowOf(ends: ArrayLike<number>, from: number, to: number): { readonly first: number; readonly next: number } {
  return { first: countUpTo(ends, from), next: countUpTo(ends, to) };
}

/** Sum of the values in the half-open window `(from, to]`, added oldest first; undefined where the window holds no point. */
export function sumInWindow(series: Pick<PackedSeries, 'end' | 'value'>, from: number, to: number): number | undefined {
  const { first, next } = windowOf(series.end, from, to);
  if (first === next) return undefined;
  let sum = 0;
  for (let index = first; index < next; index += 1) sum += series.value[index] ?? 0;
  return sum;
}
