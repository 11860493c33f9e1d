import { expect, test } from 'vitest';
import { fillAnswer, openPlaces, placeOf } from './fill-answer.ts';

const values: Record<string, string> = { contact: 'Ada', 'due date': 'Mar 3', empty: '' };
const valueOf = (word: string) => values[word.toLowerCase()];

test.each([
  ['Hello {contact},', 'Hello Ada,'],
  ['{Contact}: until { due date }', 'Ada: until Mar 3'],
  ['{nobody} and {empty}', '{nobody} and {empty}'],
  ['no places, {}', 'no places, {}'],
])('REC-39 “%s” becomes “%s”', (body, filled) => {
  expect(fillAnswer(body, valueOf)).toBe(filled);
});

test('REC-39 what is left to fill in is named once', () => {
  expect(openPlaces('{a} {b} {a}')).toEqual(['a', 'b']);
});

test('REC-39 a place names a field or its label', () => {
  const names = { dueDate: 'Due date', contact: 'Contact' };
  expect(['dueDate', 'due date', 'DUE DATE', 'Contact', 'other'].map((word) => placeOf(word, names))).toEqual([
    'dueDate',
    'dueDate',
    'dueDate',
    'contact',
    undefined,
  ]);
});
