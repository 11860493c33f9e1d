import { expect, test } from 'vitest';
import { openTestDatabase } from '../support/embedded.ts';
import { openEngineDevice } from './engine-device.ts';
import { withoutForget, withoutIdempotence } from './mutants.ts';
import { openSimServer, type Tamper } from './sim-server.ts';
import { simulate, type SimOptions } from './simulate.ts';
import type { Storage } from '../../server/storage/storage.ts';

const SEEDS = 60;
const SLOW = 120_000;
/** What is wrong with these lies in the real engine, in worlds that have what they are wrong about. */
const REAL: ReadonlyMap<SimOptions['mutant'], SimOptions['surely']> = new Map([
  ['keeps-search', 'search'],
  ['keeps-files', 'files'],
]);

/** Plays seeds until one finds something wrong; answers what, or nothing. */
async function caughtBy(tamper: (storage: Storage) => Promise<Tamper> | Tamper, mutant?: SimOptions['mutant']): Promise<readonly string[]> {
  const storage = await openTestDatabase();
  const server = openSimServer(storage, await tamper(storage));
  try {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      // what is wrong with the server shows on real engines; a device that is wrong is a model
      const options =
        mutant === undefined || REAL.has(mutant) ? { openDevice: openEngineDevice, mutant, surely: REAL.get(mutant) } : { mutant };
      const { problems } = await simulate(server, seed, { steps: 60, ...options });
      if (problems.length > 0) return problems;
    }
    return [];
  } finally {
    await server.close();
  }
}

/*
 * The checker is checked (spec/sync.md): each of these is wrong in one way, and a few seeds tell. `no lock` stands in server/postgres.test.ts: it needs
 * several connections.
 */
test(
  'S9 the simulation finds a server that does not tell what was taken',
  async () => expect(await caughtBy(() => withoutForget)).not.toEqual([]),
  SLOW,
);
test(
  'S9 the simulation finds a device that keeps what was taken',
  async () => expect(await caughtBy(() => ({}), 'keeps-what-is-taken')).not.toEqual([]),
  SLOW,
);
test(
  'S3 the simulation finds a server that takes in twice what comes twice',
  async () => expect(await caughtBy(withoutIdempotence)).not.toEqual([]),
  SLOW,
);
test(
  'S4 the simulation finds the last write winning by row',
  async () => expect(await caughtBy(() => ({}), 'whole-rows')).not.toEqual([]),
  SLOW,
);
test(
  'S9 the simulation finds a search that still knows what was taken',
  async () => expect((await caughtBy(() => ({}), 'keeps-search')).join()).toMatch(/finds .* which they do not have|does not find/),
  SLOW,
);
test(
  'S9 the simulation finds files of what was taken',
  async () => expect((await caughtBy(() => ({}), 'keeps-files')).join()).toContain('still has the file'),
  SLOW,
);
test(
  'S12 people are asked where nearly everything is to be deleted',
  async () => {
    const server = openSimServer(await openTestDatabase());
    let asked = 0;
    for (let seed = 1; seed <= SEEDS && asked === 0; seed += 1)
      ({ asked } = await simulate(server, seed, { steps: 60, openDevice: openEngineDevice, surely: 'much' }));
    await server.close();
    expect(asked).toBeGreaterThan(0);
  },
  SLOW,
);
