import { expect, test } from 'vitest';
import { movedTo } from './column-actions.ts';

test.each([
  ['to the right', 'a', 2, ['b', 'c', 'a', 'd']],
  ['to the left', 'd', 0, ['d', 'a', 'b', 'c']],
  ['beyond the end', 'b', 9, ['a', 'c', 'd', 'b']],
  ['nowhere', 'c', 2, ['a', 'b', 'c', 'd']],
  ['unknown', 'x', 0, ['a', 'b', 'c', 'd']],
])('a column is moved %s', (_where, key, to, keys) => {
  expect(movedTo(['a', 'b', 'c', 'd'], key, to)).toEqual(keys);
});
