import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personMeant, readCallNotes } from './call-notes.ts';

// a Wednesday
const TODAY = '2025-06-11';
const task = (line: string) => readCallNotes(line, TODAY).tasks[0];

test.each([
  ['[] send the deck @maria fri', { subject: 'send the deck', who: 'maria', due: '2025-06-13' }],
  ['[ ] send the deck', { subject: 'send the deck', who: undefined, due: undefined }],
  ['- [] @Zoë.Müller check the invoice tomorrow', { subject: 'check the invoice', who: 'Zoë.Müller', due: '2025-06-12' }],
  ['[] answer by 2025-07-01', { subject: 'answer', who: undefined, due: '2025-07-01' }],
  ['[] call back +14 @tom', { subject: 'call back', who: 'tom', due: '2025-06-25' }],
  ['[] plan the workshop 5 mar 2026.', { subject: 'plan the workshop', who: undefined, due: '2026-03-05' }],
  ['[] renew the badge 5 mar', { subject: 'renew the badge', who: undefined, due: '2026-03-05' }],
  ['[] find the note of 2024-03-05', { subject: 'find the note of', who: undefined, due: '2024-03-05' }],
  ['[] raise licences to 12', { subject: 'raise licences to 12', who: undefined, due: undefined }],
  ['[] ask team t', { subject: 'ask team t', who: undefined, due: undefined }],
  ['[] mail ann@example.com', { subject: 'mail ann@example.com', who: undefined, due: undefined }],
  ['[] fri', { subject: 'fri', who: undefined, due: '2025-06-13' }],
])('T3 %s', (line, expected) => {
  expect(task(line)).toEqual(expected);
});

test('T3 the first line names the call, tasks are taken out, and the rest stays as it was written', () => {
  expect(readCallNotes('\nInvoice and rollout\nThey wait for legal.\n[] send terms @ann mon\n\nHappy otherwise.\n[]\n', TODAY)).toEqual({
    subject: 'Invoice and rollout',
    notes: 'They wait for legal.\n\nHappy otherwise.',
    tasks: [{ subject: 'send terms', who: 'ann', due: '2025-06-16' }],
  });
  expect(readCallNotes('[] only this', TODAY)).toMatchObject({ subject: '', notes: '' });
});

test('T3 a long paragraph becomes a subject without losing a word', () => {
  const long = 'word '.repeat(200).trim();
  const { subject, notes } = readCallNotes(long, TODAY);
  expect(subject.length).toBeLessThanOrEqual(300);
  expect(notes).toBe(long);
});

test('T3 no word that was typed is lost, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const { subject, notes, tasks } = readCallNotes(text, TODAY);
      const kept = [subject, notes, ...tasks.map((one) => one.subject)].join(' ');
      // tasks give up their day and their name, everything else is there
      if (!/\[\s?\]/u.test(text)) for (const word of text.split(/\s+/u)) expect(kept).toContain(word);
    }),
  );
});

const PEOPLE = [
  { id: '1', name: 'Maria Huber', email: 'maria.huber@example.com' },
  { id: '2', name: 'Mario Rossi', email: 'mrossi@example.com' },
  { id: '3', name: 'Tom Ford' },
  { id: '4', name: 'Tom Hardy' },
  { id: '5', name: 'Zoë Müller' },
];

test.each([
  ['maria', '1'],
  ['Huber', '1'],
  ['maria.huber', '1'],
  ['mrossi', '2'],
  ['mar', undefined],
  ['tom', undefined],
  ['tomh', '4'],
  ['zoe', '5'],
  ['nobody', undefined],
  ['', undefined],
])('T3 @%s means %s', (who, id) => {
  expect(personMeant(who, PEOPLE)?.id).toBe(id);
});
