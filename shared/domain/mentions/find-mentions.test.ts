import { expect, test } from 'vitest';
import { mentionFinder, mentionText } from './find-mentions.ts';

const people = [
  { id: 'u1', name: 'Ada Petrova', number: 'USR0000001' },
  { id: 'u2', name: 'Ada', number: 'USR0000002' },
  { id: 'u3', name: 'Zoë Kern', number: 'USR0000003' },
  { id: 'u4', name: 'Sam Ode', number: 'USR0000004' },
  { id: 'u5', name: 'Sam Ode', number: 'USR0000005' },
];
const find = mentionFinder(people);
const who = (text: string) => find(text).map(({ userId, start, end }) => [userId, text.slice(start, end)]);

test.each([
  ['@Ada Petrova please look', [['u1', '@Ada Petrova']]],
  [
    'thanks @ada, and @Zoe Kern!',
    [
      ['u2', '@ada'],
      ['u3', '@Zoe Kern'],
    ],
  ],
  ['@Ada Petrovas', [['u2', '@Ada']]],
  ['@Adam is nobody here', []],
  ['mail to x@Ada', []],
  [
    '@Sam Ode',
    [
      ['u4', '@Sam Ode'],
      ['u5', '@Sam Ode'],
    ],
  ],
  ['@Sam Ode (USR0000005) only', [['u5', '@Sam Ode (USR0000005)']]],
  ['(@Ada)', [['u2', '@Ada']]],
])('REC-43 who is mentioned in “%s”', (text, expected) => {
  expect(who(text)).toEqual(expected);
});

test('REC-43 what is written for a person mentions exactly that person', () => {
  for (const person of people) {
    const hasNamesake = people.some((other) => other.id !== person.id && other.name === person.name);
    expect(find(`see ${mentionText(person, hasNamesake)}.`).map(({ userId }) => userId)).toEqual([person.id]);
  }
});
