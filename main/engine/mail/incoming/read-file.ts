import { readCalendar, type CalendarEntry } from '#shared/domain/calendar/read-calendar.ts';
import { readMail, type ReadMail } from './read-mail.ts';

/** A dropped file, read: a mail with what its calendar parts say, or a calendar file. */
export type ReadIncoming = {
  readonly mail: ReadMail | undefined;
  readonly entries: readonly CalendarEntry[];
  readonly calendar: string | undefined;
};

const looksLikeCalendar = (name: string, bytes: Uint8Array): boolean =>
  /\.ics$/i.test(name) || /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(new TextDecoder().decode(bytes.subarray(0, 200)));

/** A mail may say the same twice, once for programs and once as a file: each entry is taken once, as its newest version. */
function newestOf(entries: readonly CalendarEntry[]): readonly CalendarEntry[] {
  const byUid = new Map<string, CalendarEntry>();
  for (const entry of entries) {
    const before = byUid.get(entry.uid);
    if (before === undefined || entry.sequence > before.sequence) byUid.set(entry.uid, entry);
  }
  return [...byUid.values()];
}

function readParts(calendars: readonly string[]): readonly CalendarEntry[] {
  return calendars.flatMap((text) => {
    try {
      return readCalendar(text);
    } catch {
      // the mail is worth having without what it adds
      return [];
    }
  });
}

/** Reads a mail or a calendar file. Throws AppError `file` or `limit`. */
export async function readIncoming(name: string, bytes: Uint8Array): Promise<ReadIncoming> {
  if (looksLikeCalendar(name, bytes)) {
    const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '');
    return { mail: undefined, entries: newestOf(readCalendar(text)), calendar: text };
  }
  const mail = await readMail(bytes);
  return { mail, entries: newestOf(readParts(mail.calendars)), calendar: mail.calendars[0] };
}
