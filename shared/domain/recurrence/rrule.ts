import { RRuleTemporal } from 'rrule-temporal';
import { AppError } from '../../errors/app-error.ts';
import { instantOfWall } from '../../util/zoned-time.ts';
import { isoWeekOf } from '../../util/calendar-days.ts';

export type RuleInput = {
  /** `FREQ=WEEKLY;BYDAY=TU`, without `RRULE:`. */
  readonly rule: string;
  /** First meeting on the clock of the zone, `20250131T090000`; a day alone is its midnight. */
  readonly start: string;
  /** IANA zone; `UTC` where the start is in UTC. */
  readonly timeZone: string;
  /** At most so many. */
  readonly limit: number;
};

// a hostile rule that matches nothing must end
const MOST_PERIODS = 20_000;
const MOST_CANDIDATES = 500_000;
const STAMP = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?Z?$/;
const DAYS_OF_WEEK = 7;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

const unusable = (rule: string, why: string): AppError =>
  new AppError('file', `The repetition “${rule.slice(0, 120)}” cannot be used: ${why}.`, { rule: 'TCH-09' });

/** A stamp of iCalendar as milliseconds on the clock. Throws AppError `file`. */
export function clockOf(stamp: string, rule = ''): number {
  const parts = STAMP.exec(stamp);
  const time = parts && Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4] ?? '00'}:${parts[5] ?? '00'}:${parts[6] ?? '00'}Z`);
  if (time === null || Number.isNaN(time)) throw unusable(rule, `“${stamp.slice(0, 30)}” is no date`);
  return time;
}

const stampOf = (clock: number): string => `${new Date(clock).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

function partsOf(rule: string): Map<string, string> {
  return new Map(
    rule
      .split(';')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', value = ''] = part.split('=');
        return [name.trim().toUpperCase(), value.trim()];
      }),
  );
}

/** Clock times of a rule from a start on, at most so many. */
function clocks(parts: ReadonlyMap<string, string>, start: number, limit: number): number[] {
  const text = Array.from(parts, ([name, value]) => `${name}=${value}`).join(';');
  const found: number[] = [];
  if (limit <= 0) return found;
  new RRuleTemporal({
    rruleString: `DTSTART:${stampOf(start)}\nRRULE:${text}`,
    maxIterations: MOST_PERIODS,
    maxCandidateEvaluations: MOST_CANDIDATES,
    cache: false,
  }).all((one) => {
    if (found.length < limit) found.push(one.epochMilliseconds);
    return found.length < limit;
  });
  return found;
}

/**
 * The library takes the weeks of a year to begin in it. What a start in the first days of January has of the last week of the year
 * before is found by beginning on 31 December.
 */
function inLastWeekOfYearBefore(parts: ReadonlyMap<string, string>, start: number): number[] {
  const date = new Date(start).toISOString().slice(0, 10);
  const year = Number(date.slice(0, 4));
  if (parts.get('FREQ') !== 'YEARLY' || !parts.has('BYWEEKNO') || isoWeekOf(date).year >= year) return [];
  const more = new Map([...parts].filter(([name]) => name !== 'COUNT'));
  if (!more.has('BYDAY')) more.set('BYDAY', WEEKDAYS[new Date(start).getUTCDay()] ?? 'MO');
  const from = Date.parse(`${year - 1}-12-31T${new Date(start).toISOString().slice(11)}`);
  return clocks(more, from, DAYS_OF_WEEK).filter((clock) => clock >= start && clock < Date.parse(`${year}-01-04T00:00:00Z`));
}

/**
 * The meetings of an iCalendar rule as UTC instants, in order (TCH-09). The rule is expanded on the clock of the zone, where 09:00 stays 09:00,
 * and each time is then looked up in the zone. Throws AppError `file` for what is no rule, or one that asks for too much.
 */
export function expandRule({ rule, start, timeZone, limit }: RuleInput): readonly string[] {
  const parts = partsOf(rule);
  const first = clockOf(start, rule);
  const until = parts.get('UNTIL');
  // UNTIL is on the clock of the start, or in UTC, which is earlier or later by the zone's offset
  if (until !== undefined) {
    const end = clockOf(until, rule);
    const onClock = until.endsWith('Z') && timeZone !== 'UTC' ? end + (first - instantOfWall(first, timeZone)) : end;
    parts.set('UNTIL', stampOf(until.length === 8 ? onClock + 86_399_000 : onClock));
  }
  const count = Number(parts.get('COUNT') ?? limit);
  try {
    const early = inLastWeekOfYearBefore(parts, first);
    return [...early, ...clocks(parts, first, Math.min(limit, count) - early.length)]
      .slice(0, limit)
      .map((clock) => new Date(instantOfWall(clock, timeZone)).toISOString());
  } catch {
    throw unusable(rule, 'it does not follow the standard, or asks for too much');
  }
}
