import type { Money } from '#shared/model/field.ts';
import { daysBetween } from '#shared/util/calendar-days.ts';
import { minorDigits } from '#shared/util/currencies.ts';

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions, locale?: string): Intl.NumberFormat {
  const key = `n${locale ?? ''}${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known instanceof Intl.NumberFormat) return known;
  const made = new Intl.NumberFormat(locale, options);
  cache.set(key, made);
  return made;
}

function dateFormat(options: Intl.DateTimeFormatOptions, locale?: string): Intl.DateTimeFormat {
  const key = `d${locale ?? ''}${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known instanceof Intl.DateTimeFormat) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  cache.set(key, made);
  return made;
}

/** A real minus: the hyphen of most locales is too short to be seen in a column. */
const withMinus = (text: string) => text.replace(/^-/, '−');

/** A number as the user's locale writes it, with at most `digits` decimals. */
export function formatNumber(value: number, digits = 2, locale?: string): string {
  return withMinus(numberFormat({ maximumFractionDigits: digits }, locale).format(value));
}

/** A number with exactly `digits` decimals, for columns that must line up. */
export function formatFixed(value: number, digits: number, locale?: string): string {
  return withMinus(numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }, locale).format(value));
}

const DIGITS = { integer: 0, percent: 1, number: 2 } as const;

/**
 * A figure as its kind of field is read: percentages to one decimal, other numbers to two. One that would then read as 0 keeps its
 * first two digits.
 */
export function formatFigure(value: number, kind: keyof typeof DIGITS, locale?: string): string {
  const digits = DIGITS[kind];
  const options: Intl.NumberFormatOptions =
    value !== 0 && Math.abs(value) < 10 ** -digits ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: digits };
  return withMinus(numberFormat(options, locale).format(value));
}

/** A difference with its sign always shown. */
export function formatChange(value: number, digits = 1, locale?: string): string {
  return withMinus(numberFormat({ maximumFractionDigits: digits, signDisplay: 'exceptZero' }, locale).format(value));
}

/** Money as people read it. `short` gives "$1.2M" for tight columns; whole units elsewhere drop empty cents. */
export function formatMoney(money: Money, short = false, locale?: string): string {
  const digits = minorDigits(money.currency);
  const value = money.amount / 10 ** digits;
  const options: Intl.NumberFormatOptions = short
    ? { notation: 'compact', maximumSignificantDigits: 3 }
    : { minimumFractionDigits: Number.isInteger(value) ? 0 : digits, maximumFractionDigits: digits };
  try {
    return numberFormat({ style: 'currency', currency: money.currency, ...options }, locale).format(value);
  } catch {
    // a code that Intl does not accept
    return `${numberFormat(options, locale).format(value)} ${money.currency}`;
  }
}

/** A sum by currency, "$1.2M + €300K"; an em dash where there is none. */
export function formatMoneySum(sum: readonly Money[], short = false, locale?: string): string {
  if (sum.length === 0) return '—';
  return sum.map((money) => formatMoney(money, short, locale)).join(' + ');
}

/** A plain date in the user's locale; the year is always said. */
export function formatDate(date: string, locale?: string): string {
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return date;
  return dateFormat({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }, locale).format(parsed);
}

/** A plain date without its year, for the axes of charts. */
export function formatDayMonth(date: string, locale?: string): string {
  return dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' }, locale).format(new Date(`${date}T00:00:00Z`));
}

/** A month such as `2025-03`. */
export function formatMonth(month: string, locale?: string): string {
  const parsed = new Date(`${month}-01T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) ? month : dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' }, locale).format(parsed);
}

/** An instant in the workspace's time zone. */
export function formatInstant(instant: string, timeZone: string, locale?: string): string {
  const parsed = new Date(instant);
  if (Number.isNaN(parsed.getTime())) return instant;
  return dateFormat({ dateStyle: 'medium', timeStyle: 'short', timeZone }, locale).format(parsed);
}

/** The time of an instant in the workspace's time zone, where the day is said elsewhere. */
export function formatTime(instant: string, timeZone: string, locale?: string): string {
  const parsed = new Date(instant);
  return Number.isNaN(parsed.getTime()) ? instant : dateFormat({ timeStyle: 'short', timeZone }, locale).format(parsed);
}

/** "today", "tomorrow", "in 12 days", "3 weeks ago": how far a date is from the day that counts as today. */
export function formatDistance(date: string, today: string, locale?: string): string {
  const days = daysBetween(today, date);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (Math.abs(days) < 60) return relative.format(days, 'day');
  if (Math.abs(days) < 730) return relative.format(Math.round(days / 30.44), 'month');
  return relative.format(Math.round(days / 365.25), 'year');
}

export function formatBytes(bytes: number, locale?: string): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${formatNumber(bytes / 1000 ** step, step === 0 ? 0 : 1, locale)} ${units[step] ?? 'B'}`;
}

/** "1 risk", "12 risks": the count is in the user's figures. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count, 0)} ${count === 1 ? one : many}`;
}
