// The meetings of 1,000 series over a year, in several zones.
import { expandSeries, type MeetingCadence, type SeriesTimes } from '#shared/domain/recurrence/occurrences.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { instantOfWall } from '#shared/util/zoned-time.ts';
import { defineBench, timed } from './define.ts';

const ZONES = ['Europe/Vienna', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'UTC'];
const CADENCES: readonly MeetingCadence[] = ['daily', 'weekly', 'biweekly', 'monthly', 'quarterly'];
const HOUR = 3_600_000;

function seriesAt(at: number): SeriesTimes {
  const timeZone = ZONES[at % ZONES.length] ?? 'UTC';
  const first = addDays('2025-01-01', at % 200);
  const start = instantOfWall(Date.parse(`${first}T00:00:00Z`) + (8 + (at % 9)) * HOUR, timeZone);
  return {
    startsAt: new Date(start).toISOString(),
    endsAt: new Date(start + HOUR).toISOString(),
    timeZone,
    cadence: CADENCES[Math.floor(at / ZONES.length) % CADENCES.length] ?? 'weekly',
    repeatUntil: addDays(first, 365),
  };
}

export const bench = defineBench({
  name: 'series',
  where: 'node',
  limits: { 'series-year': { value: 200 } },
  run: async ({ size, say }) => {
    const all = Array.from({ length: size === 'full' ? 1_000 : 50 }, (_, at) => seriesAt(at));
    let meetings = 0;
    const work = () => {
      meetings = 0;
      for (const one of all) meetings += expandSeries(one).length;
    };
    const first = await timed(work);
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) times.push(await timed(work));
    say(`${meetings} meetings`);
    return [
      { name: 'series-first', value: first, unit: 'ms' },
      { name: 'series-year', value: Math.min(...times), unit: 'ms' },
    ];
  },
});
