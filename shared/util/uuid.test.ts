import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uuidMaker } from './uuid.ts';

const random = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
const noon = Date.UTC(2026, 10, 22, 12);

test('a UUIDv7 carries its time, version and variant', () => {
  const make = uuidMaker(
    () => noon,
    (bytes) => bytes.fill(0xff),
  );
  const id = make();
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7000-bfff-ffffffffffff$/);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(noon);
  expect(make().slice(14, 18)).toBe('7001');
});

test('IDs are of the form and differ, by the ten thousand', () => {
  const made = Array.from(
    { length: 10_000 },
    uuidMaker(() => noon, random),
  );
  expect(made.every((id) => /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id))).toBe(true);
  expect(new Set(made).size).toBe(made.length);
  // more than one millisecond can count: the next ones are borrowed
  expect(made.toSorted()).toEqual(made);
});

test('IDs sort as they were made, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 200 }), (steps) => {
      let now = noon;
      const make = uuidMaker(() => now, random);
      const made = steps.map((step) => {
        now += step;
        return make();
      });
      expect(made.toSorted()).toEqual(made);
      expect(new Set(made).size).toBe(made.length);
    }),
  );
});

test('two makers with the same clock make different IDs', () => {
  expect(uuidMaker(() => noon, random)()).not.toBe(uuidMaker(() => noon, random)());
});
