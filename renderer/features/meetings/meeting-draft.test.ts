import { expect, test } from 'vitest';
import { NEW_MEETING, readDraft } from './meeting-draft.ts';

const read = (draft: Partial<typeof NEW_MEETING>) =>
  readDraft({ ...NEW_MEETING, subject: 'Review', day: 'fri', ...draft }, '2025-06-11', 'Europe/Vienna');

test('TCH-02 a day, a time on the clock and minutes become the instants of a meeting', () => {
  expect(read({ time: '14:30', minutes: '45' })).toEqual({
    startsAt: '2025-06-13T12:30:00.000Z',
    endsAt: '2025-06-13T13:15:00.000Z',
    until: undefined,
  });
});

test.each<[Partial<typeof NEW_MEETING>, string]>([
  [{ subject: ' ' }, 'subject'],
  [{ day: 'someday' }, 'day'],
  [{ time: '2 pm' }, 'time'],
  [{ time: '25:00' }, 'time'],
  [{ minutes: '0' }, 'minutes'],
  [{ minutes: '1441' }, 'minutes'],
  [{ repeats: 'weekly' }, 'until'],
])('TCH-02 %o is told at its field', (draft, field) => {
  expect(read(draft)).toMatchObject({ field });
});
