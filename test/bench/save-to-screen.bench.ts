// From a saved touchpoint to all open figures, through the port as on a screen: 10,000 engagements, 100,000 records, 1,000,000 points.
import { openNodeEngine, type NodeEngine } from '../../main/cli/node-engine.ts';
import type { EngineClient } from '#shared/contract/client/client.ts';
import type { Input, QueryName } from '#shared/contract/engine-contract.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { defineBench, percentile, timed } from './define.ts';
import { benchRecords, TODAY } from './scoring-records.ts';

const SAVES = 40;
/** Fields that the store gives. */
const SYSTEM = new Set(['id', 'number', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'rev']);

/** Puts the records into a real store, in an order in which each comes after those that it refers to. */
async function fill({ context }: NodeEngine, engagements: number): Promise<void> {
  const { tables, series } = benchRecords(engagements);
  const order: readonly TableName[] = [
    'product',
    'account',
    'engagement',
    'contract',
    'soldProduct',
    'supportTicket',
    'touchpoint',
    'dataSource',
  ];
  const names = [...order, ...[...tables.keys()].filter((name) => !order.includes(name))];
  await context.records.run({ commandId: 'fill', actor: 'bench', label: 'Fill' }, (draft) => {
    draft.create('setting', { key: 'asOf', value: TODAY });
    for (const table of names) {
      for (const row of tables.get(table) ?? []) {
        const values = Object.fromEntries(Object.entries(row).filter(([field]) => !SYSTEM.has(field) && field !== 'active'));
        draft.create(table, values, { id: row.id });
      }
    }
    for (const [id, points] of series) draft.putPoints(id, points);
  });
}

/** Opens a live query and counts its pushes. */
function open<N extends QueryName>(client: EngineClient, name: N, input: Input<N>): () => number {
  let pushes = 0;
  client.live(name, input, {
    next: () => {
      pushes += 1;
    },
    error: (error) => {
      throw error;
    },
  });
  return () => pushes;
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => void setImmediate(resolve));
}

export const bench = defineBench({
  name: 'save-to-screen',
  where: 'node',
  limits: { 'save-to-screen': { value: 200 } },
  run: async ({ size, say }) => {
    const engine = await openNodeEngine();
    const engagements = size === 'full' ? 10_000 : 300;
    say(`filled in ${(await timed(() => fill(engine, engagements))).toFixed(0)} ms`);
    const { client } = engine;
    const engagement = `engagement-${'5'.padStart(6, '0')}`;
    const window = { offset: 0, limit: 50 };
    const columns = ['contractValue', 'openRisks', 'lastHeld', 'nextRenewal', 'health', 'healthChange'];
    const sort = [{ field: 'lastHeld', direction: 'down' as const }];
    const figures = [
      open(client, 'portfolio.overview', {}),
      open(client, 'health.explain', { engagementId: engagement }),
      open(client, 'risk.overview', {}),
    ];
    const changing = [
      open(client, 'portfolio.list', { columns, sums: ['contractValue', 'openRisks'], window, sort }),
      open(client, 'engagement.overview', { id: engagement }),
    ];
    await until(() => [...figures, ...changing].every((pushes) => pushes() > 0));
    const times: number[] = [];
    for (let save = 0; save < SAVES; save += 1) {
      const before = changing.map((pushes) => pushes());
      times.push(
        await timed(async () => {
          // each one newer than the last, so that the engagement's line changes as well
          const values = { subject: `Call ${save}`, engagement, heldOn: addDays(TODAY, save - SAVES) };
          await client.command('records.create', { table: 'touchpoint', values });
          await until(() => changing.every((pushes, index) => pushes() > (before[index] ?? 0)));
        }),
      );
    }
    const heap = process.memoryUsage();
    say(`heap ${(heap.heapUsed / 2 ** 20).toFixed(0)} MB, buffers ${(heap.arrayBuffers / 2 ** 20).toFixed(0)} MB`);
    await engine.close();
    return [
      { name: 'save-to-screen', value: percentile(times, 0.95), unit: 'ms' },
      { name: 'save-to-screen-median', value: percentile(times, 0.5), unit: 'ms' },
    ];
  },
});
