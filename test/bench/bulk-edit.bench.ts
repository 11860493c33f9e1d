// REC-37: 10,000 records changed as one command (floor: the same rows put into a bare IndexedDB in one strict transaction).
import { defineBench, timed } from './define.ts';
import { rawPuts, startPageEngine } from './page-engine.ts';

export const bench = defineBench({
  name: 'bulk-edit',
  where: 'chromium',
  limits: { 'bulk-edit': { ratio: 2 } },
  run: async ({ size, origin, say }) => {
    const count = size === 'full' ? 10_000 : 1_000;
    const { client, close } = startPageEngine(origin, 'bench-bulk');
    const lines = Array.from({ length: count }, (_, at) => `A-${at},Account ${at},Retail,${at % 200}`);
    const bytes = new TextEncoder().encode(`account_id,account_name,industry,employees\n${lines.join('\n')}\n`);
    const { sessionId } = await client.job('import.open', { files: [{ name: 'accounts.csv', bytes }] });
    await client.job('import.commit', { sessionId });
    const input = { table: 'account', target: {}, change: { action: 'set', patch: { cadenceTier: 'growth' } } } as const;
    const preview = await timed(() => client.job('records.bulkPreview', input));
    let changed = 0;
    const value = await timed(async () => {
      ({ changed } = await client.job('records.bulk', input));
    });
    if (changed !== count) throw new Error(`${changed} of ${count} records were changed`);
    const rows: unknown[] = [];
    for (let offset = 0; offset < count; offset += 1_000) {
      const page = await client.call('records.list', { table: 'account', window: { offset, limit: 1_000 } });
      rows.push(...page.rows.map(({ row }) => row));
    }
    const undo = await timed(() => client.command('records.undo', {}));
    const floor = await timed(() => rawPuts('bench-bulk-floor', rows));
    close();
    say(`preview ${Math.round(preview)} ms`);
    return [
      { name: 'bulk-edit', value, unit: 'ms', floor },
      { name: 'bulk-edit-preview', value: preview, unit: 'ms' },
      { name: 'bulk-edit-undo', value: undo, unit: 'ms' },
    ];
  },
});
