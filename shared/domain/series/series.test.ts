import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodOf, sundayOf } from './periods.ts';
import { rollUp } from './roll-up.ts';
import { fillSteps, stepOn, stepsOf } from './steps.ts';
import { countUpTo, latestUpTo, mergeSeries, packSeries, pointsOf, sumInWindow, windowOf, type Point } from './series-operations.ts';
import { storedDay } from './stored-day.ts';

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const daily = (date: string, value: number): Point => ({ start: day(date) - 1, end: day(date), value });
const point = fc.record({
  start: fc.integer({ min: -5, max: 0 }),
  end: fc.integer({ min: 0, max: 60 }),
  value: fc.integer({ min: -9, max: 9 }),
});
const somePoints = fc
  .array(point, { maxLength: 40 })
  .map((points) => points.map((each) => ({ ...each, start: each.end - 1 + each.start })));

test('a stored date or instant is read as its day', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const text = date.toISOString();
      expect(storedDay(text)).toBe(Math.floor(date.getTime() / 86_400_000));
      expect(storedDay(text.slice(0, 10))).toBe(storedDay(text));
    }),
  );
  expect(storedDay(undefined)).toBeNaN();
});

test('packing sorts by end day and keeps the last of equal ones', () => {
  const packed = packSeries([daily('2024-03-02', 2), daily('2024-03-01', 1), daily('2024-03-02', 3)]);
  expect([...pointsOf(packed)]).toEqual([daily('2024-03-01', 1), daily('2024-03-02', 3)]);
});

test('merging replaces points with the same end day, and merging again changes nothing', () => {
  fc.assert(
    fc.property(somePoints, somePoints, (base, added) => {
      const merged = mergeSeries(packSeries(base), packSeries(added));
      expect(merged).toEqual(packSeries([...base, ...added]));
      expect(mergeSeries(merged, packSeries(added))).toEqual(merged);
    }),
  );
});

test('a window is half-open: without its first day, with its last', () => {
  const series = packSeries([daily('2024-12-01', 1), daily('2024-12-02', 10), daily('2024-12-31', 100), daily('2025-01-01', 1000)]);
  expect(windowOf(series.end, day('2024-12-01'), day('2024-12-31'))).toEqual({ first: 1, next: 3 });
  expect(sumInWindow(series, day('2024-12-01'), day('2024-12-31'))).toBe(110);
  expect(sumInWindow(series, day('2025-01-01'), day('2025-02-01'))).toBeUndefined();
});

test('the latest point up to a day is the last one that a plain scan finds', () => {
  fc.assert(
    fc.property(somePoints, fc.integer({ min: -3, max: 65 }), (points, wanted) => {
      const ends = packSeries(points).end;
      const scanned = [...ends].filter((end) => end <= wanted);
      expect(countUpTo(ends, wanted)).toBe(scanned.length);
      expect(latestUpTo(ends, wanted)).toBe(scanned.length - 1);
    }),
  );
});

test.each([
  ['daily', '2024-02-29', '2024-02-29', '2024-02-29'],
  ['weekly', '2024-12-31', '2024-12-30', '2025-01-05'],
  ['weekly', '2024-12-29', '2024-12-23', '2024-12-29'],
  ['monthly', '2024-02-29', '2024-02-01', '2024-02-29'],
  ['monthly', '2023-12-31', '2023-12-01', '2023-12-31'],
  ['quarterly', '2024-05-17', '2024-04-01', '2024-06-30'],
  ['quarterly', '1969-12-31', '1969-10-01', '1969-12-31'],
] as const)('DCE-01 the %s period of %s is %s to %s', (frequency, of, first, last) => {
  expect(periodOf(frequency, day(of))).toEqual({ first: day(first), last: day(last) });
});

test('an ISO week ends on Sunday, also before 1970', () => {
  expect([day('2024-12-29'), day('2024-12-30'), day('1969-12-31')].map(sundayOf)).toEqual([
    day('2024-12-29'),
    day('2025-01-05'),
    day('1970-01-04'),
  ]);
});

const week = [daily('2024-12-23', 4), daily('2024-12-25', 1), daily('2024-12-29', 7), daily('2024-12-30', 100)];
test.each([
  ['sum', 12],
  ['average', 4],
  ['max', 7],
  ['min', 1],
] as const)('DCE-01 daily values roll up to the week by %s', (how, value) => {
  const reported = rollUp([packSeries(week)], 'weekly', how);
  expect([[...reported.end], [...reported.value]]).toEqual([
    [day('2024-12-29'), day('2025-01-05')],
    [value, 100],
  ]);
});

test('DCE-01 the parts of a record are rolled up together, and a period reports once it is over', () => {
  const reported = rollUp([packSeries(week), packSeries([daily('2024-12-24', 30)])], 'weekly', 'sum');
  expect(stepOn(stepsOf(reported, 14), day('2024-12-29'))).toEqual({ day: day('2024-12-29'), value: 42 });
  expect(stepOn(stepsOf(reported, 14), day('2025-01-04'))).toEqual({ day: day('2024-12-29'), value: 42 });
  expect(stepOn(stepsOf(reported, 14), day('2025-01-05'))).toEqual({ day: day('2025-01-05'), value: 100 });
  expect(stepOn(stepsOf(reported, 14), day('2024-12-28'))).toBeUndefined();
});

test('DCE-01 values as long as the period stay as they were delivered', () => {
  const wednesdays = packSeries([
    { start: day('2024-12-11'), end: day('2024-12-18'), value: 1 },
    { start: day('2024-12-18'), end: day('2024-12-25'), value: 2 },
  ]);
  expect(rollUp([wednesdays], 'weekly', 'sum')).toBe(wednesdays);
  expect(rollUp([], 'weekly', 'sum').end).toHaveLength(0);
});

test('DCE-01 rolling up does not depend on the order in which points arrived', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 30 }), (points) => {
      const days = points.map((each) => ({ ...each, start: each.end - 1 }));
      for (const how of ['sum', 'average', 'max', 'min'] as const)
        expect(rollUp([packSeries(days)], 'weekly', how)).toEqual(rollUp([mergeSeries(packSeries([]), packSeries(days))], 'weekly', how));
    }),
  );
});

test('DCE-01 a value older than two periods is stale', () => {
  const series = packSeries([daily('2024-12-01', 5)]);
  const out = new Float64Array(4);
  fillSteps(stepsOf(series, 14), Int32Array.from(['2024-11-30', '2024-12-01', '2024-12-15', '2024-12-16'].map(day)), out);
  expect([...out]).toEqual([Number.NaN, 5, 5, Number.NaN]);
});

test('many days at once give the values of each day on its own', () => {
  fc.assert(
    fc.property(somePoints, fc.array(fc.integer({ min: -5, max: 80 }), { maxLength: 20 }), (points, wanted) => {
      const series = packSeries(points);
      const days = Int32Array.from(wanted.toSorted((a, b) => a - b));
      const out = new Float64Array(days.length);
      fillSteps(stepsOf(series, 14), days, out);
      for (const [index, each] of days.entries()) {
        const latest = stepOn(stepsOf(series, 14), each);
        expect(out[index]).toBe(latest && each - latest.day <= 14 ? latest.value : Number.NaN);
      }
    }),
  );
});
