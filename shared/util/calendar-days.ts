import { AppError } from '../errors/app-error.ts';

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Days since 1970-01-01 of a proleptic Gregorian date; months 1–12, any integer year. */
function dayOfParts(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days of a month; month 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the text is a real calendar date written `YYYY-MM-DD`, and nothing else. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(text.slice(0, 4)), month);
}

/** Days up to here (the year 2189) are written once each, and so many are read once: lists and figures meet the same days again and again. */
const KEPT_DAYS = 80_000;
const readDays = new Map<string, number>();

/** Whole days from 1970-01-01 to the date `YYYY-MM-DD`. Throws AppError `validation` where it is no real date. */
export function dayOf(date: string): number {
  const known = readDays.get(date);
  if (known !== undefined) return known;
  if (!isDate(date)) throw new AppError('validation', `“${date.slice(0, 40)}” is not a date. Write it as YYYY-MM-DD.`);
  const day = dayOfParts(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)));
  if (readDays.size < KEPT_DAYS) readDays.set(date, day);
  return day;
}

const written: string[] = [];

/** The date `YYYY-MM-DD` of a whole number of days since 1970-01-01; years 0000–9999. Throws AppError `validation` outside them. */
export function dateOf(day: number): string {
  const known = written[day];
  if (known !== undefined) return known;
  const iso = Number.isInteger(day) && Math.abs(day) < 3_000_000 ? new Date(day * DAY_MS).toISOString() : '';
  if (!DATE.test(iso.slice(0, 10)) || iso.length !== 24)
    throw new AppError('validation', `Day ${day} lies outside the years 0000 to 9999.`);
  const date = iso.slice(0, 10);
  if (day >= 0 && day < KEPT_DAYS) written[day] = date;
  return date;
}

/** The date that lies `days` later (earlier where negative). */
export function addDays(date: string, days: number): string {
  return dateOf(dayOf(date) + days);
}

/** Whole days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayOf(to) - dayOf(from);
}

/** The same day some months later; a day that the month lacks becomes its last one (31 January + 1 → 28 or 29 February). */
export function addMonths(date: string, months: number): string {
  const day = dayOf(date);
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const wanted = Number(date.slice(8));
  return months === 0 ? dateOf(day) : dateOf(dayOfParts(year, month, Math.min(wanted, daysInMonth(year, month))));
}

/** Monday 0 … Sunday 6 of an epoch day. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The Monday that begins the ISO week of the date. */
export function mondayOf(date: string): string {
  const day = dayOf(date);
  return dateOf(day - weekdayOf(day));
}

export type IsoWeek = { readonly year: number; readonly week: number };

/** ISO 8601 week of the date: week 1 holds the year's first Thursday. */
export function isoWeekOf(date: string): IsoWeek {
  const day = dayOf(date);
  const thursday = day - weekdayOf(day) + 3;
  const year = Number(dateOf(thursday).slice(0, 4));
  return { year, week: 1 + Math.floor((thursday - dayOfParts(year, 1, 1)) / 7) };
}

type ZoneDays = { readonly format: Intl.DateTimeFormat; readonly known: Map<string, string> };
const zones = new Map<string, ZoneDays>();
/** Meetings share their hours: so many instants of a zone are remembered. */
const KEPT_INSTANTS = 20_000;

/** Whether an IANA time zone is known here. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The calendar day of an instant (UTC ISO) in a time zone. Throws AppError `validation` where either is not valid. */
export function dateOfInstant(instant: string, timeZone = 'UTC'): string {
  const known = timeZone === 'UTC' ? undefined : zones.get(timeZone)?.known.get(instant);
  if (known !== undefined) return known;
  const time = Date.parse(instant);
  if (Number.isNaN(time)) throw new AppError('validation', `“${instant.slice(0, 40)}” is not a point in time.`);
  if (timeZone === 'UTC') return new Date(time).toISOString().slice(0, 10);
  let zone = zones.get(timeZone);
  if (!zone) {
    if (!isTimeZone(timeZone))
      throw new AppError('validation', `The time zone “${timeZone}” is not known. Use a name such as Europe/Vienna.`);
    // en-CA writes YYYY-MM-DD
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory' });
    zone = { format, known: new Map() };
    zones.set(timeZone, zone);
  }
  const day = zone.format.format(time);
  if (zone.known.size < KEPT_INSTANTS) zone.known.set(instant, day);
  return day;
}
