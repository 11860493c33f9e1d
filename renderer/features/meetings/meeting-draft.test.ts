import { expect, test } from 'vitest';
import { NEW_MEETING, patchOf, readDraft, typedInto, valuesOf, withTyped, type Read } from './meeting-draft.ts';

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

const ann = { table: 'contact', id: 'a', label: 'Ann' } as const;
const bo = { table: 'contact', id: 'b', label: 'Bo' } as const;

test('TCH-02 what is typed lies over what the dialog began with, and people keep their names', () => {
  const start = { ...NEW_MEETING, subject: 'Review', contacts: [ann] };
  const typed = typedInto(typedInto({ values: {}, picked: {} }, { contacts: [ann, bo] }), { virtual: true, link: ' x ' });
  expect(typed.values).toEqual({ contacts: ['a', 'b'], virtual: true, link: ' x ' });
  const draft = withTyped(start, typed);
  expect(draft).toMatchObject({ subject: 'Review', contacts: [ann, bo], virtual: true });
  expect(valuesOf(draft)).toEqual({ subject: 'Review', type: 'adHoc', contacts: ['a', 'b'], virtual: true, link: 'x' });
});

test('TCH-03 only what was changed in the dialog is changed in the series', () => {
  const times: Read = { startsAt: '2025-06-13T07:00:00.000Z', endsAt: '2025-06-13T07:30:00.000Z', until: undefined };
  const start = { ...NEW_MEETING, subject: 'Review', day: '2025-06-13', contacts: [ann], agenda: 'Numbers' };
  expect(patchOf(start, { ...start, contacts: [], agenda: '' }, times)).toEqual({ contacts: null, agenda: null });
  expect(patchOf(start, { ...start, time: '09:30' }, times)).toEqual({ startsAt: times.startsAt, endsAt: times.endsAt });
  expect(patchOf(start, start, times)).toEqual({});
});
