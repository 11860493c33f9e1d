import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../support/embedded.ts';
import { openEngineDevice } from './engine-device.ts';
import { PINNED } from './pinned.ts';
import { openModelDevice } from './model-device.ts';
import { playSeeds, SLOW } from './play-seeds.ts';
import { openSimServer, type SimServer } from './sim-server.ts';
import { simulate } from './simulate.ts';

playSeeds(1, 500);

describe('seeds that once found something find nothing any more', () => {
  let server: SimServer;
  beforeAll(async () => {
    server = openSimServer(await openTestDatabase());
  });
  afterAll(() => server.close());
  test.each(PINNED)(
    'seed $seed: $found',
    async ({ seed, steps }) => {
      for (const openDevice of [openModelDevice, openEngineDevice])
        expect((await simulate(server, seed, { steps, openDevice })).problems).toEqual([]);
    },
    SLOW,
  );
});

test(
  'the same seed plays the same world, so that a failure can be played again',
  async () => {
    const server = openSimServer(await openTestDatabase());
    const play = () => simulate(server, 7, { steps: 60, openDevice: openEngineDevice });
    const [one, two] = [await play(), await play()];
    expect(two).toEqual(one);
    await server.close();
  },
  SLOW,
);
