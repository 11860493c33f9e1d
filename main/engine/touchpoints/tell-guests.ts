import type { Row } from '#shared/model/dictionary.ts';
import { writeCalendar } from '#shared/domain/calendar/write-event.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Call, Draft, EngineContext } from '../context.ts';
import { queueMeetingMail } from '../mail/meeting-mails.ts';
import { senderOf } from '../mail/queue-mail.ts';
import { calendarEventOf, uidOf } from './calendar-event.ts';
import { guestsToTell, type MeetingMailKind } from './guests-to-tell.ts';
import type { Meeting } from './series-rows.ts';

/** What guests of a meeting do not know yet. */
export type Untold = { readonly kind: MeetingMailKind; readonly guests: number; readonly isFirst: boolean };

/** An event's lines in a calendar, unfolded, whatever ends them there; undefined where it holds no such event. */
function eventIn(calendar: string, uid: string): readonly string[] | undefined {
  const events = calendar.split('BEGIN:VEVENT').map((part) => part.split('END:VEVENT')[0] ?? '');
  const lines = events.map((event) =>
    event
      .replace(/\r?\n[ \t]/g, '')
      .split(/\r?\n/)
      .filter((line) => line !== ''),
  );
  return lines.find((event) => event.includes(`UID:${uid}`));
}

/** What differs from mail to mail although nothing was changed. */
const bare = (lines: readonly string[]): string => lines.filter((line) => !/^(?:DTSTAMP|SEQUENCE|STATUS):/.test(line)).join('\n');

/** The mails that told of a meeting, the newest first. */
export function mailsOf(view: ReadView, meeting: Meeting): readonly Row<'email'>[] {
  return view
    .by('email', 'touchpoint', meeting.touchpoint)
    .filter(({ meeting: of, calendar }) => of === meeting.id || (calendar !== undefined && eventIn(calendar, uidOf(meeting)) !== undefined))
    .toSorted((a, b) => (a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1));
}

/** Whether a meeting is other now than the newest invitation or cancellation said. */
export function isOutdated(view: ReadView, meeting: Meeting, mails: readonly Row<'email'>[]): boolean {
  const newest = mails.find(({ kind }) => kind === 'invitation' || kind === 'cancellation');
  const told = newest?.calendar === undefined ? undefined : eventIn(newest.calendar, uidOf(meeting));
  const now = eventIn(writeCalendar('REQUEST', [calendarEventOf(view, meeting)]), uidOf(meeting));
  if (told === undefined || now === undefined) return false;
  return newest?.kind === 'invitation' ? meeting.state === 'cancelled' || bare(told) !== bare(now) : meeting.state !== 'cancelled';
}

function kindOf(view: ReadView, meeting: Meeting, now: string): { readonly kind: MeetingMailKind; readonly isFirst: boolean } | undefined {
  // what came from a customer's calendar is told of by them
  if (meeting.state === 'draft' || meeting.externalId !== undefined) return undefined;
  const mails = mailsOf(view, meeting);
  const wasTold = mails.some(({ kind }) => kind === 'invitation');
  if (meeting.state === 'completed') {
    const notes = meeting.notes?.trim() ?? '';
    const newest = mails.find(({ kind }) => kind === 'minutes');
    return notes === '' || newest?.body?.includes(notes) === true ? undefined : { kind: 'minutes', isFirst: newest === undefined };
  }
  // what is over changes nobody's plans
  if (meeting.endsAt <= now) return undefined;
  if (meeting.state === 'cancelled')
    return wasTold && isOutdated(view, meeting, mails) ? { kind: 'cancellation', isFirst: false } : undefined;
  return wasTold && !isOutdated(view, meeting, mails) ? undefined : { kind: 'invitation', isFirst: !wasTold };
}

/** What guests do not know yet of a meeting (TCH-04): that it was moved or takes place at all, that it does not, what was noted. */
export function untoldOf(view: ReadView, meeting: Meeting, now: string, actor: string): Untold | undefined {
  const found = kindOf(view, meeting, now);
  if (found === undefined) return undefined;
  const { contacts, users } = guestsToTell(view, meeting, found.kind, actor);
  const guests = contacts.length + users.length;
  return guests === 0 ? undefined : { ...found, guests };
}

/** The instant that counts as now: while an earlier day counts as today, its beginning. */
export function nowOf(context: EngineContext): string {
  const now = context.host.now();
  const { asOf, asOfSet } = context.settings();
  return asOfSet && asOf < now.slice(0, 10) ? `${asOf}T00:00:00.000Z` : now;
}

/** An invitation that nobody has got yet: what it says must not go out once it is no longer so. */
function isWaiting(view: ReadView, meeting: Meeting): boolean {
  return mailsOf(view, meeting).some(({ kind, state }) => kind === 'invitation' && state === 'queued');
}

/**
 * Tells guests of what was just done to a meeting, in the same command, where the workspace always does that, and everywhere where their
 * invitation still waits. One mail and one higher SEQUENCE each time; nothing where they know it already. Answers whether a mail goes out.
 */
export function tellGuests(context: EngineContext, draft: Draft, call: Call, id: string): boolean {
  const { tellGuests: wish, timeZone } = context.settings();
  const meeting = draft.view.get('meeting', id);
  if (meeting === undefined || (wish !== 'always' && !isWaiting(draft.view, meeting))) return false;
  const untold = untoldOf(draft.view, meeting, nowOf(context), call.actor);
  if (untold === undefined || (wish !== 'always' && untold.kind === 'minutes')) return false;
  return queueMeetingMail(draft, senderOf(context, call), untold.kind, [id], { timeZone }) !== undefined;
}
