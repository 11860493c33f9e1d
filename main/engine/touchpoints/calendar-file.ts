import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { meetingDay } from '#shared/domain/cadence/contacts.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { writeCalendar } from '#shared/domain/calendar/write-event.ts';
import type { EngineContext } from '../context.ts';
import { calendarEventOf } from './calendar-event.ts';

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
  const events = wanted.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)).map((each) => calendarEventOf(view, each));
  const method = meeting.state === 'cancelled' ? 'CANCEL' : events.some(({ attendees }) => attendees.length > 0) ? 'REQUEST' : 'PUBLISH';
  return { fileName: `${meeting.number ?? 'meeting'}.ics`, text: writeCalendar(method, events), meetings: events.length };
}

/** The scheduled meetings of some days on the workspace's clock, as a calendar file that invites nobody (TCH-09). */
export function calendarOfDays({ view, settings }: EngineContext, { from, days }: Parsed<'meetings.week'>): Output<'meetings.week'> {
  const { timeZone } = settings();
  const until = addDays(from, days);
  const wanted = [...view.all('meeting')].filter((meeting) => {
    const day = meetingDay(meeting, timeZone);
    return meeting.state === 'scheduled' && day >= from && day < until;
  });
  const events = wanted.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)).map((each) => calendarEventOf(view, each));
  return { fileName: `meetings-${from}.ics`, text: writeCalendar('PUBLISH', events), meetings: events.length };
}
