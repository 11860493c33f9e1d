import type { CADENCES } from '../../model/tables/meeting.ts';
import { addMonths, dateOf, dayOf } from '../../util/calendar-days.ts';
import { instantOfWall, wallTime } from '../../util/zoned-time.ts';

export type MeetingCadence = keyof typeof CADENCES;

/** A series as far as its times go: its first meeting, how often, until which day (included). */
export type SeriesTimes = {
  readonly startsAt: string;
  readonly endsAt: string;
  /** IANA zone whose clock the meetings keep. */
  readonly timeZone: string;
  readonly cadence: MeetingCadence;
  readonly repeatUntil: string;
};
/** One meeting of a series; `day` names it within the series, also after it was moved. */
export type Occurrence = { readonly day: string; readonly startsAt: string; readonly endsAt: string };

type Step = { readonly days: number } | { readonly months: number };
const STEPS: { readonly [C in MeetingCadence]: Step } = {
  daily: { days: 1 },
  weekly: { days: 7 },
  biweekly: { days: 14 },
  monthly: { months: 1 },
  quarterly: { months: 3 },
};
/** More than any series that the settings can allow. */
const MOST = 4_000;

/** The days of a series (TCH-03). A day that a month lacks is its last one, and the next month has the day again. */
export function occurrenceDays(first: string, cadence: MeetingCadence, until: string): readonly string[] {
  const step = STEPS[cadence];
  const begin = dayOf(first);
  const days: string[] = [];
  for (let at = 0; at < MOST; at += 1) {
    const day = 'days' in step ? dateOf(begin + at * step.days) : addMonths(first, at * step.months);
    if (day > until) break;
    days.push(day);
  }
  return days;
}

const DAY = 86_400_000;

/** The day of an instant on the clock of a zone. */
export function localDay(instant: string, timeZone: string): string {
  return new Date(wallTime(Date.parse(instant), timeZone)).toISOString().slice(0, 10);
}

type Times = Pick<SeriesTimes, 'startsAt' | 'endsAt' | 'timeZone'>;

/** Puts a meeting on any day: the same time on the clock of its zone, the same length. */
function placer({ startsAt, endsAt, timeZone }: Times): (day: string) => Occurrence {
  const start = Date.parse(startsAt);
  const length = Date.parse(endsAt) - start;
  const clock = wallTime(start, timeZone);
  const timeOfDay = clock - Math.floor(clock / DAY) * DAY;
  return (day) => {
    const moved = instantOfWall(dayOf(day) * DAY + timeOfDay, timeZone);
    return { day, startsAt: new Date(moved).toISOString(), endsAt: new Date(moved + length).toISOString() };
  };
}

/** The same meeting on another day: the same time on the clock of its zone, the same length. */
export function onDay(times: Times, day: string): Occurrence {
  return placer(times)(day);
}

/** Every meeting of a series: a meeting at 09:00 stays at 09:00 on its zone's clock when the clocks change (TCH-03). */
export function expandSeries(series: SeriesTimes): readonly Occurrence[] {
  const { startsAt, timeZone, cadence, repeatUntil } = series;
  return occurrenceDays(localDay(startsAt, timeZone), cadence, repeatUntil).map(placer(series));
}

/** The series' rule as RFC 5545 writes it, without its end. */
export function ruleOf(cadence: MeetingCadence, first: string): string {
  const step = STEPS[cadence];
  if ('days' in step) return step.days === 1 ? 'FREQ=DAILY' : `FREQ=WEEKLY${step.days === 7 ? '' : `;INTERVAL=${step.days / 7}`}`;
  const interval = step.months === 1 ? '' : `;INTERVAL=${step.months}`;
  const day = Number(first.slice(8));
  // the last day of the month at the latest: the latest of the days from the 28th on that the month has
  const days = day > 28 ? `;BYMONTHDAY=${[28, 29, 30, 31].filter((each) => each <= day).join(',')};BYSETPOS=-1` : '';
  return `FREQ=MONTHLY${interval}${days}`;
}
