import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../util/calendar-days.ts';
import { instantToLocal } from '../../util/zoned-time.ts';
import { freeSlot, readWorkingHours, type Busy } from './slots.ts';

const at = (text: string): number => Date.parse(text);
const HOURS = { begins: '09:00', ends: '17:00' };
const busy = (from: string, to: string): Busy => ({ from: at(from), to: at(to) });

test.each<[string, string, readonly string[], readonly Busy[], string | undefined]>([
  ['the morning of one zone', '2025-06-12', ['Europe/Vienna'], [], '2025-06-12T07:00:00.000Z'],
  ['after what is planned', '2025-06-12', ['UTC'], [busy('2025-06-12T08:30:00Z', '2025-06-12T10:10:00Z')], '2025-06-12T10:30:00.000Z'],
  ['when New York has begun to work', '2025-06-12', ['Europe/Vienna', 'America/New_York'], [], '2025-06-12T13:00:00.000Z'],
  ['in the weeks when clocks differ by an hour less', '2025-03-20', ['Europe/Vienna', 'America/New_York'], [], '2025-03-20T13:00:00.000Z'],
  ['never with Auckland', '2025-06-12', ['Europe/Vienna', 'Pacific/Auckland'], [], undefined],
  ['never on a full day', '2025-06-12', ['UTC'], [busy('2025-06-12T00:00:00Z', '2025-06-13T00:00:00Z')], undefined],
])('T7 a slot: %s', (_what, day, zones, taken, expected) => {
  const found = freeSlot(day, zones, taken, 30, HOURS);
  expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(expected);
});

test('T7 REC-44 working hours are the workspace’s own', () => {
  const early = { begins: '06:30', ends: '14:00' };
  expect(freeSlot('2025-06-12', ['UTC'], [], 30, early)).toBe(at('2025-06-12T06:30:00Z'));
  expect(freeSlot('2025-06-12', ['UTC', 'America/New_York'], [], 30, early)).toBe(at('2025-06-12T10:30:00Z'));
  expect(freeSlot('2025-06-12', ['UTC'], [busy('2025-06-12T06:00:00Z', '2025-06-12T13:45:00Z')], 30, early)).toBeUndefined();
  expect(readWorkingHours('06:30-14:00')).toEqual(early);
  for (const wrong of ['', '9-17', '09:00-24:00', '17:00-09:00', '09:00-09:00', 'none']) expect(readWorkingHours(wrong)).toBeUndefined();
});

test('T7 a slot lies within everyone’s working hours and over nothing else, whatever the day and the zones', () => {
  const zone = fc.constantFrom(
    'Europe/Vienna',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Sydney',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'UTC',
    'America/Sao_Paulo',
  );
  // any day, and those around the changes of the clocks in Europe, America and Australia
  const edge = fc.constantFrom('2025-03-09', '2025-03-30', '2025-04-06', '2025-10-05', '2025-10-26', '2025-11-02');
  const anyDay = fc.oneof(
    fc.integer({ min: 0, max: 800 }).map((days) => addDays('2025-01-01', days)),
    fc.tuple(edge, fc.integer({ min: -2, max: 2 })).map(([day, days]) => addDays(day, days)),
  );
  fc.assert(
    fc.property(
      anyDay,
      fc.array(zone, { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 0, max: 23 }), { maxLength: 6 }),
      (day, zones, hours) => {
        const taken = hours.map((hour) => ({
          from: at(`${day}T00:00:00Z`) + hour * 3_600_000,
          to: at(`${day}T00:00:00Z`) + (hour + 1) * 3_600_000,
        }));
        const found = freeSlot(day, zones, taken, 30, HOURS);
        if (found === undefined) return;
        for (const each of zones) {
          const time = instantToLocal(new Date(found).toISOString(), each).slice(11, 16);
          expect(time >= '09:00' && time <= '16:30').toBe(true);
        }
        expect(taken.every(({ from, to }) => found + 1_800_000 <= from || found >= to)).toBe(true);
      },
    ),
  );
});
