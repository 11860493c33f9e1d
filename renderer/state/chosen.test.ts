import { expect, test } from 'vitest';
import { countChosen, isChosen, NONE_CHOSEN, toggled, withChosen, type Chosen } from './chosen.ts';

const ALL: Chosen = { all: true, ids: new Set() };

test('REC-37 rows are chosen one by one, in stretches, or all but some', () => {
  const two = withChosen(toggled(NONE_CHOSEN, 'a'), ['b', 'a']);
  expect([isChosen(two, 'a'), isChosen(two, 'b'), isChosen(two, 'c'), countChosen(two, 10)]).toEqual([true, true, false, 2]);
  expect(countChosen(toggled(two, 'a'), 10)).toBe(1);
  const but = toggled(toggled(ALL, 'a'), 'b');
  expect([isChosen(but, 'a'), isChosen(but, 'c'), countChosen(but, 10)]).toEqual([false, true, 8]);
  expect(countChosen(withChosen(but, ['a']), 10)).toBe(9);
});
