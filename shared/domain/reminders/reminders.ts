import type { Row } from '../../model/dictionary.ts';
import { instantToLocal } from '../../util/zoned-time.ts';
import type { ReadView } from '../view.ts';

/** What a person is to be reminded of, once (TCH-10). */
export type Reminder = {
  /** Names it for ever: a meeting that is moved is another one. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  /** Where in the application it leads. */
  readonly address: string;
  /** When it should have been shown, UTC ISO. */
  readonly at: string;
};

export type ReminderWorld = {
  readonly view: ReadView;
  /** Undefined: nobody is chosen, and everything concerns whoever sits here. */
  readonly person: string | undefined;
  /** UTC ISO. */
  readonly now: string;
  readonly minutesBefore: number;
  /** `20:00-07:00` on the clock of the zone; anything else: never quiet. */
  readonly quietHours: string;
  readonly timeZone: string;
};

const MINUTE = 60_000;
/** What began longer ago is no news any more. */
const STALE = 24 * 60 * MINUTE;
const QUIET = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

const minuteOf = (hours: string | undefined, minutes: string | undefined): number => Number(hours) * 60 + Number(minutes);

/** Whether nobody is to be disturbed at an instant: from the first time to the second on the clock of the zone, over midnight if need be. */
export function isQuiet(now: string, quietHours: string, timeZone: string): boolean {
  const [, fromHour, fromMinute, toHour, toMinute] = QUIET.exec(quietHours) ?? [];
  if (fromHour === undefined) return false;
  const [hour, minute] = (instantToLocal(now, timeZone).split(' ')[1] ?? '').split(':');
  const at = minuteOf(hour, minute);
  const from = minuteOf(fromHour, fromMinute);
  const to = minuteOf(toHour, toMinute);
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

function concerns({ organiser, users }: Row<'meeting'>, person: string | undefined): boolean {
  return person === undefined || organiser === person || users?.includes(person) === true;
}

function wordsOf(meeting: Row<'meeting'>, now: number, { view, timeZone }: ReminderWorld): string {
  const starts = Date.parse(meeting.startsAt);
  const clock = instantToLocal(meeting.startsAt, timeZone).slice(11, 16);
  const minutes = Math.round((starts - now) / MINUTE);
  const when =
    now >= Date.parse(meeting.endsAt)
      ? `Was at ${clock}`
      : minutes > 0
        ? `At ${clock}, in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
        : `Since ${clock}`;
  const account = meeting.account === undefined ? undefined : view.get('account', meeting.account)?.name;
  return [when, account, meeting.link].filter((part) => part !== undefined).join(' · ');
}

/**
 * Everything that a person should have been reminded of by now and that is still news: also what was missed while the machine slept. Nothing
 * during quiet hours; what they kept back comes after them. The caller shows each key once.
 */
export function remindersDue(world: ReminderWorld): readonly Reminder[] {
  const { view, person, minutesBefore, quietHours, timeZone } = world;
  if (isQuiet(world.now, quietHours, timeZone)) return [];
  const now = Date.parse(world.now);
  const due: Reminder[] = [];
  for (const meeting of view.all('meeting')) {
    const starts = Date.parse(meeting.startsAt);
    const at = starts - minutesBefore * MINUTE;
    if (meeting.state !== 'scheduled' || at > now || starts <= now - STALE || !concerns(meeting, person)) continue;
    // noted only after it had begun: nobody forgets that
    if (Date.parse(meeting.createdAt) > starts) continue;
    due.push({
      key: `meeting/${meeting.id}/${meeting.startsAt}`,
      title: meeting.subject,
      body: wordsOf(meeting, now, world),
      address: `/records/meeting/${encodeURIComponent(meeting.id)}`,
      at: new Date(at).toISOString(),
    });
  }
  return due.toSorted((a, b) => (a.at === b.at ? (a.key < b.key ? -1 : 1) : a.at < b.at ? -1 : 1));
}
