import { expect, test } from 'vitest';
import { call } from '../../../test/support/call-engine.ts';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { portfolioLines } from '../../../test/support/portfolio-engine.ts';
import { openEngine, type Engine } from '../engine.ts';
import type { Host } from '../host/host.ts';

const sort = [{ field: 'title', direction: 'up' as const }];
const healthOf = async (engine: Engine) =>
  (await portfolioLines(engine, { sort })).rows.map(({ title, health, trend }) => [title, health, trend]);

/** A demo portfolio whose figures were kept in a quiet moment. */
async function keptFigures(): Promise<{ readonly host: Host; readonly health: unknown }> {
  const clock = createManualClock();
  const host = memoryHost({ later: clock.later });
  const engine = await openEngine(host);
  await call(engine, 'workspace.demo', { seed: 1, engagements: 12 });
  const health = await healthOf(engine);
  clock.advance(60_000);
  while ((await engine.context.computed.read('health')) === undefined) await host.yieldTurn();
  await engine.close();
  return { host, health };
}

test('a start takes the scores that were kept, and computes them again without anyone waiting', async () => {
  const { host, health } = await keptFigures();
  const clock = createManualClock();
  const engine = await openEngine(memoryHost({ indexedDB: host.indexedDB, later: clock.later, now: host.now }));
  expect(await healthOf(engine)).toEqual(health);
  let announced = 0;
  engine.context.feed.onDerived(() => {
    announced += 1;
  });
  clock.advance(3000);
  while (announced === 0) await host.yieldTurn();
  expect(await healthOf(engine)).toEqual(health);
  await engine.close();
});

test('scores that were kept are not believed once anything has changed since', async () => {
  const { host } = await keptFigures();
  const clock = createManualClock();
  const engine = await openEngine(memoryHost({ indexedDB: host.indexedDB, later: clock.later, now: host.now }));
  await healthOf(engine);
  const [account] = engine.context.view.all('account');
  await engine.context.records.run({ commandId: 'change', actor: 'user-1', label: 'Change' }, (draft) => {
    draft.update('account', account?.id ?? '', { escalated: true });
    draft.create('supportTicket', { account: account?.id ?? '', priority: 'p1', submittedAt: '2026-01-04T10:00:00Z', satisfaction: 1 });
  });
  const changed = await healthOf(engine);
  await engine.context.computed.write('health', 0, { json: {}, binaries: [] });
  await engine.close();
  const anew = await openEngine(memoryHost({ indexedDB: host.indexedDB, later: createManualClock().later, now: host.now }));
  expect(await healthOf(anew)).toEqual(changed);
  await anew.close();
});

test('scores that were kept for another day are not believed', async () => {
  const { host, health } = await keptFigures();
  const later = createManualClock().later;
  const tomorrow = memoryHost({ indexedDB: host.indexedDB, later });
  tomorrow.setNow('2026-04-05T09:00:00.000Z');
  const engine = await openEngine(tomorrow);
  const { rows } = await portfolioLines(engine, { sort });
  expect(rows).toHaveLength(12);
  expect(await healthOf(engine)).not.toEqual(health);
  await engine.close();
});
