import { instantToLocal } from '../../util/zoned-time.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

function dayWords(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  return `${DAYS[at.getUTCDay()] ?? ''}, ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()}`;
}

/** When a meeting is, on the clock of a zone, for people who read it anywhere: `Thursday, 12 June 2025, 11:00–12:00 (Europe/Vienna)`. */
export function meetingTimeWords({ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string }, timeZone: string): string {
  const [from, to] = [instantToLocal(startsAt, timeZone), instantToLocal(endsAt, timeZone)];
  const end = from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : `${dayWords(to.slice(0, 10))}, ${to.slice(11)}`;
  return `${dayWords(from.slice(0, 10))}, ${from.slice(11)}–${end} (${timeZone})`;
}
