import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, foldTight } from './folding.ts';
import { editDistance, similarity } from './similarity.ts';

test.each([
  ['Crème-Brûlée, Ltd.', 'creme brulee ltd'],
  ['  ACME   Corp ', 'acme corp'],
  ['Straße', 'strasse'],
  ['STRASSE', 'strasse'],
  ['Ørsted', 'orsted'],
  ['İstanbul', 'istanbul'],
  ['Łódź', 'lodz'],
  ['AT&T', 'at and t'],
  ["O'Neil’s", 'oneils'],
  ['ＧＴＸ　Pro', 'gtx pro'],
  ['日本 電気', '日本 電気'],
  ['한국', '한국'],
  ['हिन्दी', 'हिन्दी'],
  ['ﬁne', 'fine'],
  ['---', ''],
])('ONB-10 %j is compared as %j', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});

test('case, surrounding space and punctuation never matter', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z]{1,8}( [A-Za-z]{1,8}){0,3}$/), (text) => {
      expect(fold(` ${text.toUpperCase()}!`)).toBe(fold(text));
      expect(foldTight(text.replaceAll(' ', ''))).toBe(foldTight(text));
    }),
  );
});

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
  ['ca', 'ac', 1],
  ['gtxpro', 'gtx pro', 1],
  ['acme', 'acme', 0],
])('%j and %j are %i edits apart', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test('an edit distance is symmetric, zero for the same only, and never more than the limit and one', () => {
  const words = fc.stringMatching(/^[abc]{0,8}$/);
  fc.assert(
    fc.property(words, words, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
      const distance = editDistance(a, b);
      expect(editDistance(b, a)).toBe(distance);
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(editDistance(a, b, limit)).toBe(distance <= limit ? distance : limit + 1);
    }),
  );
});

test.each([
  ['GTXPro', 'GTX Pro', 0.98, 0.98],
  ['GTX Pro', 'gtx  PRO', 1, 1],
  ['Acme Corporation', 'Corporation, Acme', 0.97, 0.97],
  ['technolgy', 'technology', 0.89, 0.97],
  ['Acme', 'Zeta', 0, 0.5],
  ['', '', 0, 0],
  ['!', '?', 0, 0],
])('ONB-10 the likeness of %j and %j lies from %d to %d', (a, b, least, most) => {
  expect(similarity(a, b)).toBeGreaterThanOrEqual(least);
  expect(similarity(a, b)).toBeLessThanOrEqual(most);
  expect(similarity(b, a)).toBe(similarity(a, b));
});
