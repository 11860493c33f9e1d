import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldLine, icsText } from './ics-lines.ts';
import { writeCalendar, type CalendarEvent } from './write-event.ts';

const event: CalendarEvent = {
  uid: 'm1@satchel',
  sequence: 2,
  stamp: '2025-06-11T08:00:00.123Z',
  startsAt: '2025-06-12T09:00:00.000Z',
  endsAt: '2025-06-12T10:00:00.000Z',
  summary: 'Review; plans, and more',
  description: 'One\nTwo\\',
  organiser: { name: 'Zoe "Z" Winter', email: 'zoe@example.com' },
  attendees: [
    { name: 'Ann', email: 'ann@example.com' },
    { name: 'Evil', email: 'x\r\nATTENDEE:mailto:evil@example.com' },
  ],
  cancelled: false,
};

test('TCH-04 TCH-09 an invitation names the meeting, its people and its version, and nothing can break out of a line', () => {
  const text = writeCalendar('REQUEST', [event]);
  expect(text.replaceAll('\r\n ', '').split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Satchel//Satchel//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:m1@satchel',
    'DTSTAMP:20250611T080000Z',
    'SEQUENCE:2',
    'DTSTART:20250612T090000Z',
    'DTEND:20250612T100000Z',
    'SUMMARY:Review\\; plans\\, and more',
    'DESCRIPTION:One\\nTwo\\\\',
    'ORGANIZER;CN="Zoe Z Winter":mailto:zoe@example.com',
    'ATTENDEE;CN="Ann";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ann@example.com',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
  expect(writeCalendar('CANCEL', [{ ...event, cancelled: true }])).toContain('STATUS:CANCELLED');
});

test('TCH-09 no line is longer than 75 octets, and unfolding gives back what was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const line = `SUMMARY:${icsText(text)}`;
      const folded = foldLine(line);
      for (const part of folded.split('\r\n')) expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(75);
      expect(folded.replaceAll('\r\n ', '')).toBe(line);
      expect(line).not.toMatch(/[\r\n]/);
    }),
  );
});
