import { dayOf, weekdayOf } from '../../util/calendar-days.ts';
import { instantOfWall, instantToLocal } from '../../util/zoned-time.ts';

/** A stretch of time, in milliseconds since 1970. */
export type Busy = { readonly from: number; readonly to: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Working hours on anyone's clock. */
const BEGINS = 9;
const ENDS = 17;
const STEP = 30 * MINUTE;
const WORKDAYS = 5;

/** Whether a stretch lies within one working day of a zone. */
function isWorkingTime(from: number, to: number, timeZone: string): boolean {
  const [day = '', time = ''] = instantToLocal(new Date(from).toISOString(), timeZone).split(' ');
  const [endDay = '', end = ''] = instantToLocal(new Date(to).toISOString(), timeZone).split(' ');
  return day === endDay && weekdayOf(dayOf(day)) < WORKDAYS && time >= '09:00' && end <= `${ENDS}:00`;
}

/**
 * The first free stretch of so many minutes on a day, within the working hours of everyone who takes part (TCH-06). The day is that of the first
 * zone. Undefined where their hours do not meet, or all of them are taken. Answers milliseconds since 1970.
 */
export function freeSlot(day: string, zones: readonly string[], busy: readonly Busy[], minutes: number): number | undefined {
  const [own = 'UTC', ...others] = zones;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  for (let wall = midnight + BEGINS * HOUR; wall + minutes * MINUTE <= midnight + ENDS * HOUR; wall += STEP) {
    const from = instantOfWall(wall, own);
    const to = from + minutes * MINUTE;
    if (busy.some((taken) => taken.from < to && from < taken.to)) continue;
    if (others.every((zone) => isWorkingTime(from, to, zone))) return from;
  }
  return undefined;
}
