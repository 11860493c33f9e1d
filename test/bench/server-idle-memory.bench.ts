// What the server's process takes of the memory once it has worked and has nothing to do.
import { readFileSync } from 'node:fs';
import { defineBench } from './define.ts';
import { makePortfolio, openBenchCentral, pullAll, touchpoints } from './central-bench.ts';

function residentMb(id: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}

export const bench = defineBench({
  name: 'server-idle-memory',
  where: 'node',
  limits: { 'server-idle-memory': { value: 200 } },
  run: async ({ size }) => {
    const central = await openBenchCentral();
    const fresh = residentMb(central.server.id);
    const kim = await central.device('kim');
    const engagements = await makePortfolio(kim, central.newId);
    for (let push = 0; push < (size === 'full' ? 40 : 2); push += 1) await kim.push(touchpoints(engagements, central.newId));
    await pullAll(kim);
    const after = residentMb(central.server.id);
    await central.close();
    return [
      { name: 'server-idle-memory', value: fresh, unit: 'MB' },
      { name: 'server-memory-after-work', value: after, unit: 'MB' },
    ];
  },
});
