import { daysInMonth } from '../../util/calendar-days.ts';

/** How the parts of a date follow one another; the same as `DATE_ORDERS` of the contract. */
export type DateOrder = 'iso' | 'dmy' | 'mdy' | 'ymd';
/** `serial`: days as spreadsheets count them; `seconds`, `milliseconds`: since 1970. Whole columns only. */
export type DateForm = DateOrder | 'serial' | 'seconds' | 'milliseconds';

/** A date with its time of day, if it has one; `offset` in minutes east of UTC where the text names a zone. */
export type DateParts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Milliseconds into the day; undefined where there is no time. */
  readonly time?: number;
  readonly offset?: number;
};

const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    ['jan', 'january', 'januar', 'janvier', 'enero', 'gennaio'],
    ['feb', 'february', 'februar', 'février', 'fevrier', 'febrero', 'febbraio'],
    ['mar', 'march', 'märz', 'maerz', 'mrz', 'mär', 'mars', 'marzo'],
    ['apr', 'april', 'avril', 'abril', 'aprile'],
    ['may', 'mai', 'mayo', 'maggio'],
    ['jun', 'june', 'juni', 'juin', 'junio', 'giugno'],
    ['jul', 'july', 'juli', 'juillet', 'julio', 'luglio'],
    ['aug', 'august', 'août', 'aout', 'agosto'],
    ['sep', 'sept', 'september', 'septembre', 'septiembre', 'settembre'],
    ['oct', 'october', 'okt', 'oktober', 'octobre', 'octubre', 'ottobre'],
    ['nov', 'november', 'novembre', 'noviembre'],
    ['dec', 'december', 'dez', 'dezember', 'décembre', 'decembre', 'diciembre', 'dicembre'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

const REST = String.raw`(?:[T\s,]+(.*))?$`;
const WEEKDAY = String.raw`^(?:\p{L}{2,9}[.,]*\s+)?`;
const NUMERIC = new RegExp(String.raw`${WEEKDAY}(\d{1,4})([-/.\s]|\.\s)(\d{1,2})\2(\d{1,4})${REST}`, 'u');
const WORDED = new RegExp(
  String.raw`${WEEKDAY}(\d{1,2})(?:st|nd|rd|th|\.)?[-\s/.]*(?:of\s+)?(\p{L}{3,10})[-\s/.,]+(\d{4}|\d{2})${REST}`,
  'u',
);
const WORD_FIRST = new RegExp(
  String.raw`^(?:\p{L}{2,9}[.,]+\s*)?(\p{L}{3,10})[-\s/.,]+(\d{1,2})(?:st|nd|rd|th)?[-\s/.,]+(\d{4}|\d{2})${REST}`,
  'u',
);
const YEAR_WORD = new RegExp(String.raw`^(\d{4})[-\s/.]+(\p{L}{3,10})[-\s/.]+(\d{1,2})${REST}`, 'u');
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2}:?\d{2}.*))?$/;
const TIME =
  /^(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?m?\.?\s*(z|utc|gmt|[-+]\d{2}:?\d{2}|[-+]\d{2})?(?:\s*\(?[a-z]{2,5}\)?)?$/i;

/** A century for a year of two digits: 00–69 is 2000–2069, the others 1970–1999. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

type Clock = { readonly time?: number; readonly offset?: number };

function clockOf(text: string | undefined): Clock | undefined {
  if (text === undefined || text.trim() === '') return {};
  const match = TIME.exec(text.trim());
  if (match === null || (match[2] === undefined && match[5] === undefined)) return undefined;
  const half = match[5]?.toLowerCase();
  let hour = Number(match[1]);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const minute = Number(match[2] ?? 0);
  const second = Number(match[3] ?? 0);
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return undefined;
  const fraction = Math.trunc(Number(`0.${match[4] ?? '0'}`) * 1000);
  const time = ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + fraction;
  const zone = match[6];
  if (zone === undefined) return { time };
  const digits = /^([-+])(\d{2}):?(\d{2})?$/.exec(zone);
  if (digits === null) return { time, offset: 0 };
  return { time, offset: (digits[1] === '-' ? -1 : 1) * (Number(digits[2]) * 60 + Number(digits[3] ?? 0)) };
}

function made(year: number, month: number, day: number, rest: string | undefined): DateParts | undefined {
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const clock = clockOf(rest);
  return clock === undefined ? undefined : { year, month, day, ...clock };
}

/** A date whose month is a word; its order is plain to see. */
function worded(text: string): DateParts | undefined {
  const monthOf = (word: string | undefined) => MONTHS.get((word ?? '').toLowerCase()) ?? 0;
  const day = WORDED.exec(text);
  if (day !== null) return made(fullYear(day[3] ?? ''), monthOf(day[2]), Number(day[1]), day[4]);
  const month = WORD_FIRST.exec(text);
  if (month !== null) return made(fullYear(month[3] ?? ''), monthOf(month[1]), Number(month[2]), month[4]);
  const year = YEAR_WORD.exec(text);
  return year === null ? undefined : made(Number(year[1]), monthOf(year[2]), Number(year[3]), year[4]);
}

/**
 * Reads a date written in the given order, with or without a time (`2020-12-30 3:15:52`, `30.12.20`, `Dec 30, 2020 3 pm`).
 * A month in words is read in every order but `iso`. Undefined where the text is no such date: nothing is guessed.
 */
export function readDate(text: string, order: DateOrder): DateParts | undefined {
  const trimmed = text.trim();
  if (trimmed.length < 6 || trimmed.length > 60) return undefined;
  if (order === 'ymd' || (order === 'iso' && trimmed.includes('T'))) {
    const compact = COMPACT.exec(trimmed);
    if (compact !== null)
      return made(
        Number(compact[1]),
        Number(compact[2]),
        Number(compact[3]),
        compact[4]?.replace(/^(\d{2})(\d{2})(?=\D|\d{2}|$)(\d{2})?/, (_, hour: string, minute: string, second?: string) =>
          [hour, minute, second ?? '00'].join(':'),
        ),
      );
  }
  const match = NUMERIC.exec(trimmed);
  if (match === null) return order === 'iso' ? undefined : worded(trimmed);
  const [, first = '', separator = '', middle = '', last = '', rest] = match;
  if (order === 'iso' || order === 'ymd') {
    if (first.length !== 4 || last.length > 2 || (order === 'iso' && separator !== '-')) return undefined;
    return made(Number(first), Number(middle), Number(last), rest);
  }
  if (first.length > 2 || (last.length !== 4 && last.length !== 2)) return undefined;
  const [day, month] = order === 'dmy' ? [first, middle] : [middle, first];
  return made(fullYear(last), Number(month), Number(day), rest);
}

const SERIAL = /^\d{5}(?:[.,]\d+)?$/;

/** Reads a date in any form, see {@link readDate}; serials are those of the 1900 count. */
export function readDateIn(text: string, form: DateForm): DateParts | undefined {
  if (form !== 'serial' && form !== 'seconds' && form !== 'milliseconds') return readDate(text, form);
  const number = Number(text.trim().replace(',', '.'));
  if (!Number.isFinite(number) || text.trim() === '') return undefined;
  if (form === 'serial') {
    if (number < 1 || number >= 2_958_466) return undefined;
    const milliseconds = Math.round((number - 25_569) * 86_400) * 1000;
    return partsOf(milliseconds, Number.isInteger(number) ? undefined : 'time');
  }
  return partsOf(form === 'seconds' ? number * 1000 : number, 'zone');
}

function partsOf(milliseconds: number, keep: 'time' | 'zone' | undefined): DateParts | undefined {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return undefined;
  const parts = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  if (keep === undefined) return parts;
  const time = ((milliseconds % 86_400_000) + 86_400_000) % 86_400_000;
  return keep === 'time' ? { ...parts, time } : { ...parts, time, offset: 0 };
}

export type DateChoice = {
  readonly form: DateForm;
  /** Orders that as many values allow as the chosen one; more than one: the values do not decide, a person does. */
  readonly orders: readonly DateOrder[];
  /** Rows whose value is a date in the chosen form, and rows with any value. */
  readonly valid: number;
  readonly filled: number;
  /** A value that two orders read differently. */
  readonly ambiguous?: string;
};

const ORDERS: readonly DateOrder[] = ['iso', 'ymd', 'dmy', 'mdy'];
const sameDay = (a: DateParts, b: DateParts) => a.year === b.year && a.month === b.month && a.day === b.day;

const PLAIN_ISO = /^\d{4}-\d{2}-\d{2}(?:$|[T\s])/;

/** Looks at the values of a column one after the other; see {@link chooseDateForm}. */
export type DateChooser = {
  readonly add: (value: string, count: number) => void;
  readonly choose: (prefer?: readonly DateOrder[]) => DateChoice;
};

/** Begins to choose the form of a column's dates. */
export function startDateChoice(): DateChooser {
  const valid: Record<DateOrder, number> = { iso: 0, ymd: 0, dmy: 0, mdy: 0 };
  const numbers = { serial: 0, seconds: 0, milliseconds: 0 };
  let filled = 0;
  let ambiguous: string | undefined;
  return {
    add: (value, count) => {
      filled += count;
      const text = value.trim();
      if (PLAIN_ISO.test(text)) {
        // nothing but a year can stand first here, so the other orders need not be tried
        if (readDate(text, 'iso') === undefined) return;
        valid.iso += count;
        valid.ymd += count;
        return;
      }
      if (SERIAL.test(text) && Number(text.replace(',', '.')) >= 18_000 && Number(text.replace(',', '.')) < 80_000) numbers.serial += count;
      else if (/^[01]\d{9}$/.test(text)) numbers.seconds += count;
      else if (/^[01]\d{12}$/.test(text)) numbers.milliseconds += count;
      for (const order of ['iso', 'ymd'] as const) if (readDate(text, order) !== undefined) valid[order] += count;
      const [dmy, mdy] = [readDate(text, 'dmy'), readDate(text, 'mdy')];
      if (dmy !== undefined) valid.dmy += count;
      if (mdy !== undefined) valid.mdy += count;
      if (dmy !== undefined && mdy !== undefined && !sameDay(dmy, mdy)) ambiguous ??= text;
    },
    choose: (prefer = []) => {
      const most = Math.max(...Object.values(valid));
      for (const form of ['serial', 'seconds', 'milliseconds'] as const)
        if (numbers[form] > most) return { form, orders: [], valid: numbers[form], filled };
      const orders = ORDERS.filter((order) => valid[order] === most && most > 0);
      const apart = orders.includes('dmy') && orders.includes('mdy') && ambiguous !== undefined;
      // iso is a stricter ymd: where both fit there is nothing to choose
      const shown = orders.includes('iso') ? orders.filter((order) => order !== 'ymd') : orders;
      const form = prefer.find((order) => shown.includes(order)) ?? shown[0] ?? 'iso';
      return { form, orders: shown, valid: most, filled, ...(apart && ambiguous !== undefined ? { ambiguous } : {}) };
    },
  };
}

/**
 * Chooses how a whole column writes its dates: the one form that most rows allow, never a mixture. Where several allow equally
 * many, `prefer` (what the other columns of the set are written in, or the locale) decides, and `orders` names them all.
 */
export function chooseDateForm(
  values: readonly { readonly value: string; readonly count: number }[],
  prefer: readonly DateOrder[] = [],
): DateChoice {
  const chooser = startDateChoice();
  for (const { value, count } of values) chooser.add(value, count);
  return chooser.choose(prefer);
}

const two = (value: number) => String(value).padStart(2, '0');

/** The calendar date as `YYYY-MM-DD`; a text that names a zone counts by its own day. */
export function plainDateOf(parts: DateParts): string {
  return `${String(parts.year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}`;
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** How far the wall clock of a zone is ahead of UTC at an instant, in milliseconds. */
function aheadOf(zone: string, instant: number): number {
  let format = zones.get(zone);
  if (format === undefined) {
    const digits = 'numeric';
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: digits,
      month: digits,
      day: digits,
      hour: digits,
      minute: digits,
      second: digits,
    });
    zones.set(zone, format);
  }
  const at: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) at[type] = Number(value);
  const wall = Date.UTC(at['year'] ?? 1970, (at['month'] ?? 1) - 1, at['day'] ?? 1, at['hour'] ?? 0, at['minute'] ?? 0, at['second'] ?? 0);
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant as UTC ISO. A text without a zone is meant in `zone` (IANA); without a time it is the beginning of the day there.
 * A time that a clock change skips becomes the moment after it.
 */
export function instantOf(parts: DateParts, zone: string): string {
  const local = Date.UTC(parts.year, parts.month - 1, parts.day) + (parts.time ?? 0);
  if (parts.offset !== undefined) return new Date(local - parts.offset * 60_000).toISOString();
  if (zone === 'UTC') return new Date(local).toISOString();
  const guess = local - aheadOf(zone, local);
  return new Date(local - aheadOf(zone, guess)).toISOString();
}
