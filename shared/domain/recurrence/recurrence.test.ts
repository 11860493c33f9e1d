import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../test/support/shared-data.ts';
import { AppError } from '../../errors/app-error.ts';
import { addDays } from '../../util/calendar-days.ts';
import { instantOfWall, instantToLocal, wallTime } from '../../util/zoned-time.ts';
import { expandSeries, localDay, occurrenceDays, onDay, ruleOf, type MeetingCadence, type SeriesTimes } from './occurrences.ts';
import { expandRule } from './rrule.ts';

type Case = { readonly rrule: string; readonly dtstart: string; readonly instances: readonly string[]; readonly reference: string };
const file = sharedPath('data', 'ics', 'rrule', 'cases.json');
const cases: readonly Case[] = file === undefined ? [] : (JSON.parse(readFileSync(file, 'utf8')) as Case[]);
const asStamp = (instant: string) => instant.slice(0, 19).replaceAll(/[-:]/g, '');
const expand = ({ rrule, dtstart, instances }: Case) =>
  expandRule({ rule: rrule, start: dtstart, timeZone: 'UTC', limit: instances.length }).map(asStamp);

describe.skipIf(file === undefined)('TCH-09 rules of RFC 5545 with known answers (../shared/data/ics/rrule)', () => {
  test.each(cases.filter(({ reference }) => reference === 'agrees'))('$rrule from $dtstart', (one) => {
    expect(expand(one)).toEqual(one.instances.map((stamp) => (stamp.length === 8 ? `${stamp}T000000` : stamp.slice(0, 15))));
  });
  test.each(cases.filter(({ reference }) => reference !== 'agrees'))('disputed: $rrule does no harm', (one) => {
    try {
      expect(expand(one).length).toBeLessThanOrEqual(one.instances.length);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError);
    }
  });
});

test.each([
  '',
  'FREQ=',
  'FREQ=NEVER',
  'FREQ=DAILY;UNTIL=soon',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
  'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
])('TCH-09 the rule “%s” ends, with a reason or with nothing', (rule) => {
  try {
    expect(expandRule({ rule, start: '20250101T090000', timeZone: 'Europe/Vienna', limit: 10 }).length).toBeLessThanOrEqual(10);
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'file' });
  }
});

const nine = (timeZone: string, cadence: MeetingCadence, first: string, repeatUntil: string): SeriesTimes => {
  const start = instantOfWall(Date.parse(`${first}T09:00:00Z`), timeZone);
  return { startsAt: new Date(start).toISOString(), endsAt: new Date(start + 3_600_000).toISOString(), timeZone, cadence, repeatUntil };
};

test('TCH-03 a meeting at 09:00 in Vienna stays at 09:00 when the clocks change', () => {
  expect(expandSeries(nine('Europe/Vienna', 'weekly', '2025-10-20', '2025-11-03'))).toEqual([
    { day: '2025-10-20', startsAt: '2025-10-20T07:00:00.000Z', endsAt: '2025-10-20T08:00:00.000Z' },
    { day: '2025-10-27', startsAt: '2025-10-27T08:00:00.000Z', endsAt: '2025-10-27T09:00:00.000Z' },
    { day: '2025-11-03', startsAt: '2025-11-03T08:00:00.000Z', endsAt: '2025-11-03T09:00:00.000Z' },
  ]);
});

test('TCH-03 a time that the clocks leave out moves on, one that comes twice is the first', () => {
  const at = (wall: string) => new Date(instantOfWall(Date.parse(`${wall}Z`), 'Europe/Vienna')).toISOString();
  expect(at('2025-03-30T02:30:00')).toBe('2025-03-30T01:30:00.000Z');
  expect(at('2025-10-26T02:30:00')).toBe('2025-10-26T00:30:00.000Z');
});

test.each<[MeetingCadence, string, string, readonly string[]]>([
  ['daily', '2025-02-27', '2025-03-02', ['2025-02-27', '2025-02-28', '2025-03-01', '2025-03-02']],
  ['biweekly', '2025-01-01', '2025-02-01', ['2025-01-01', '2025-01-15', '2025-01-29']],
  ['monthly', '2025-01-31', '2025-05-01', ['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30']],
  ['quarterly', '2025-01-15', '2025-07-15', ['2025-01-15', '2025-04-15', '2025-07-15']],
  ['weekly', '2025-01-01', '2024-12-31', []],
])('TCH-03 %s from %s until %s', (cadence, first, until, days) => {
  expect(occurrenceDays(first, cadence, until)).toEqual(days);
});

const ZONES = [
  'UTC',
  'Europe/Vienna',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
];
const cadence = fc.constantFrom<MeetingCadence>('daily', 'weekly', 'biweekly', 'monthly', 'quarterly');
const series = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    cadence,
    first: fc.integer({ min: 0, max: 3650 }).map((day) => addDays('2018-01-01', day)),
    // two in the morning is where clocks change; before one and after four they hardly ever do
    minute: fc.integer({ min: 4 * 60, max: 22 * 60 }),
    length: fc.integer({ min: 5, max: 24 * 60 }),
    days: fc.integer({ min: 1, max: 365 }),
  })
  .map(({ timeZone, cadence: every, first, minute, length, days }): SeriesTimes => {
    const start = instantOfWall(Date.parse(`${first}T00:00:00Z`) + minute * 60_000, timeZone);
    return {
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(start + length * 60_000).toISOString(),
      timeZone,
      cadence: every,
      repeatUntil: addDays(first, days),
    };
  });

test('TCH-03 in every zone a series keeps its time on the clock, its length and its days', () => {
  fc.assert(
    fc.property(series, (one) => {
      const clock = instantToLocal(one.startsAt, one.timeZone).slice(11);
      const found = expandSeries(one);
      expect(found[0]).toMatchObject({ startsAt: one.startsAt, endsAt: one.endsAt });
      for (const { day, startsAt, endsAt } of found) {
        expect(instantToLocal(startsAt, one.timeZone)).toBe(`${day} ${clock}`);
        expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(Date.parse(one.endsAt) - Date.parse(one.startsAt));
        expect(day <= one.repeatUntil).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test('TCH-03 TCH-09 what a series writes as its rule is read back as the same meetings', () => {
  fc.assert(
    fc.property(series, (one) => {
      const first = localDay(one.startsAt, one.timeZone);
      const stamp = (text: string) => `${text.replaceAll(/[-: ]/g, '').slice(0, 8)}T${text.slice(11).replace(':', '')}00`;
      const rule = `${ruleOf(one.cadence, first)};UNTIL=${one.repeatUntil.replaceAll('-', '')}`;
      const start = stamp(instantToLocal(one.startsAt, one.timeZone));
      expect(expandRule({ rule, start, timeZone: one.timeZone, limit: 5_000 })).toEqual(expandSeries(one).map(({ startsAt }) => startsAt));
    }),
    { numRuns: 60 },
  );
});

test('TCH-03 clock and instant are inverse wherever the clock is not ambiguous', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 1_400_000_000, max: 1_900_000_000 }), (zone, second) => {
      const wall = wallTime(second * 1000, zone);
      expect(wallTime(instantOfWall(wall, zone), zone)).toBe(wall);
      expect(
        onDay(
          { startsAt: new Date(second * 1000).toISOString(), endsAt: new Date(second * 1000).toISOString(), timeZone: zone },
          localDay(new Date(second * 1000).toISOString(), zone),
        ).day,
      ).toBe(new Date(wall).toISOString().slice(0, 10));
    }),
    { numRuns: 300 },
  );
});
