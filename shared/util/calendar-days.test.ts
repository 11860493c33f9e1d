import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  dateOf,
  dateOfInstant,
  dayOf,
  daysBetween,
  daysInMonth,
  isDate,
  isoWeekOf,
  isTimeZone,
  mondayOf,
  weekdayOf,
} from './calendar-days.ts';

const days = fc.integer({ min: -700_000, max: 2_900_000 });
/** What the platform's own calendar says. */
const platform = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

test.each([
  ['1970-01-01', 0],
  ['1969-12-31', -1],
  ['2000-02-29', 11_016],
  ['2000-03-01', 11_017],
  ['2024-12-31', 20_088],
  ['0001-01-01', -719_162],
  ['9999-12-31', 2_932_896],
])('%s is day %i', (date, day) => {
  expect(dayOf(date)).toBe(day);
  expect(dateOf(day)).toBe(date);
});

test('days and dates agree with the platform’s calendar', () => {
  fc.assert(
    fc.property(days, (day) => {
      expect(dateOf(day)).toBe(platform(day));
      expect(dayOf(platform(day))).toBe(day);
    }),
  );
});

test.each([
  '2023-02-29',
  '1900-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-01-00',
  '2024-04-31',
  '2024-1-1',
  '24-01-01',
  '2024-01-01T00:00',
  ' 2024-01-01',
  '２０２４-01-01',
  '',
])('ONB-05 %j is no date', (text) => {
  expect(isDate(text)).toBe(false);
  expect(() => dayOf(text)).toThrow('is not a date');
});

test('the last day of every month is a date and the one after it is not', () => {
  for (const year of [1899, 1900, 2000, 2023, 2024])
    for (let month = 1; month <= 12; month += 1) {
      const start = `${year}-${String(month).padStart(2, '0')}-`;
      const last = daysInMonth(year, month);
      expect(isDate(start + last)).toBe(true);
      expect(isDate(start + (last + 1))).toBe(false);
    }
});

test('adding days and the days between are each other’s inverse', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -10_000, max: 10_000 }), (day, more) => {
      const date = dateOf(day);
      expect(daysBetween(date, addDays(date, more))).toBe(more);
      expect(addDays(addDays(date, more), -more)).toBe(date);
    }),
  );
});

test.each([
  ['2024-01-31', 1, '2024-02-29'],
  ['2023-01-31', 1, '2023-02-28'],
  ['2024-03-31', -1, '2024-02-29'],
  ['2024-11-30', 3, '2025-02-28'],
  ['2024-01-15', -13, '2022-12-15'],
  ['2024-05-05', 0, '2024-05-05'],
])('%s and %i months is %s', (date, months, expected) => {
  expect(addMonths(date, months)).toBe(expected);
});

test.each([
  ['2024-12-30', 2025, 1],
  ['2024-12-29', 2024, 52],
  ['2021-01-03', 2020, 53],
  ['2021-01-04', 2021, 1],
  ['2026-12-31', 2026, 53],
  ['2005-01-01', 2004, 53],
])('%s lies in ISO week %i-W%i', (date, year, week) => {
  expect(isoWeekOf(date)).toEqual({ year, week });
});

test('ISO weeks: seven days from Monday share one, the next Monday begins another', () => {
  fc.assert(
    fc.property(days, (day) => {
      const monday = mondayOf(dateOf(day));
      expect(weekdayOf(dayOf(monday))).toBe(0);
      expect(daysBetween(monday, dateOf(day))).toBeGreaterThanOrEqual(0);
      expect(daysBetween(monday, dateOf(day))).toBeLessThan(7);
      const week = isoWeekOf(monday);
      expect(isoWeekOf(addDays(monday, 6))).toEqual(week);
      expect(isoWeekOf(addDays(monday, 7))).not.toEqual(week);
      expect(week.week).toBeGreaterThanOrEqual(1);
      expect(week.week).toBeLessThanOrEqual(53);
    }),
  );
});

test.each([
  ['2024-12-31T23:30:00.000Z', 'UTC', '2024-12-31'],
  ['2024-12-31T23:30:00.000Z', 'Europe/Vienna', '2025-01-01'],
  ['2025-01-01T04:30:00.000Z', 'America/New_York', '2024-12-31'],
  ['2024-03-31T00:59:59.999Z', 'Europe/Vienna', '2024-03-31'],
])('the day of %s in %s is %s', (instant, zone, date) => {
  expect(dateOfInstant(instant, zone)).toBe(date);
});

test('what is no instant or no time zone is refused', () => {
  expect(() => dateOfInstant('soon')).toThrow('is not a point in time');
  expect(() => dateOfInstant('2024-12-31T23:30:00.000Z', 'Mars/Base')).toThrow('The time zone “Mars/Base” is not known');
  expect(isTimeZone('Asia/Kolkata')).toBe(true);
  expect(() => dateOf(0.5)).toThrow('outside the years');
  expect(() => dateOf(9_000_000)).toThrow('outside the years');
});
