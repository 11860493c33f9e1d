import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundHalfAway } from './rounding.ts';

test.each([
  [66.5, 0, 67],
  [-66.5, 0, -67],
  [62.857142857142854, 0, 63],
  [0.49999999999999994, 0, 0],
  [-0.4, 0, 0],
  [1.005, 2, 1.01],
  [-1.005, 2, -1.01],
  [1.45, 1, 1.5],
  [8.345, 2, 8.35],
  [1e-7, 2, 0],
  [5e-7, 6, 0.000001],
  [123_456.789, -2, 123_500],
  [2 ** 60, 0, 2 ** 60],
  [Number.POSITIVE_INFINITY, 2, Number.POSITIVE_INFINITY],
  [Number.NaN, 0, Number.NaN],
])('%d at %i digits is %d', (value, digits, expected) => {
  expect(roundHalfAway(value, digits)).toBe(expected);
});

test('rounding is symmetric, idempotent, and moves by at most half a unit', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.integer({ min: 0, max: 3 }), (value, digits) => {
      const rounded = roundHalfAway(value, digits);
      expect(roundHalfAway(-value, digits)).toBe(rounded === 0 ? 0 : -rounded);
      expect(roundHalfAway(rounded, digits)).toBe(rounded);
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5 * 10 ** -digits * (1 + 1e-9) + Math.abs(value) * 1e-15);
    }),
  );
});
