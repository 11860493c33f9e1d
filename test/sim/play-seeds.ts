import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../support/embedded.ts';
import { openEngineDevice } from './engine-device.ts';
import { openSimServer, type SimServer } from './sim-server.ts';
import { simulate } from './simulate.ts';

/** Steps of a seed in `npm test`: small worlds, many of them. Longer ones by `npm run sim -- --steps`. */
const STEPS = 24;
const SEEDS_A_TEST = 25;
/** What a test of a whole world may take on a busy machine, in milliseconds. */
export const SLOW = 120_000;

/** Declares the tests that play so many seeds with the real engine, some at a time. */
export function playSeeds(first: number, count: number): void {
  let server: SimServer;
  beforeAll(async () => {
    server = openSimServer(await openTestDatabase());
  });
  afterAll(() => server.close());
  const starts = Array.from({ length: count / SEEDS_A_TEST }, (_, index) => first + index * SEEDS_A_TEST);
  test.each(starts)(
    'S1–S14 SYN-06 nothing is lost, nothing is seen that may not be, and all are equal in the end (25 seeds from %i)',
    async (start) => {
      const problems: string[] = [];
      for (let seed = start; seed < start + SEEDS_A_TEST; seed += 1)
        problems.push(...(await simulate(server, seed, { steps: STEPS, openDevice: openEngineDevice })).problems);
      expect(problems).toEqual([]);
    },
    SLOW,
  );
}
