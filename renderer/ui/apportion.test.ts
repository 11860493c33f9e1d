import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from './apportion.ts';

test('HLT-07 shown parts add up to the shown score', () => {
  expect(apportion([18, 22.5, 10, 0, 16], 66.5, 1)).toEqual([18, 22.5, 10, 0, 16]);
  expect(apportion([33.333, 33.333, 33.334], 100, 1)).toEqual([33.3, 33.3, 33.4]);
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 3 }),
      (parts, digits) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        const shown = apportion(parts, total, digits);
        const scale = 10 ** digits;
        expect(shown.reduce((sum, part) => sum + Math.round(part * scale), 0)).toBe(Math.round(total * scale));
        shown.forEach((part, index) => expect(Math.abs(part - (parts[index] ?? 0))).toBeLessThanOrEqual(1.0001 / scale));
      },
    ),
  );
});
