import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedPath } from '../../../test/support/shared-data.ts';
import { readCalendar } from './read-calendar.ts';
import { writeCalendar, type CalendarEvent } from './write-event.ts';

const folder = sharedPath('data', 'ics', 'ical.js');
const letters = fc.string({
  unit: fc.constantFrom('a', 'B', '7', ' ', ',', ';', ':', '\\', '"', 'é', '漢', '🙂', '=', '\n', 'n', 'N'),
  minLength: 1,
  maxLength: 120,
});
const text = letters.map((value) => value.trim()).filter((value) => value !== '');
const single = letters.map((value) => value.replaceAll(/\s+/g, ' ').trim()).filter((value) => value !== '');
// what stands in quotes cannot hold one
const name = single.map((value) => value.replaceAll('"', '').trim()).filter((value) => value !== '');
const person = fc.record({ name, email: fc.constantFrom('kim@example.com', 'ann.lee@acme.example') });
const event: fc.Arbitrary<CalendarEvent> = fc
  .record({
    uid: fc.uuid().map((id) => `${id}@satchel`),
    sequence: fc.nat(1_000),
    minutes: fc.integer({ min: 0, max: 60 * 24 * 365 * 30 }),
    lasts: fc.integer({ min: 1, max: 1_440 }),
    summary: single,
    description: fc.option(text, { nil: undefined }),
    location: fc.option(single, { nil: undefined }),
    url: fc.option(fc.constant('https://meet.example/a?b=c'), { nil: undefined }),
    organiser: fc.option(person, { nil: undefined }),
    attendees: fc.array(person, { maxLength: 3 }),
    cancelled: fc.boolean(),
  })
  .map(({ minutes, lasts, ...rest }) => {
    const start = Date.UTC(2000, 0, 1) + minutes * 60_000;
    return {
      ...rest,
      stamp: '2025-01-01T00:00:00.000Z',
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(start + lasts * 60_000).toISOString(),
    };
  });

test('TCH-09 what goes out as a calendar file comes in unchanged', () => {
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('REQUEST' as const, 'CANCEL' as const, 'PUBLISH' as const),
      (events, method) => {
        const entries = readCalendar(writeCalendar(method, events));
        expect(entries).toEqual(
          events.map(({ uid, sequence, startsAt, endsAt, summary, description, location, url, organiser, attendees, cancelled }) => ({
            uid,
            method,
            sequence,
            startsAt,
            endsAt,
            summary,
            description,
            location,
            url,
            organiser,
            guests: attendees.map((one) => ({ ...one, answer: undefined })),
            isAllDay: false,
            isCancelled: cancelled || method === 'CANCEL',
            isRepeated: false,
          })),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test.skipIf(folder === undefined)('TCH-09 every calendar file of others is read or refused in words', () => {
  const files = globSync('**/*.ics', { cwd: folder ?? '' });
  expect(files.length).toBeGreaterThan(40);
  const entriesOf = (file: string) => readCalendar(readFileSync(join(folder ?? '', file), 'utf8'));
  for (const file of files) {
    try {
      for (const entry of entriesOf(file)) expect([file, entry.startsAt < entry.endsAt, entry.uid !== '']).toEqual([file, true, true]);
    } catch (error) {
      expect(error).toMatchObject({ code: 'file' });
    }
  }
  // a 06:00 in Los Angeles in June; its end from its duration
  expect(entriesOf('samples/duration_instead_of_dtend.ics')).toMatchObject([
    { uid: 'dn4vrfmfn5p05roahsopg57h48@example.com', startsAt: '2012-06-30T13:00:00.000Z', endsAt: '2012-07-01T13:00:00.000Z' },
  ]);
  expect(entriesOf('samples/daily_recur.ics')[0]).toMatchObject({ startsAt: '2012-08-01T12:00:00.000Z', isRepeated: true });
  expect(entriesOf('samples/only_dtstart_date.ics')[0]).toMatchObject({ isAllDay: true });
});

test('TCH-09 answers are read from whom they come', () => {
  const [entry] = readCalendar(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:x',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      'UID:a@satchel',
      'DTSTAMP:20250611T090000Z',
      'DTSTART;TZID=Europe/Vienna:20250612T110000',
      'SEQUENCE:2',
      'ATTENDEE;PARTSTAT=DECLINED;CN="Lee, Ann":MAILTO:Ann@Acme.example',
      'ATTENDEE;PARTSTAT=X-ODD:mailto:bo@acme.example',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\n'),
  );
  expect(entry).toMatchObject({ method: 'REPLY', sequence: 2, startsAt: '2025-06-12T09:00:00.000Z', endsAt: '2025-06-12T10:00:00.000Z' });
  expect(entry?.guests).toEqual([
    { name: 'Lee, Ann', email: 'ann@acme.example', answer: 'declined' },
    { name: '', email: 'bo@acme.example', answer: undefined },
  ]);
});

test('TCH-09 hostile calendar files do no harm', () => {
  const bare = 'BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20250101T000000Z\r\nDTSTART:20250101T000000Z\r\nEND:VEVENT\r\n';
  const start = performance.now();
  for (const wrong of ['', 'hello', 'BEGIN:VCALENDAR'])
    expect(() => {
      if (readCalendar(wrong).length === 0) throw Object.assign(new Error('nothing'), { code: 'file' });
    }).toThrow(expect.objectContaining({ code: 'file' }) as Error);
  for (const large of [
    `BEGIN:VCALENDAR\r\n${bare.repeat(1_500)}END:VCALENDAR`,
    `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(50_000)}`,
    'x'.repeat(2_000_000),
  ])
    expect(() => readCalendar(large)).toThrow(expect.objectContaining({ code: 'limit' }) as Error);
  // years that nobody meets in, times that are none
  for (const time of ['99991231T000000Z', '00010101T000000Z', '20251399T999999Z', 'tomorrow'])
    expect(
      readCalendar(`BEGIN:VCALENDAR\r\n${bare.replace('DTSTART:20250101T000000Z', `DTSTART:${time}`)}END:VCALENDAR`).every(({ startsAt }) =>
        /^(19|20|21)/.test(startsAt),
      ),
    ).toBe(true);
  const pieces = fc.constantFrom(
    'BEGIN:VCALENDAR',
    'END:VCALENDAR',
    'BEGIN:VEVENT',
    'END:VEVENT',
    '\r\n',
    '\n',
    'DTSTART',
    ';TZID=',
    ':',
    '20250101T000000Z',
    'UID:',
    'RRULE:FREQ=SECONDLY',
    'ATTENDEE;',
    '"',
    '\\',
    ' ',
    'DURATION:P99999999W',
    'X',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      try {
        readCalendar(`BEGIN:VCALENDAR\r\n${parts.join('')}`);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(file|limit)$/) as string });
      }
    }),
    { numRuns: 400 },
  );
  expect(performance.now() - start).toBeLessThan(8_000);
});
