import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uuidMaker, uuidV7 } from './uuid.ts';

test('a UUIDv7 carries its time, version and variant', () => {
  const id = uuidV7(Date.UTC(2026, 10, 22), new Uint8Array(10).fill(0xff));
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7fff-bfff-ffffffffffff$/);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 22));
});

test('IDs sort as they were made, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 200 }), (steps) => {
      let now = 1_700_000_000_000;
      const make = uuidMaker(
        () => now,
        (bytes) => void crypto.getRandomValues(bytes),
      );
      const made = steps.map((step) => {
        now += step;
        return make();
      });
      expect(made.toSorted()).toEqual(made);
      expect(new Set(made).size).toBe(made.length);
    }),
  );
});

test('more IDs in one millisecond than the counter holds still sort', () => {
  const make = uuidMaker(
    () => 1_700_000_000_000,
    (bytes) => void crypto.getRandomValues(bytes),
  );
  const made = Array.from({ length: 10_000 }, make);
  expect(made.toSorted()).toEqual(made);
});
