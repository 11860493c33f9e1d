import { expect, test } from 'vitest';
import { droppedAt, placeAt } from './column-drag.ts';

test.each([
  [0, 0],
  [99, 0],
  [101, 1],
  [250, 2],
  [900, 3],
])('a pointer at %i stands before the head %i', (x, place) => {
  expect(placeAt([100, 200, 300], x)).toBe(place);
});

test.each([
  ['before itself it stays', 1, 1, 1],
  ['behind itself it stays', 1, 2, 1],
  ['to the left', 2, 0, 0],
  ['to the right', 0, 3, 2],
])('%s', (_title, from, before, to) => {
  expect(droppedAt(from, before)).toBe(to);
});
