import { expect, test } from 'vitest';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { mailtoLink, mailValues, readComposeDraft, sendAtOf, whatIsMissing, type Begun } from './compose-draft.ts';
import { newMailAddress, readMailsSearch, readNewMailSearch } from './mails-search.ts';

const begun: Begun = {
  places: [{ ref: 'touchpoint/t', label: 'Review', type: 'Touchpoint' }],
  values: { subject: 'Review', toContacts: ['ann'], toUsers: ['kim'], flagged: true },
  people: [],
  templates: [],
  files: [],
};

test('TCH-05 what was typed stands over what the mail began with, and what is wanting is said', () => {
  const first = readComposeDraft(EMPTY_DRAFT, begun);
  expect(first).toMatchObject({
    place: 'touchpoint/t',
    subject: 'Review',
    people: { to: ['contact/ann', 'user/kim'], cc: [] },
    flagged: true,
  });
  expect(whatIsMissing(first)).toBe('Write a text.');
  const typed = readComposeDraft(
    { ...EMPTY_DRAFT, values: { body: 'Hello\n', to: ['user/kim'], cc: ['contact/bo'], flagged: false } },
    begun,
  );
  expect(whatIsMissing(typed)).toBeUndefined();
  expect(mailValues(typed, begun, true)).toEqual({
    subject: 'Review',
    body: 'Hello',
    toUsers: ['kim'],
    ccContacts: ['bo'],
    flagged: false,
    touchpoint: 't',
  });
  // a draft that has been kept before is emptied where the person emptied it
  expect(mailValues(typed, begun, false)).toMatchObject({ toContacts: null, template: null });
  expect(whatIsMissing(readComposeDraft({ ...EMPTY_DRAFT, values: { to: [] } }, begun))).toBe('Choose who gets it.');
});

test('TCH-05 a mail is handed to a mail program as a link, where it fits into one', () => {
  expect(mailtoLink(['a@b.c'], [], { subject: 'A & B', body: 'x\ny' })).toBe('mailto:a@b.c?subject=A%20%26%20B&body=x%0D%0Ay');
  expect(mailtoLink(['a@b.c'], [], { subject: 'A', body: 'x'.repeat(3_000) })).toBeUndefined();
});

test('TCH-05 an address of the mails holds what it may hold', () => {
  expect(readMailsSearch({ view: 'sent', text: 'x' })).toEqual({ view: 'sent', text: 'x' });
  expect(readMailsSearch({ view: 'bin', text: 1 })).toEqual({});
  const search = { touchpoint: 'a b' };
  expect(newMailAddress(search)).toBe('#/mails/new?touchpoint=a%20b');
  expect(readNewMailSearch({ ...search, evil: 'x' })).toEqual(search);
});

const CLOCK = { timeZone: 'Europe/Vienna', today: '2025-06-11', now: '2025-06-11T10:00:00.000Z' };

test.each([
  ['', '08:00', { at: undefined }],
  ['fri', '08:00', { at: '2025-06-13T06:00:00.000Z' }],
  ['2025-12-01', '8:30', { at: '2025-12-01T07:30:00.000Z' }],
  ['today', '12:01', { at: '2025-06-11T10:01:00.000Z' }],
  ['today', '12:00', { problem: expect.stringContaining('has passed') }],
  ['someday', '08:00', { problem: expect.stringContaining('Type a day') }],
  ['fri', 'noon', { problem: expect.stringContaining('Type a time') }],
])('TCH-05 sent on “%s” at “%s”', (sendOn, sendTime, expected) => {
  expect(sendAtOf({ ...readComposeDraft(EMPTY_DRAFT, begun), sendOn, sendTime }, CLOCK)).toEqual(expected);
});
