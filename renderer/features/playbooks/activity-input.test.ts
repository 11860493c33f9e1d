import { expect, test } from 'vitest';
import { inputOf, LISTS, rawInput } from './activity-input.ts';

test('PLY-01 what was filled in comes back as it was', () => {
  const input = { text: 'Hello', send: false, checked: ['a', 'b'], add: [{ user: 'u1' }, { user: 'u2', responsibility: 'r1' }] };
  const raw = rawInput(input);
  expect(raw).toEqual({ text: 'Hello', send: false, checked: ['a', 'b'], add: ['{"user":"u1"}', '{"user":"u2","responsibility":"r1"}'] });
  expect(inputOf(raw, LISTS)).toEqual(input);
});

test('what a draft cannot hold is left to the engine', () => {
  expect(rawInput({ values: { a: 1 }, count: 3 })).toEqual({});
});
