import { convertIcsCalendar, type IcsEvent } from 'ts-ics';
import { AppError } from '../../errors/app-error.ts';
import { foldAddress } from '../mail/mail-address.ts';

export const ANSWERS = { ACCEPTED: 'accepted', TENTATIVE: 'tentative', DECLINED: 'declined' } as const;
export type CalendarAnswer = (typeof ANSWERS)[keyof typeof ANSWERS];

export type CalendarGuest = { readonly name: string; readonly email: string; readonly answer: CalendarAnswer | undefined };

/** One entry of a calendar file, its times as instants. */
export type CalendarEntry = {
  readonly uid: string;
  /** What the file wants of a calendar: `REQUEST`, `REPLY`, `CANCEL`, `PUBLISH` … */
  readonly method: string;
  readonly sequence: number;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly isAllDay: boolean;
  readonly summary: string;
  readonly description: string | undefined;
  readonly location: string | undefined;
  readonly url: string | undefined;
  readonly organiser: { readonly name: string; readonly email: string } | undefined;
  readonly guests: readonly CalendarGuest[];
  readonly isCancelled: boolean;
  /** It comes again, or is one of such: only its first time, or this one, is read. */
  readonly isRepeated: boolean;
};

/** A calendar file of a person is small; what is larger is somebody's whole calendar, or an attack. */
export const CALENDAR_LIMITS = { bytes: 1_000_000, components: 3_000, entries: 1_000, text: 20_000, guests: 500 } as const;

const unreadable = (): AppError =>
  new AppError('file', 'This is not a calendar file that can be read. Export it once more from the calendar that it came from.');
const tooLarge = (): AppError =>
  new AppError('limit', 'This calendar file is too large. Export only the meetings that you need: at most 1,000, and 1 MB.');

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNIT_MS = { weeks: 7 * DAY_MS, days: DAY_MS, hours: HOUR_MS, minutes: 60_000, seconds: 1_000 } as const;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

function instantOf(date: Date | undefined): string | undefined {
  if (date === undefined || Number.isNaN(date.getTime())) return undefined;
  const year = date.getUTCFullYear();
  return year < FIRST_YEAR || year > LAST_YEAR ? undefined : date.toISOString();
}

function endOf(event: IcsEvent, startsAt: string, isAllDay: boolean): string {
  const given = 'end' in event ? instantOf(event.end?.date) : undefined;
  if (given !== undefined && given > startsAt) return given;
  const duration = 'duration' in event ? event.duration : undefined;
  const length = (Object.keys(UNIT_MS) as (keyof typeof UNIT_MS)[]) // its own keys
    .reduce((sum, unit) => sum + (duration?.[unit] ?? 0) * UNIT_MS[unit], 0);
  const lasts = length > 0 ? Math.min(length, 366 * DAY_MS) : isAllDay ? DAY_MS : HOUR_MS;
  return new Date(Date.parse(startsAt) + lasts).toISOString();
}

const addressOf = (text: string | undefined): string => foldAddress((text ?? '').replace(/^mailto:/i, ''));
const short = (text: string | undefined): string | undefined => {
  const trimmed = (text ?? '').replaceAll(/[\p{Cc}--[\n\t]]/gv, '').trim();
  return trimmed === '' ? undefined : trimmed.slice(0, CALENDAR_LIMITS.text);
};

function entryOf(event: IcsEvent, method: string): CalendarEntry | undefined {
  const startsAt = instantOf(event.start?.date);
  const uid = short(event.uid);
  if (startsAt === undefined || uid === undefined) return undefined;
  const isAllDay = event.start.type === 'DATE';
  const { organizer, attendees = [] } = event;
  return {
    uid: uid.slice(0, 200),
    method,
    sequence: Math.max(0, Math.trunc(event.sequence ?? 0)) || 0,
    startsAt,
    endsAt: endOf(event, startsAt, isAllDay),
    isAllDay,
    summary: (short(event.summary) ?? 'Untitled meeting').replaceAll(/\s+/g, ' ').slice(0, 500),
    description: short(event.description),
    location: short(event.location),
    url: short(event.url),
    organiser: organizer?.email === undefined ? undefined : { name: shownSigns(organizer.name ?? ''), email: addressOf(organizer.email) },
    guests: attendees.slice(0, CALENDAR_LIMITS.guests).map(({ name = '', email, partstat }) => ({
      name: shownSigns(name),
      email: addressOf(email),
      answer: ANSWERS[partstat as keyof typeof ANSWERS], // what is none of these answers nothing
    })),
    isCancelled: method === 'CANCEL' || event.status === 'CANCELLED',
    isRepeated: event.recurrenceRule !== undefined || event.recurrenceId !== undefined,
  };
}

const HIDDEN_SIGNS: Readonly<Record<string, string>> = { ';': '\uE000', ':': '\uE001', ',': '\uE002', '=': '\uE003' };
const SHOWN_SIGNS: Readonly<Record<string, string>> = { '\uE000': ';', '\uE001': ':', '\uE002': ',', '\uE003': '=' };
const shownSigns = (text: string): string => text.replaceAll(/[\uE000-\uE003]/g, (sign) => SHOWN_SIGNS[sign] ?? sign);

/** A line whose parameters hold signs in quotes that the library takes for the end of a parameter: they are put aside until it has read. */
function withoutQuotedSigns(line: string): string {
  let isQuoted = false;
  let written = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === '"') isQuoted = !isQuoted;
    // behind the parameters comes the value, where quotes are letters
    if (sign === ':' && !isQuoted) return written + line.slice(at);
    written += isQuoted ? (HIDDEN_SIGNS[sign] ?? sign) : sign;
  }
  return line;
}

/** Each calendar of the file by itself: a file may hold several. */
function* calendarsIn(text: string): Generator<string, void, void> {
  const end = 'END:VCALENDAR';
  for (let at = 0; at < text.length;) {
    const begin = text.indexOf('BEGIN:VCALENDAR', at);
    if (begin < 0) return;
    const stop = text.indexOf(end, begin);
    if (stop < 0) return yield `${text.slice(begin)}\r\n${end}\r\n`;
    yield `${text.slice(begin, stop)}${end}\r\n`;
    at = stop + end.length;
  }
}

/**
 * Reads a calendar file (RFC 5545): its entries with a name and a time; what else it holds is left out. Nothing in it is fetched or run.
 * Throws AppError `file` where it is none, `limit` where it is too large.
 */
export function readCalendar(text: string): readonly CalendarEntry[] {
  if (text.length > CALENDAR_LIMITS.bytes) throw tooLarge();
  // each kind of line end, as different programs write them
  const lines = text
    .replaceAll(/\r\n|\r/g, '\n')
    .replaceAll(/\n[ \t]/g, '')
    .split('\n')
    .map((line) => (line.includes('"') ? withoutQuotedSigns(line) : line))
    .join('\r\n');
  const parts = lines.match(/^BEGIN:/gim)?.length ?? 0;
  if (parts === 0) throw unreadable();
  if (parts > CALENDAR_LIMITS.components) throw tooLarge();
  const entries: CalendarEntry[] = [];
  for (const one of calendarsIn(lines)) {
    let calendar;
    try {
      calendar = convertIcsCalendar(undefined, one);
    } catch {
      throw unreadable();
    }
    const method = (calendar.method ?? 'PUBLISH').toUpperCase();
    for (const event of calendar.events ?? []) {
      const entry = entryOf(event, method);
      if (entry !== undefined) entries.push(entry);
      if (entries.length > CALENDAR_LIMITS.entries) throw tooLarge();
    }
  }
  return entries;
}
