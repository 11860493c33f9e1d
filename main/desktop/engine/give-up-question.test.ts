import { expect, test } from 'vitest';
import type { ErrorShape } from '#shared/errors/app-error.ts';
import { giveUpQuestion } from './give-up-question.ts';

const error = (retryable: boolean): ErrorShape => ({ code: 'storage', message: 'The records are gone.', details: {}, retryable });
const whole = { filled: true, damage: undefined };
const none = { filled: false, damage: undefined };

test.each([
  ['a crash loop with a second copy', undefined, whole, ['retry', 'restore', 'quit']],
  ['a crash loop without one', undefined, none, ['retry', 'quit']],
  ['a lost store with a second copy', error(false), whole, ['retry', 'restore', 'quit']],
  ['a lost store with a damaged one', error(false), { filled: true, damage: 'Change 3.' }, ['retry', 'restore-before-damage', 'quit']],
  ['a lost store without one', error(false), none, ['retry', 'empty', 'quit']],
  ['trouble that may pass', error(true), none, ['retry', 'quit']],
])('%s: the choices', (_, thrown, copy, expected) => {
  expect(giveUpQuestion(thrown, copy).choices).toEqual(expected);
});

test('what comes first changes nothing, and closing the box quits', () => {
  const { options, choices } = giveUpQuestion(error(false), whole);
  expect([choices[options.defaultId ?? -1], choices[options.cancelId ?? -1]]).toEqual(['retry', 'quit']);
});

test('it says what is wrong once, and what restoring keeps', () => {
  const damage = 'The records are gone.';
  const { detail } = giveUpQuestion(error(false), { filled: true, damage }).options;
  expect(detail?.split('The records are gone.').length).toBe(2);
  expect(detail).toContain('keeps the present files as they are');
});
