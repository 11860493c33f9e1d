import { dayOf, weekdayOf } from '../../util/calendar-days.ts';
import { instantOfWall, instantToLocal } from '../../util/zoned-time.ts';

/** A stretch of time, in milliseconds since 1970. */
export type Busy = { readonly from: number; readonly to: number };

/** Working hours on anyone's clock, as `HH:MM`: the first before the last. */
export type WorkingHours = { readonly begins: string; readonly ends: string };

const MINUTE = 60_000;
const STEP = 30 * MINUTE;
const WORKDAYS = 5;

/** Whether a stretch lies within one working day of a zone. */
function isWorkingTime(from: number, to: number, timeZone: string, { begins, ends }: WorkingHours): boolean {
  const [day = '', time = ''] = instantToLocal(new Date(from).toISOString(), timeZone).split(' ');
  const [endDay = '', end = ''] = instantToLocal(new Date(to).toISOString(), timeZone).split(' ');
  return day === endDay && weekdayOf(dayOf(day)) < WORKDAYS && time >= begins && end <= ends;
}

/**
 * The first free stretch of so many minutes on a day, within the working hours of everyone who takes part (TCH-06). The day is that of the first
 * zone. Undefined where their hours do not meet, or all of them are taken. Answers milliseconds since 1970.
 */
export function freeSlot(
  day: string,
  zones: readonly string[],
  busy: readonly Busy[],
  minutes: number,
  hours: WorkingHours,
): number | undefined {
  const [own = 'UTC', ...others] = zones;
  const end = Date.parse(`${day}T${hours.ends}:00Z`);
  for (let wall = Date.parse(`${day}T${hours.begins}:00Z`); wall + minutes * MINUTE <= end; wall += STEP) {
    const from = instantOfWall(wall, own);
    const to = from + minutes * MINUTE;
    if (busy.some((taken) => taken.from < to && from < taken.to)) continue;
    if (others.every((zone) => isWorkingTime(from, to, zone, hours))) return from;
  }
  return undefined;
}

const HOURS = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Reads working hours such as `09:00-17:00`; undefined where the text names none, or they end before they begin. */
export function readWorkingHours(text: string): WorkingHours | undefined {
  const [, begins = '', ends = ''] = HOURS.exec(text) ?? [];
  return begins < ends ? { begins, ends } : undefined;
}
