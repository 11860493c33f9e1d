import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCentral, type Central } from '../test/support/central.ts';
import { simulate } from '../test/sim/central-sim.ts';

let central: Central;
beforeAll(async () => {
  central = await openCentral();
});
afterAll(() => central.close());

/** Seeds that once failed are added here. */
const SEEDS = [1, 2, 3];
const SLOW = 180_000;

test.each(SEEDS)(
  'S3 S8 S9 SYN-06 devices that send late, twice or out of order end with what they may see (seed %i)',
  async (seed) => {
    const { problems, operations } = await simulate(central, seed, 200);
    expect(problems).toEqual([]);
    expect(operations).toBeGreaterThan(50);
  },
  SLOW,
);
