// What a device fetches after others made 1,000 changes.
import { defineBench, percentile, timed } from './define.ts';
import { makePortfolio, openBenchCentral, pullAll, touchpoints } from './central-bench.ts';

const CHANGES = 1_000;

export const bench = defineBench({
  name: 'sync-pull',
  where: 'node',
  limits: { 'sync-pull': { value: 300 } },
  run: async ({ size }) => {
    const central = await openBenchCentral();
    const [kim, other] = [await central.device('kim'), await central.device('kim')];
    const engagements = await makePortfolio(kim, central.newId);
    let { cursor } = await pullAll(other);
    const times: number[] = [];
    for (let round = 0; round < (size === 'full' ? 12 : 2); round += 1) {
      for (let sent = 0; sent < CHANGES; sent += 250) await kim.push(touchpoints(engagements, central.newId, 250));
      times.push(
        await timed(async () => {
          const pulled = await pullAll(other, cursor);
          if (pulled.rows < CHANGES) throw new Error(`${pulled.rows} rows came`);
          ({ cursor } = pulled);
        }),
      );
    }
    await central.close();
    return [
      { name: 'sync-pull', value: percentile(times, 0.95), unit: 'ms' },
      { name: 'sync-pull-median', value: percentile(times, 0.5), unit: 'ms' },
    ];
  },
});
