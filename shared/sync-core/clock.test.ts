import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLOCK_START, hear, readStamp, tick, writeStamp } from './clock.ts';

const ms = fc.integer({ min: 0, max: 4_102_444_800_000 });
const state = fc.record({ ms, count: fc.integer({ min: 0, max: 100_000 }) });

test('S2 every event gets a later stamp, also when the clock is set back', () => {
  fc.assert(
    fc.property(fc.array(ms, { minLength: 1 }), (moments) => {
      let now = CLOCK_START;
      let last = '';
      for (const moment of moments) {
        now = tick(now, moment);
        const stamp = writeStamp(now, 'a');
        expect(stamp > last).toBe(true);
        last = stamp;
      }
    }),
  );
});

test('S2 after hearing of a stamp the next one is later than both', () => {
  fc.assert(
    fc.property(state, state, ms, (own, other, now) => {
      const stamp = writeStamp(hear(own, other, now), 'a');
      expect(stamp > writeStamp(own, 'a')).toBe(true);
      expect(stamp > writeStamp(other, 'a')).toBe(true);
    }),
  );
});

test('a stamp reads back as it was written', () => {
  fc.assert(
    fc.property(state, (one) => {
      expect(readStamp(writeStamp(one, 'dev'))).toEqual(one);
    }),
  );
  expect(readStamp('never')).toBeUndefined();
  expect(readStamp('!-!-!')).toBeUndefined();
});
