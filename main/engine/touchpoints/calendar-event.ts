import type { CalendarEvent, CalendarPerson } from '#shared/domain/calendar/write-event.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Meeting } from './series-rows.ts';

const person = (row: { readonly name: string; readonly email?: string | undefined } | undefined): readonly CalendarPerson[] =>
  row?.email === undefined ? [] : [{ name: row.name, email: row.email }];

/** What a calendar knows a meeting by, for ever. */
export function uidOf(meeting: Pick<Meeting, 'id'>): string {
  return `${meeting.id}@satchel`;
}

/** The highest version of a meeting that any mail has carried; -1 where none has. A mail may carry several meetings of a series. */
function mailedSequence(view: ReadView, meeting: Meeting): number {
  const uid = uidOf(meeting);
  const mails = view.by('email', 'touchpoint', meeting.touchpoint).filter(({ calendar }) => calendar?.includes(uid) === true);
  return Math.max(-1, ...mails.map(({ sequence = -1 }) => sequence));
}

/** The version of a meeting's next mail: higher than that of any before. */
export function nextSequence(view: ReadView, meeting: Meeting): number {
  return Math.max(meeting.rev - 1, mailedSequence(view, meeting) + 1);
}

/** A meeting as a calendar is told of it. */
export function calendarEventOf(view: ReadView, meeting: Meeting): CalendarEvent {
  const { rev, updatedAt, startsAt, endsAt, subject, agenda, link, locations, organiser, contacts, users, state } = meeting;
  const places = (locations ?? []).flatMap((each) => {
    const location = view.get('location', each);
    return location ? [labelOf('location', location, view)] : [];
  });
  const [by] = organiser === undefined ? [] : person(view.get('user', organiser));
  return {
    uid: uidOf(meeting),
    sequence: Math.max(rev - 1, mailedSequence(view, meeting)),
    stamp: updatedAt,
    startsAt,
    endsAt,
    summary: subject,
    // what is internal never leaves: agenda and link alone are for whoever is invited
    description: agenda,
    location: places.length > 0 ? places.join('; ') : link,
    url: link,
    organiser: by,
    attendees: [
      ...(contacts ?? []).flatMap((each) => person(view.get('contact', each))),
      ...(users ?? []).flatMap((each) => person(view.get('user', each))),
    ],
    cancelled: state === 'cancelled',
  };
}
