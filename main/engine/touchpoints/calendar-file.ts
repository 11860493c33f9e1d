import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { writeCalendar, type CalendarEvent, type CalendarPerson } from '#shared/domain/calendar/write-event.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { EngineContext } from '../context.ts';
import type { Meeting } from './series-rows.ts';

const person = (row: { readonly name: string; readonly email?: string | undefined } | undefined): readonly CalendarPerson[] =>
  row?.email === undefined ? [] : [{ name: row.name, email: row.email }];

function eventOf(view: ReadView, meeting: Meeting): CalendarEvent {
  const { id, rev, updatedAt, startsAt, endsAt, subject, agenda, link, locations, organiser, contacts, users, state } = meeting;
  const places = (locations ?? []).flatMap((each) => {
    const location = view.get('location', each);
    return location ? [labelOf('location', location, view)] : [];
  });
  const [by] = organiser === undefined ? [] : person(view.get('user', organiser));
  return {
    uid: `${id}@satchel`,
    sequence: rev - 1,
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

/** A meeting, or all of its series that are not over, as a calendar file: an invitation, or a cancellation once it is cancelled (TCH-04). */
export function calendarFile({ view }: EngineContext, { meeting: id, series }: Parsed<'meetings.calendar'>): Output<'meetings.calendar'> {
  const meeting = view.get('meeting', id);
  if (!meeting) throw new AppError('not-found', 'This meeting does not exist any more.', { table: 'meeting', recordId: id });
  if (meeting.state === 'draft')
    throw new AppError('rule', `“${meeting.subject}” is a draft. Invitations are for scheduled meetings: set its state first.`, {
      rule: 'TCH-04',
      table: 'meeting',
      recordId: id,
    });
  const wanted =
    series === true && meeting.series !== undefined
      ? view.by('meeting', 'series', meeting.series).filter(({ state }) => state === meeting.state)
      : [meeting];
  const events = wanted.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)).map((each) => eventOf(view, each));
  const method = meeting.state === 'cancelled' ? 'CANCEL' : events.some(({ attendees }) => attendees.length > 0) ? 'REQUEST' : 'PUBLISH';
  return { fileName: `${meeting.number ?? 'meeting'}.ics`, text: writeCalendar(method, events), meetings: events.length };
}
