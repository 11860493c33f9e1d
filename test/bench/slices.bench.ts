// The longest time for which the engine answers nobody while it does long work: each should stay under 50 ms (design.md, idea 5).
import { STARTER_HEALTH } from '#shared/domain/starter/starter-definitions.ts';
import type { EngineClient } from '#shared/contract/client/client.ts';
import { accountsCsv } from './accounts-csv.ts';
import { defineBench, timed, type Figure } from './define.ts';
import { startPageEngine } from './page-engine.ts';
import { takeDelays } from './turn-probe.ts';

const LIMIT = 50;
const NAMES = [
  'import-open',
  'import-commit',
  'export-csv',
  'export-xlsx',
  'bulk-preview',
  'bulk-edit',
  'bulk-undo',
  'bulk-redo',
  'import-undo',
  'import-redo',
  'demo',
  'figures',
  'lists',
  'search',
  'risk-analysis',
  'another-day',
  'score-all',
  'delete-many',
  'demo-undo',
  'quiet-moments',
  'start',
] as const;
type Name = (typeof NAMES)[number];
/** What the engine does by itself once it is left alone: risks, the start-up image, scores for the next start. */
const QUIET_MS = 12_000;

const rest = (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds));

export const bench = defineBench({
  name: 'slices',
  where: 'chromium',
  limits: Object.fromEntries(NAMES.map((name) => [`slice-${name}`, { value: LIMIT }])),
  run: async ({ size, origin, say }) => {
    // as many records as design.md says: 90,000 of 2,000 invented customers, and what the definitions find
    const [rows, engagements] = size === 'full' ? [100_000, 2_000] : [5_000, 300];
    const figures: Figure[] = [];
    const watched = async <T>(name: Name, work: () => Promise<T>): Promise<T> => {
      // what is on the way from before does not count; an engine that is just starting has nothing before
      if (name !== 'start') await takeDelays();
      const from = performance.timeOrigin + performance.now();
      let done: T | undefined;
      const spent = await timed(async () => {
        done = await work();
      });
      const { longest, blocks } = await takeDelays();
      say(
        `${name}: ${Math.round(spent)} ms; without a turn ${blocks.map(([at, late]) => `${Math.round(late)} at ${Math.round(at - from)}`).join(', ')}`,
      );
      figures.push({ name: `slice-${name}`, value: longest, unit: 'ms' });
      return done as T; // set by the call above, or it has thrown
    };

    const start = (name: string) => startPageEngine(origin, name, 'engine/bench-worker.js');
    const status = (client: EngineClient) => client.call('workspace.status', {});

    const first = start('bench-slices-rows');
    await status(first.client);
    const bytes = new TextEncoder().encode(accountsCsv(rows));
    const { sessionId } = await watched('import-open', () => first.client.job('import.open', { files: [{ name: 'accounts.csv', bytes }] }));
    await watched('import-commit', () => first.client.job('import.commit', { sessionId }));
    await watched('export-csv', () => first.client.job('export.table', { table: 'account', format: 'csv' }));
    await watched('export-xlsx', () => first.client.job('export.table', { table: 'account', format: 'xlsx' }));
    // some 11,000 of 100,000
    const bulk = {
      table: 'account',
      target: { condition: { field: 'name', op: 'startsWith', value: 'Company number 1' } },
      change: { action: 'set', patch: { cadenceTier: 'growth' } },
    } as const;
    await watched('bulk-preview', () => first.client.job('records.bulkPreview', bulk));
    await watched('bulk-edit', () => first.client.job('records.bulk', bulk));
    await watched('bulk-undo', () => first.client.command('records.undo', {}));
    await watched('bulk-redo', () => first.client.command('records.redo', {}));
    await first.client.command('records.undo', {});
    await watched('import-undo', () => first.client.command('records.undo', {}));
    await watched('import-redo', () => first.client.command('records.redo', {}));
    first.close();

    let second = start('bench-slices-demo');
    await status(second.client);
    await watched('demo', () => second.client.job('workspace.demo', { engagements }));
    await watched('figures', () => second.client.call('portfolio.overview', {}));
    const window = { offset: 0, limit: 50 };
    await watched('lists', async () => {
      await second.client.call('portfolio.list', { columns: [], sums: [], window, sort: [{ field: 'health', direction: 'up' }] });
      const sorted = { engagement: 'account', supportTicket: 'submittedAt', account: 'name', touchpoint: 'engagement' } as const;
      for (const table of ['engagement', 'supportTicket', 'account', 'touchpoint'] as const)
        await second.client.call('records.list', { table, window, sort: [{ field: sorted[table], direction: 'up' }] });
    });
    await watched('search', () => second.client.call('records.find', { text: 'renewal', limit: 20 }));
    await watched('risk-analysis', () => second.client.command('risk.analyse', {}));
    await watched('another-day', async () => {
      await second.client.command('workspace.set', { key: 'asOf', value: '2024-12-31' });
      await second.client.call('portfolio.overview', {});
      await second.client.command('workspace.set', { key: 'asOf', value: null });
      await second.client.call('portfolio.overview', {});
    });
    await watched('score-all', () => second.client.command('health.refresh', {}));
    await watched('quiet-moments', () => rest(QUIET_MS));
    second.close();
    second = start('bench-slices-demo');
    await watched('start', () => second.client.call('portfolio.list', { columns: [], sums: [], window }));
    // what stands in the way of deleting the source, and what was done since the demo was made
    const named = async (table: 'dataSource' | 'healthDefinition', name: string) =>
      (await second.client.call('records.list', { table, condition: { field: 'name', op: 'is', value: name }, window })).rows[0]?.row.id ??
      '';
    await second.client.command('records.delete', { table: 'healthDefinition', id: await named('healthDefinition', STARTER_HEALTH.name) });
    const source = await named('dataSource', 'Product usage');
    const risks = { table: 'riskDefinition', condition: { field: 'source', op: 'is', value: source }, window } as const;
    for (const { row } of (await second.client.call('records.list', risks)).rows)
      await second.client.command('records.delete', { table: 'riskDefinition', id: row.id });
    await watched('delete-many', () => second.client.command('records.delete', { table: 'dataSource', id: source }));
    const next = async () => (await second.client.call('records.undoable', {})).undo;
    while ((await next()) !== 'Demo portfolio') await second.client.job('undo.take', { direction: 'undo' });
    await watched('demo-undo', () => second.client.job('undo.take', { direction: 'undo' }));
    second.close();
    return figures;
  },
});
