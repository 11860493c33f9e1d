import { expect, test } from 'vitest';
import { portfolioWorld } from '../../../test/support/rule-harness.ts';
import { isQuiet, remindersDue } from './reminders.ts';

test.each([
  ['2025-06-11T19:59:00.000Z', '22:00-07:00', 'Europe/Vienna', false],
  ['2025-06-11T20:00:00.000Z', '22:00-07:00', 'Europe/Vienna', true],
  ['2025-06-12T04:59:00.000Z', '22:00-07:00', 'Europe/Vienna', true],
  ['2025-06-12T05:00:00.000Z', '22:00-07:00', 'Europe/Vienna', false],
  ['2025-06-11T12:30:00.000Z', '12:00-13:00', 'UTC', true],
  ['2025-06-11T13:00:00.000Z', '12:00-13:00', 'UTC', false],
  ['2025-06-11T03:00:00.000Z', 'never', 'UTC', false],
  ['2025-06-11T03:00:00.000Z', '22:00-22:00', 'UTC', false],
])('TCH-10 at %s, quiet %s in %s: %s', (now, hours, zone, quiet) => {
  expect(isQuiet(now, hours, zone)).toBe(quiet);
});

function world(changes: Readonly<Record<string, unknown>> = {}) {
  const w = portfolioWorld();
  w.run(({ create }) => {
    create('touchpoint', 't1', { subject: 'Talk', engagement: 'e1' });
    create('meeting', 'm1', {
      subject: 'Review',
      touchpoint: 't1',
      state: 'scheduled',
      type: 'adHoc',
      startsAt: '2027-06-16T09:00:00.000Z',
      endsAt: '2027-06-16T10:00:00.000Z',
      organiser: 'u1',
      users: ['u2'],
      ...changes,
    });
  });
  return w;
}

const due = (now: string, changes: Readonly<Record<string, unknown>> = {}, person: string | undefined = 'u1', quietHours = 'none') =>
  remindersDue({ view: world(changes).view, person, now, minutesBefore: 10, quietHours, timeZone: 'Europe/Vienna' });

test('TCH-10 a meeting is told of ten minutes before it begins, with the time on the clock of the zone', () => {
  expect(due('2027-06-16T08:49:59.000Z')).toEqual([]);
  expect(due('2027-06-16T08:50:00.000Z')).toMatchObject([
    { key: 'meeting/m1/2027-06-16T09:00:00.000Z', title: 'Review', body: expect.stringMatching(/^At 11:00, in 10 minutes/) },
  ]);
});

test('TCH-10 what was slept through is still told: while it goes on, after it, and not a day later', () => {
  expect(due('2027-06-16T09:20:00.000Z')[0]?.body).toMatch(/^Since 11:00/);
  expect(due('2027-06-16T17:00:00.000Z')[0]?.body).toMatch(/^Was at 11:00/);
  expect(due('2027-06-17T09:00:00.000Z')).toEqual([]);
});

test('TCH-10 a meeting that is moved is another one; what is no longer planned, of others, or in quiet hours is not told of', () => {
  const now = '2027-06-16T08:55:00.000Z';
  expect(due(now, { startsAt: '2027-06-16T09:05:00.000Z' })[0]?.key).toBe('meeting/m1/2027-06-16T09:05:00.000Z');
  expect(due(now, { state: 'cancelled' })).toEqual([]);
  expect(due(now, { state: 'draft' })).toEqual([]);
  expect(due(now, {}, 'u2')).toHaveLength(1);
  expect(due(now, { users: [] }, 'u2')).toEqual([]);
  expect(due(now, {}, undefined)).toHaveLength(1);
  expect(due(now, {}, 'u1', '10:00-11:30')).toEqual([]);
  // what quiet hours kept back comes after them
  expect(due('2027-06-16T09:30:00.000Z', {}, 'u1', '10:00-11:30')).toHaveLength(1);
});
