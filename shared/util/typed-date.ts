import { addDays, addMonths } from './calendar-days.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WORDS: Readonly<Record<string, number>> = { t: 0, today: 0, tomorrow: 1, yesterday: -1 };
const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7 };

const utc = (date: string) => new Date(`${date}T00:00:00Z`);
const plain = (date: Date) => date.toISOString().slice(0, 10);

function ymd(year: number, month: number, day: number): string | undefined {
  const full = year < 100 ? 2000 + year : year;
  const date = new Date(Date.UTC(full, month - 1, day));
  const exact = date.getUTCFullYear() === full && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exact && full >= 1900 && full <= 2200 ? plain(date) : undefined;
}

/** Whether the locale writes the day before the month. */
function dayFirst(locale?: string): boolean {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(Date.UTC(2024, 11, 31)));
  return parts.findIndex((part) => part.type === 'day') < parts.findIndex((part) => part.type === 'month');
}

function fromOffset(text: string, today: string): string | undefined {
  const match = /^([+-]?)(\d{1,4})([dwmy]?)$/.exec(text);
  if (!match || (match[1] === '' && match[3] === '')) return undefined;
  const amount = Number(match[2]) * (match[1] === '-' ? -1 : 1);
  const unit = match[3] ?? '';
  if (unit === 'm') return addMonths(today, amount);
  if (unit === 'y') return addMonths(today, amount * 12);
  return addDays(today, amount * (UNITS[unit] ?? 1));
}

function fromWeekday(text: string, today: string): string | undefined {
  const day = DAYS.findIndex((name) => text.startsWith(name) && /^(day|sday|nesday|rsday|urday)?$/.test(text.slice(3)));
  if (day < 0) return undefined;
  const ahead = (day - utc(today).getUTCDay() + 7) % 7;
  return addDays(today, ahead === 0 ? 7 : ahead);
}

function fromFigures(text: string, today: string, locale?: string): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return ymd(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?\.?$/.exec(text);
  if (!local) return undefined;
  const year = local[3] === undefined ? utc(today).getUTCFullYear() : Number(local[3]);
  const [first, second] = [Number(local[1]), Number(local[2])];
  return dayFirst(locale) ? ymd(year, second, first) : ymd(year, first, second);
}

function fromMonthName(text: string, today: string): string | undefined {
  const words = text.split(/[\s,.]+/).filter((word) => word !== '');
  const month = words.findIndex((word) => MONTHS.includes(word.slice(0, 3)) && /^[a-z]+$/.test(word));
  const figures = words.filter((word) => /^\d+$/.test(word)).map(Number);
  const name = words[month];
  if (name === undefined || words.length - figures.length !== 1 || figures.length === 0 || figures.length > 2) return undefined;
  const long = figures.find((figure) => figure > 31);
  const day = figures.find((figure) => figure !== long);
  return day === undefined ? undefined : ymd(long ?? utc(today).getUTCFullYear(), MONTHS.indexOf(name.slice(0, 3)) + 1, day);
}

/**
 * What a person means by "2024-12-31", "31.12." or "12/31" (in the locale's order), "5 mar 2025", "today", "fri", "+14", "2w", "-1m".
 * Words count from `today`. Undefined where it is no date.
 */
export function parseDate(typed: string, today: string, locale?: string): string | undefined {
  const text = typed.trim().toLowerCase();
  const word = WORDS[text];
  if (word !== undefined) return addDays(today, word);
  return fromOffset(text, today) ?? fromFigures(text, today, locale) ?? fromWeekday(text, today) ?? fromMonthName(text, today);
}
