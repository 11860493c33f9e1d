import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areSound, changedSegment, readSegmentId, segmentId, yearOf, yearsOfChange, type Points } from './points.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const points = (...given: readonly (readonly [end: number, value: number])[]): Points => ({
  start: given.map(([end]) => end - 7),
  end: given.map(([end]) => end),
  value: given.map(([, value]) => value),
});
const NONE = points();

test('SYN-04 S4 points replace those of the same end day, and are added to the others', () => {
  const [a, b, c] = [day('2026-01-07'), day('2026-01-14'), day('2026-01-21')];
  const set = points([a, 1], [c, 3]);
  expect(changedSegment(points([a, 9], [b, 2]), { set, remove: [] }, 2026)).toEqual(points([a, 1], [b, 2], [c, 3]));
  expect(changedSegment(points([a, 9], [b, 2]), { set: NONE, remove: [b, c] }, 2026)).toEqual(points([a, 9]));
  expect(changedSegment(undefined, { set: points([day('2025-12-31'), 5], [a, 1]), remove: [] }, 2026)).toEqual(points([a, 1]));
});

test('years are calendar years of the end day, before 1970 too', () => {
  expect([yearOf(-1), yearOf(0), yearOf(day('2026-12-31')), yearOf(day('2027-01-01'))]).toEqual([1969, 1970, 2026, 2027]);
  expect(yearsOfChange({ set: points([day('2027-01-01'), 1]), remove: [day('2025-06-01')] })).toEqual([2025, 2027]);
  expect(readSegmentId(segmentId('abc', 2026))).toEqual({ series: 'abc', year: 2026 });
  expect(readSegmentId('abc')).toBeUndefined();
});

test.each([
  ['not sorted', points([2, 1], [1, 1])],
  ['one day twice', points([1, 1], [1, 2])],
  ['no number', points([1, Number.NaN])],
  ['half a day', points([1.5, 1])],
  ['far future', points([90_000, 1])],
  ['an end before its start', { start: [5], end: [4], value: [1] }],
  ['arrays of different lengths', { start: [1], end: [1, 2], value: [1, 2] }],
])('%s is not sound', (_what, given) => {
  expect(areSound(given)).toBe(false);
});

const days = fc.uniqueArray(fc.integer({ min: day('2026-01-01'), max: day('2026-02-15') }), { maxLength: 20 });
const somePoints = days.map((ends) => points(...ends.toSorted((a, b) => a - b).map((end) => [end, end % 7] as const)));
test('S4 whatever comes: sound points stay sound, the same again changes nothing, and devices that take the same changes agree', () => {
  fc.assert(
    fc.property(somePoints, somePoints, days, (before, set, remove) => {
      const change = { set, remove };
      const once = changedSegment(before, change, 2026);
      expect(areSound(once)).toBe(true);
      expect(changedSegment(once, change, 2026)).toEqual(once);
      for (const [at, end] of set.end.entries()) expect(once.value[once.end.indexOf(end)]).toBe(set.value[at]);
    }),
  );
});
