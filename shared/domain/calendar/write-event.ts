import { foldLine, icsInstant, icsParameter, icsText } from './ics-lines.ts';

export type CalendarPerson = { readonly name: string; readonly email: string };

/** A meeting as a calendar is told of it. */
export type CalendarEvent = {
  /** Stays the same for as long as the meeting exists, so that a change replaces and a cancellation removes it. */
  readonly uid: string;
  /** Grows with every change. */
  readonly sequence: number;
  readonly stamp: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly location?: string | undefined;
  readonly url?: string | undefined;
  readonly organiser?: CalendarPerson | undefined;
  readonly attendees: readonly CalendarPerson[];
  readonly cancelled: boolean;
};

const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+$/;

function personLine(name: string, { name: called, email }: CalendarPerson, parameters = ''): readonly string[] {
  return ADDRESS.test(email) ? [`${name};CN=${icsParameter(called)}${parameters}:mailto:${email}`] : [];
}

function eventLines(event: CalendarEvent): readonly string[] {
  const { description, location, url, organiser } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${icsInstant(event.stamp)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART:${icsInstant(event.startsAt)}`,
    `DTEND:${icsInstant(event.endsAt)}`,
    `SUMMARY:${icsText(event.summary)}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${icsText(description)}`]),
    ...(location === undefined ? [] : [`LOCATION:${icsText(location)}`]),
    // what is no plain address would break the line
    ...(url === undefined || /\s/.test(url) ? [] : [`URL:${url}`]),
    ...(organiser ? personLine('ORGANIZER', organiser) : []),
    ...event.attendees.flatMap((person) => personLine('ATTENDEE', person, ';ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE')),
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ];
}

/** How a calendar takes the file: as an invitation, a cancellation, or entries without an answer. */
export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

/** A calendar file (RFC 5545, RFC 5546): lines end with CR LF and are folded; times are in UTC, so no zone has to be described. */
export function writeCalendar(method: CalendarMethod, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Satchel//Satchel//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return `${lines.map(foldLine).join('\r\n')}\r\n`;
}
