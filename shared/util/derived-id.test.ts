import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedId, derivedIdOn, isDerivedId } from './derived-id.ts';
import { uuidMaker } from './uuid.ts';

test('S1 the same source has the same ID everywhere, another one another, and each is told from one that was made up', () => {
  expect(derivedId('019df7a8-c222-7000-850d-e1dbcb241505', 'series', 'Nutzung für alle')).toBe(
    derivedId('019df7a8-c222-7000-850d-e1dbcb241505', 'series', 'Nutzung für alle'),
  );
  const parts = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, ([one = '', ...some], [other = '', ...others]) => {
      const [a, b] = [derivedId(one, ...some), derivedId(other, ...others)];
      expect(isDerivedId(a)).toBe(true);
      expect(a === b).toBe(JSON.stringify([one, ...some]) === JSON.stringify([other, ...others]));
    }),
  );
  const made = uuidMaker(
    () => 1_790_000_000_000,
    (bytes) => bytes.fill(7),
  )();
  expect(isDerivedId(made)).toBe(false);
});

test('S1 it sorts with what it belongs to, or by its day', () => {
  const parent = '019df7a8-c222-7000-850d-e1dbcb241505';
  expect(derivedId(parent, 'a').slice(0, 14)).toBe('019df7a8-c222-');
  const days = ['2024-12-31', '2025-01-07', '2025-01-14'].map((day) => derivedIdOn(day, parent, 'occurrence'));
  expect(days.toSorted()).toEqual(days);
  expect(days.every(isDerivedId)).toBe(true);
});
