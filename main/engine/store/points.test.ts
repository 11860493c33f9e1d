import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { diffPoints, joinPoints, mergePoints, packPoints, removePoints, sortPoints, unpackPoints } from './points.ts';
import { packSeriesChanges, unpackSeriesChanges } from './series-change-codec.ts';
import { segmentsOf, yearsOf } from './segments.ts';
import { seriesOf } from './series-set.ts';

type Points = readonly (readonly [end: number, start: number, value: number])[];
const day = fc.integer({ min: -800, max: 21_000 });
const points: fc.Arbitrary<Points> = fc.array(fc.tuple(day, day, fc.double({ noNaN: true })), { maxLength: 40 });

const packed = (all: Points): PackedSeries => ({
  end: Int32Array.from(all, ([end]) => end),
  start: Int32Array.from(all, ([, start]) => start),
  value: Float64Array.from(all, ([, , value]) => value),
});
const plain = ({ end, start, value }: PackedSeries): Points =>
  Array.from(end, (one, at) => [one, start[at] ?? Number.NaN, value[at] ?? Number.NaN]);
/** Of several with the same end the last counts; in the order of their ends. */
const model = (...lists: readonly Points[]): Points =>
  [...new Map(lists.flat().map((one) => [one[0], one])).values()].toSorted((a, b) => a[0] - b[0]);

test('merging replaces points with the same end and adds the others', () => {
  fc.assert(
    fc.property(points, points, (known, coming) => {
      const merged = mergePoints(sortPoints(packed(known)), sortPoints(packed(coming)));
      expect(plain(merged)).toEqual(model(known, coming));
    }),
  );
});

test('what a difference says leads back to where it began', () => {
  fc.assert(
    fc.property(points, points, (one, other) => {
      const before = sortPoints(packed(one));
      const after = sortPoints(packed(other));
      const diff = diffPoints(before, after);
      const back = diff === undefined ? after : mergePoints(removePoints(after, diff.added), diff.before);
      expect(plain(back)).toEqual(plain(before));
    }),
  );
});

test('points, their segments by year and their changes read back as they were written', () => {
  fc.assert(
    fc.property(points, (all) => {
      const series = sortPoints(packed(all));
      expect(plain(unpackPoints(packPoints(series)) ?? joinPoints([]))).toEqual(plain(series));
      const { put, empty } = segmentsOf('s', series, yearsOf(series.end));
      expect(empty).toEqual([]);
      expect(put.map((segment) => segment.year)).toEqual([...new Set(put.map((segment) => segment.year))].toSorted((a, b) => a - b));
      const [back] = seriesOf(put);
      expect(plain(back?.[1] ?? joinPoints([]))).toEqual(plain(series));
      const change = { series: 's', added: series.end, removed: series.end, before: series };
      const [read] = unpackSeriesChanges(packSeriesChanges([change])) ?? [];
      expect(read && { ...read, before: plain(read.before) }).toEqual({ ...change, before: plain(series) });
    }),
  );
});

test('torn points are not read', () => {
  expect(unpackPoints(new Uint8Array(17))).toBeUndefined();
  expect(() => [...seriesOf([{ series: 's', year: 2024, bytes: new Uint8Array(5) }])]).toThrow(RangeError);
});
