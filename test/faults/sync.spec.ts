import { expect, test } from '@playwright/test';
import { whyNoPostgres } from '../support/postgres.ts';
import { openSyncWorld } from './sync-world.ts';

const why = whyNoPostgres();
const PUSH = 'POST /v1/push';
const PULL = 'GET /v1/pull';

test('S3 S5 S7 S9 S11 SYN-01 two people, two browsers, two servers and PostgreSQL: cut off, killed amid loads, pushes, pulls and conflicts, one of them losing a customer: nothing is lost, each has what is theirs', async () => {
  test.skip(why !== undefined, `skipped: ${why}`);
  test.setTimeout(240_000);
  const world = await openSyncWorld();
  try {
    await test.step('a browser is killed amid its first load, which goes on where it was', async () => {
      expect(await world.firstLoads()).toContain('cursor=');
    });
    await world.work(10);
    await test.step('the network of one browser is cut: both change the same meanwhile', () => world.cutWhile(0, () => world.work(12)));
    await test.step('a server is killed amid a push', () => world.killServer(0, { request: PUSH, is: 'asked' }));
    await test.step('PostgreSQL is killed amid a push', () => world.killPostgres({ request: PUSH, is: 'asked' }));
    await test.step('a browser is killed when its push is in, before it hears so', () =>
      world.killBrowser(0, { request: PUSH, is: 'answered' }));
    await test.step('one loses a customer while they work for it, cut off and killed', async () => {
      await world.cutWhile(1, async () => {
        await world.work(12);
        await world.revoke();
      });
      await world.killBrowser(1, { request: PULL, is: 'answered' });
    });
    await test.step('the other server is killed when a push is in, before it says so', () =>
      world.killServer(1, { request: PUSH, is: 'answered' }));
    await world.work(10);

    const { done, central, refused, rows, beta } = await world.rest();
    for (const name of done) expect([...central, ...refused], name).toContain(name);
    expect(new Set(central).size).toBe(central.length);
    expect(central.filter((name) => refused.includes(name))).toEqual([]);
    expect(refused.length, 'what Lee did for the lost customer').toBeGreaterThan(0);
    expect(rows['lee']?.filter((row) => row.includes(beta))).toEqual([]);
    expect(rows['kim']?.filter((row) => row.includes(beta))).not.toEqual([]);
    const conflicts = Object.values(rows).flatMap((all) => all.filter((row) => row.includes('"recordTable"')));
    expect(conflicts.length, 'conflicts').toBeGreaterThan(0);
    test.info().annotations.push({ type: 'outcome', description: `${done.length} deeds through ${world.faults()} faults` });
  } finally {
    await world.close();
  }
});
