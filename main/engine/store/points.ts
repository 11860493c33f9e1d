import type { PackedSeries } from '#shared/domain/series/packed-series.ts';

/** No points. */
export const NO_POINTS: PackedSeries = { start: new Int32Array(0), end: new Int32Array(0), value: new Float64Array(0) };

const POINT_BYTES = 16;

/** Index of the first point whose end is `day` or later. */
export function firstAt(points: PackedSeries, day: number): number {
  let low = 0;
  let high = points.end.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points.end[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The points [from, to) of a series; the result shares its memory. */
export function slicePoints(points: PackedSeries, from: number, to: number): PackedSeries {
  return { start: points.start.subarray(from, to), end: points.end.subarray(from, to), value: points.value.subarray(from, to) };
}

/** Values first, so that each array is aligned: n doubles, n ends, n starts. */
export function packPoints(points: PackedSeries): Uint8Array {
  const n = points.end.length;
  const buffer = new ArrayBuffer(n * POINT_BYTES);
  new Float64Array(buffer, 0, n).set(points.value);
  new Int32Array(buffer, n * 8, n).set(points.end);
  new Int32Array(buffer, n * 12, n).set(points.start);
  return new Uint8Array(buffer);
}

/** The other direction of {@link packPoints}; undefined where the bytes are no whole number of points. */
export function unpackPoints(bytes: Uint8Array): PackedSeries | undefined {
  if (bytes.byteLength % POINT_BYTES !== 0) return undefined;
  const n = bytes.byteLength / POINT_BYTES;
  // a view on foreign memory may not be aligned
  const own = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  return {
    value: new Float64Array(own.buffer, own.byteOffset, n),
    end: new Int32Array(own.buffer, own.byteOffset + n * 8, n),
    start: new Int32Array(own.buffer, own.byteOffset + n * 12, n),
  };
}

/** Puts runs of points (each sorted, not overlapping, in order) together. */
export function joinPoints(runs: readonly PackedSeries[]): PackedSeries {
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) return only;
  const n = runs.reduce((sum, run) => sum + run.end.length, 0);
  const joined = { start: new Int32Array(n), end: new Int32Array(n), value: new Float64Array(n) };
  let at = 0;
  for (const run of runs) {
    joined.start.set(run.start, at);
    joined.end.set(run.end, at);
    joined.value.set(run.value, at);
    at += run.end.length;
  }
  return joined;
}

/** Sorts points by end; of several with the same end the last one counts. */
export function sortPoints(points: PackedSeries): PackedSeries {
  const n = points.end.length;
  let sorted = true;
  for (let at = 1; sorted && at < n; at += 1) sorted = (points.end[at - 1] ?? 0) < (points.end[at] ?? 0);
  if (sorted) return points;
  const order = new Map<number, number>();
  for (let at = 0; at < n; at += 1) order.set(points.end[at] ?? 0, at);
  const picked = [...order].toSorted(([a], [b]) => a - b).map(([, at]) => at);
  return pick(points, picked);
}

function pick(points: PackedSeries, at: readonly number[]): PackedSeries {
  return {
    start: Int32Array.from(at, (one) => points.start[one] ?? 0),
    end: Int32Array.from(at, (one) => points.end[one] ?? 0),
    value: Float64Array.from(at, (one) => points.value[one] ?? 0),
  };
}

/** Merges sorted points in: one with a known end replaces, others are added. */
export function mergePoints(known: PackedSeries, coming: PackedSeries): PackedSeries {
  const firstNew = coming.end[0];
  const lastOld = known.end[known.end.length - 1];
  if (firstNew === undefined) return known;
  if (lastOld === undefined) return coming;
  if (lastOld < firstNew) return joinPoints([known, coming]);
  const room = known.end.length + coming.end.length;
  const merged = { start: new Int32Array(room), end: new Int32Array(room), value: new Float64Array(room) };
  let n = 0;
  const take = (from: PackedSeries, at: number) => {
    merged.start[n] = from.start[at] ?? 0;
    merged.end[n] = from.end[at] ?? 0;
    merged.value[n] = from.value[at] ?? 0;
    n += 1;
  };
  let o = 0;
  for (let c = 0; c < coming.end.length; c += 1) {
    const day = coming.end[c] ?? 0;
    for (; o < known.end.length && (known.end[o] ?? 0) < day; o += 1) take(known, o);
    if (known.end[o] === day) o += 1;
    take(coming, c);
  }
  for (; o < known.end.length; o += 1) take(known, o);
  return { start: merged.start.slice(0, n), end: merged.end.slice(0, n), value: merged.value.slice(0, n) };
}

/** Takes the points with the given ends away. */
export function removePoints(known: PackedSeries, ends: Int32Array): PackedSeries {
  const gone = new Set(ends);
  const kept: number[] = [];
  known.end.forEach((day, at) => {
    if (!gone.has(day)) kept.push(at);
  });
  return pick(known, kept);
}

/** What became different between two states of a series; `before` are the points that were replaced or removed. */
export type PointsDiff = { readonly added: Int32Array; readonly removed: Int32Array; readonly before: PackedSeries };

/** Compares two states of a series; undefined where they are the same. */
export function diffPoints(before: PackedSeries, after: PackedSeries): PointsDiff | undefined {
  if (before.end.length === 0 && after.end.length > 0) return { added: after.end, removed: NO_POINTS.end, before: NO_POINTS };
  const added: number[] = [];
  const removed: number[] = [];
  const changed: number[] = [];
  let a = 0;
  let b = 0;
  while (b < before.end.length || a < after.end.length) {
    const old = before.end[b] ?? Number.POSITIVE_INFINITY;
    const now = after.end[a] ?? Number.POSITIVE_INFINITY;
    if (old < now) {
      removed.push(old);
      changed.push(b);
    } else if (now < old) added.push(now);
    else if (!Object.is(before.value[b], after.value[a]) || before.start[b] !== after.start[a]) changed.push(b);
    if (old <= now) b += 1;
    if (now <= old) a += 1;
  }
  if (added.length + changed.length === 0) return undefined;
  return { added: Int32Array.from(added), removed: Int32Array.from(removed), before: pick(before, changed) };
}
