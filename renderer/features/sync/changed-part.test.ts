import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedPart } from './changed-part.ts';

test.each([
  ['Weekly call', 'Weekly call', '', 'nothing differs'],
  ['Weekly call with Ann', 'Weekly call with Bob', 'Bob', 'one word'],
  ['a b', 'a x b', 'x ', 'a word in between'],
  ['', 'new', 'new', 'nothing was there'],
  ['gone', '', '', 'it was emptied'],
])('SYN-04 of “%s” and “%s” the changed part is “%s”: %s', (base, text, changed) => {
  expect(changedPart(base, text).changed).toBe(changed);
});

test('the parts put together are the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (base, text) => {
      const { before, changed, after } = changedPart(base, text);
      expect(before + changed + after).toBe(text);
    }),
  );
});
