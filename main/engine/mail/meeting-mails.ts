import { writeCalendar } from '#shared/domain/calendar/write-event.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { meetingTimeWords } from '#shared/domain/mail/meeting-words.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { refTo } from '#shared/model/any-reference.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { Draft } from '../context.ts';
import { calendarEventOf, nextSequence, uidOf } from '../touchpoints/calendar-event.ts';
import { guestsToTell, type MeetingMailKind, type MeetingPeople } from '../touchpoints/guests-to-tell.ts';
import { queueMail, type MailSender } from './queue-mail.ts';

type Meeting = Row<'meeting'>;

const SUBJECTS = { invitation: 'Invitation', cancellation: 'Cancelled', minutes: 'Notes' } as const;
const none: readonly string[] = [];

/** Where meetings take place, in words. */
function placeOf(view: ReadView, { locations = none, link }: Meeting): readonly string[] {
  const places = locations.flatMap((id) => {
    const location = view.get('location', id);
    return location ? [labelOf('location', location, view)] : [];
  });
  return [...(places.length === 0 ? [] : [`Where: ${places.join('; ')}`]), ...(link === undefined ? [] : [`Link: ${link}`])];
}

function textOf(view: ReadView, kind: MeetingMailKind, meetings: readonly Meeting[], timeZone: string): string {
  const [first] = meetings;
  if (first === undefined) return '';
  const when = meetings.map((each) => meetingTimeWords(each, each.timeZone ?? timeZone));
  const times = when.length === 1 ? `When: ${when[0] ?? ''}` : `When:\n${when.map((each) => `- ${each}`).join('\n')}`;
  const head = [
    kind === 'cancellation'
      ? `${meetings.length === 1 ? 'This meeting does' : 'These meetings do'} not take place: “${first.subject}”.`
      : kind === 'minutes'
        ? `Notes of “${first.subject}”.`
        : `You are invited to “${first.subject}”.`,
    [times, ...(kind === 'invitation' ? placeOf(view, first) : none)].join('\n'),
  ];
  const more =
    kind === 'minutes' ? first.notes : kind === 'invitation' && first.agenda !== undefined ? `Agenda:\n${first.agenda}` : undefined;
  return [...head, ...(more === undefined ? none : [more])].join('\n\n');
}

/** What still waits of a meeting's calendar mails, or of its notes, is overtaken by the newer one, where that goes to all whom it would have told. */
function overtake(draft: Draft, meetings: readonly Meeting[], people: MeetingPeople, by: MeetingMailKind): void {
  const overtaken = by === 'minutes' ? 'minutes' : 'invitation';
  const covered = ({ toContacts = none, toUsers = none }: Row<'email'>): boolean =>
    toContacts.every((id) => people.contacts.includes(id)) && toUsers.every((id) => people.users.includes(id));
  const told = new Set(meetings.map((meeting) => `UID:${uidOf(meeting)}`));
  // one that tells of further meetings goes first, and the newer version after it
  const isWhole = ({ calendar = '' }: Row<'email'>): boolean => [...calendar.matchAll(/^UID:\S+$/gm)].every(([uid]) => told.has(uid));
  for (const { id } of meetings)
    for (const mail of draft.view.by('email', 'meeting', id))
      if (mail.state === 'queued' && mail.kind === overtaken && covered(mail) && isWhole(mail)) draft.remove('email', mail.id);
}

/** Files of the meeting that the customer may see go with its mails; all others stay here. */
function hangOn(draft: Draft, meeting: Meeting, mail: string): void {
  for (const file of draft.view.by('attachment', 'about', refTo('meeting', meeting.id))) {
    const { name, mediaType, size, sha256 } = file;
    if (file.visibleToCustomer !== true || sha256 === undefined) continue;
    const copy = draft.create('attachment', { about: refTo('email', mail), name, visibleToCustomer: true });
    draft.setSystemFields('attachment', copy, {
      sha256,
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(size === undefined ? {} : { size }),
    });
  }
}

/**
 * Queues an invitation (also the newer version of one), a cancellation or the notes of a meeting, or of several of a series, to everyone
 * invited (TCH-04). The calendar entry keeps its UID and gets a higher SEQUENCE each time. Answers the mail's ID; undefined where nobody
 * is invited, or the meeting is a draft. Internal notes never leave.
 */
export function queueMeetingMail(
  draft: Draft,
  by: MailSender,
  kind: MeetingMailKind,
  ids: readonly string[],
  { timeZone, people }: { readonly timeZone: string; readonly people?: MeetingPeople },
): string | undefined {
  const { view } = draft;
  const meetings = ids
    .flatMap((id) => view.get('meeting', id) ?? [])
    .filter(({ state }) => state !== 'draft')
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  const [first] = meetings;
  if (first === undefined) return undefined;
  if (kind === 'minutes' && first.notes === undefined)
    throw new AppError('rule', `“${first.subject}” has no notes yet. Write them first.`, {
      rule: 'TCH-04',
      table: 'meeting',
      recordId: first.id,
      field: 'notes',
    });
  const to = people ?? guestsToTell(view, first, kind, by.actor);
  if (to.contacts.length + to.users.length === 0) return undefined;
  const sequences = meetings.map((each) => nextSequence(view, each));
  const method = kind === 'cancellation' ? 'CANCEL' : 'REQUEST';
  // a calendar takes one meeting from one calendar object (RFC 5546)
  const calendar =
    kind === 'minutes'
      ? undefined
      : meetings
          .map((each, at) =>
            writeCalendar(method, [
              { ...calendarEventOf(view, each), sequence: sequences[at] ?? 0, stamp: by.now, cancelled: kind === 'cancellation' },
            ]),
          )
          .join('');
  overtake(draft, meetings, to, kind);
  const many = meetings.length > 1 ? ` (${meetings.length} meetings)` : '';
  const id = queueMail(draft, by, {
    subject: `${SUBJECTS[kind]}: ${first.subject}${many}`.slice(0, 500),
    body: textOf(view, kind, meetings, timeZone),
    kind,
    touchpoint: first.touchpoint,
    meeting: first.id,
    ...(to.contacts.length === 0 ? {} : { toContacts: to.contacts }),
    ...(to.users.length === 0 ? {} : { toUsers: to.users }),
  });
  if (kind !== 'cancellation') hangOn(draft, first, id);
  if (calendar !== undefined) draft.setSystemFields('email', id, { calendar, sequence: Math.max(...sequences) });
  return id;
}
