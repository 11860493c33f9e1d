import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareUnchanged } from './share-unchanged.ts';

test('rows that did not change keep their identity, the list that holds a change does not', () => {
  const before = {
    total: 2,
    rows: [
      { id: 'a', tags: ['x'] },
      { id: 'b', tags: [] },
    ],
  };
  const after = shareUnchanged(before, {
    total: 2,
    rows: [
      { id: 'a', tags: ['x'] },
      { id: 'b', tags: ['new'] },
    ],
  });
  expect(after.rows[0]).toBe(before.rows[0]);
  expect(after.rows[1]).toEqual({ id: 'b', tags: ['new'] });
  expect(after.rows).not.toBe(before.rows);
});

test('an equal value is the old one', () => {
  const before = { a: [1, { b: undefined }] };
  expect(shareUnchanged(before, structuredClone(before))).toBe(before);
});

test('a shorter or longer list, a missing or further field, is a change', () => {
  const before = { list: [1, 2], field: undefined };
  expect(shareUnchanged(before, { list: [1] })).toEqual({ list: [1] });
  expect(shareUnchanged(before, { list: [1, 2, 3], field: undefined })).not.toBe(before);
  expect(Object.keys(shareUnchanged<object>(before, { list: [1, 2] }))).toEqual(['list']);
});

test('whatever was known, the result equals the new value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
      // __proto__ as a field never comes from the engine
      fc.pre(!JSON.stringify([before, next]).includes('__proto__'));
      expect(shareUnchanged(before, next)).toEqual(next);
      expect(shareUnchanged(before, structuredClone(before))).toEqual(before);
    }),
  );
});
