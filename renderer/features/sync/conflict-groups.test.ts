import { describe, expect, test } from 'vitest';
import { afterGoing, besideOf, byRecord, choiceWords, settledWords } from './conflict-groups.ts';
import type { ConflictLine } from './sync-types.ts';

const line = (id: string, recordId: string, more: Partial<ConflictLine> = {}): ConflictLine => ({
  id,
  conflict: id,
  table: 'account',
  recordId,
  title: `Account ${recordId}`,
  field: 'name',
  label: 'Name',
  base: 'a',
  mine: 'b',
  theirs: 'c',
  by: 'Ann',
  at: '2026-03-01T10:00:00.000Z',
  kind: 'field',
  ...more,
});

test('SYN-04 conflicts stand by record, in the order in which they come', () => {
  const groups = byRecord([line('1', 'x'), line('2', 'y'), line('3', 'x')]);
  expect(groups.map(({ lines }) => lines.map(({ id }) => id))).toEqual([['1', '3'], ['2']]);
});

test.each([
  ['b', 1, 'c'],
  ['b', -1, 'a'],
  ['c', 1, 'c'],
  ['a', -1, 'a'],
  [undefined, 1, 'a'],
  ['gone', -1, 'a'],
] as const)('beside %s by %i is %s', (from, step, to) => {
  expect(besideOf(['a', 'b', 'c'], from, step)).toBe(to);
});

test.each([
  [['b'], 'b', 'c'],
  [['c'], 'c', 'b'],
  [['a', 'b'], 'a', 'c'],
  [['b', 'c'], 'c', 'a'],
  [['a', 'b', 'c'], 'b', undefined],
  [['a'], 'c', 'c'],
] as const)('when %j go while %s has the focus, it goes to %s', (going, current, to) => {
  expect(afterGoing(['a', 'b', 'c'], new Set(going), current)).toBe(to);
});

describe('S6 the choices say what they do', () => {
  test('with a record that was deleted meanwhile', () => {
    expect(choiceWords(line('1', 'x', { kind: 'deleted' }), true)).toEqual({ mine: 'Restore with my change', theirs: 'Leave it deleted' });
    expect(choiceWords(line('1', 'x', { kind: 'deleted' }), false).mine).toBe('Restore with the change of Ann');
  });
  test('S5 whose text it is, for its author and for the record’s owner', () => {
    expect(choiceWords(line('1', 'x'), true)).toEqual({ mine: 'Take mine', theirs: 'Keep theirs' });
    expect(choiceWords(line('1', 'x'), false)).toEqual({ mine: 'Take that of Ann', theirs: 'Keep what stands' });
  });
  test('what was done is said with the record', () => {
    expect(settledWords([line('1', 'x')], 'mine', () => true)).toBe('Name of Account x: yours taken');
    expect(settledWords([line('1', 'x')], 'mine', () => false)).toBe('Name of Account x: that of Ann taken');
    expect(settledWords([line('1', 'x')], 'theirs', () => true)).toBe('Name of Account x: kept as it stands');
    expect(settledWords([line('1', 'x')], 'value', () => true)).toBe('Name of Account x: put together');
    expect(settledWords([line('1', 'x', { kind: 'deleted' })], 'mine', () => true)).toBe('Account x restored');
    expect(settledWords([line('1', 'x'), line('2', 'y')], 'mine', () => true)).toBe('2 conflicts settled');
  });
});
