import { expect, test } from 'vitest';
import { openTestDatabase } from '../support/embedded.ts';
import { openEngineDevice } from './engine-device.ts';
import { PINNED } from './pinned.ts';
import { openModelDevice } from './model-device.ts';
import { playSeeds } from './play-seeds.ts';
import { openSimServer } from './sim-server.ts';
import { simulate } from './simulate.ts';

playSeeds(1, 500);

test('seeds that once found something find nothing any more', async () => {
  const server = openSimServer(await openTestDatabase());
  for (const { seed, steps } of PINNED)
    for (const openDevice of [openModelDevice, openEngineDevice])
      expect((await simulate(server, seed, { steps, openDevice })).problems).toEqual([]);
  await server.close();
}, 120_000);

test('the same seed plays the same world, so that a failure can be played again', async () => {
  const server = openSimServer(await openTestDatabase());
  const play = () => simulate(server, 7, { steps: 60, openDevice: openEngineDevice });
  const [one, two] = [await play(), await play()];
  expect(two).toEqual(one);
  await server.close();
});
