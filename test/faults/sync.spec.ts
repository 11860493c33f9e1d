import { expect, test } from '@playwright/test';
import { whyNoPostgres } from '../support/postgres.ts';
import { openSyncWorld } from './sync-world.ts';

const why = whyNoPostgres();

test('S3 S7 S13 SYN-01 two browsers, two servers and PostgreSQL: cut off, killed and started again amid work, nothing is lost and all are equal', async () => {
  test.skip(why !== undefined, `skipped: ${why}`);
  test.setTimeout(240_000);
  const world = await openSyncWorld();
  try {
    await world.untilSignedIn();
    await world.work(15);
    await test.step('the network of one browser is cut', () => world.cutWhile(0, () => world.work(15)));
    await test.step('a server is killed', () => world.killServer(0));
    await test.step('PostgreSQL is killed', () => world.killPostgres());
    await test.step('a browser is killed', () => world.killBrowser(0));
    await test.step('a browser is killed without a network', () => world.cutWhile(1, () => world.killBrowser(1)));
    await test.step('the other server is killed', () => world.killServer(1));
    await world.work(15);
    const { done, devices, central } = await world.rest();
    const names = (rows: Readonly<Record<string, string>>) =>
      Object.values(rows).flatMap((row) => /\["name","(deed [^"]+)"\]/.exec(row)?.[1] ?? []);
    for (const name of done) expect(names(central), name).toContain(name);
    expect(new Set(names(central)).size).toBe(names(central).length);
    for (const rows of devices) expect(rows).toEqual(central);
    test.info().annotations.push({ type: 'outcome', description: `${done.length} deeds through ${world.faults()} faults` });
  } finally {
    await world.close();
  }
});
