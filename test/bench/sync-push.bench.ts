// A push of 50 intents over loopback, answered after it is on the disk.
import { defineBench, percentile, timed } from './define.ts';
import { makePortfolio, openBenchCentral, touchpoints } from './central-bench.ts';

export const bench = defineBench({
  name: 'sync-push',
  where: 'node',
  limits: { 'sync-push': { value: 50 } },
  run: async ({ size }) => {
    const central = await openBenchCentral();
    const kim = await central.device('kim');
    const engagements = await makePortfolio(kim, central.newId);
    for (let warm = 0; warm < 15; warm += 1) await kim.push(touchpoints(engagements, central.newId));
    const times: number[] = [];
    for (let push = 0; push < (size === 'full' ? 100 : 5); push += 1)
      times.push(await timed(() => kim.push(touchpoints(engagements, central.newId))));
    await central.close();
    return [
      { name: 'sync-push', value: percentile(times, 0.95), unit: 'ms' },
      { name: 'sync-push-median', value: percentile(times, 0.5), unit: 'ms' },
    ];
  },
});
