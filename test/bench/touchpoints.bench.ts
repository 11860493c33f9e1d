// The planner's rows, a move in it, and the brief, from 500 engagements with 5,000 touchpoints, in the engine.
import { openEngine } from '#engine/engine.ts';
import { figuresOf } from '#engine/jobs/figures.ts';
import { mondayOf } from '#shared/util/calendar-days.ts';
import { call } from '../support/call-engine.ts';
import { memoryHost } from '../support/memory-host.ts';
import { change } from '../support/portfolio-engine.ts';
import { defineBench, percentile, timed } from './define.ts';
import { planRecords } from './planner-records.ts';

const ROUNDS = 15;
const TODAY = '2025-06-11';

export const bench = defineBench({
  name: 'touchpoints',
  where: 'node',
  limits: { 'planner-rows-first': { value: 300 }, 'planner-rows': { value: 100 }, 'planner-move': { value: 50 }, brief: { value: 500 } },
  run: async ({ size, say }) => {
    const engine = await openEngine(memoryHost());
    await call(engine, 'workspace.addStarterDefinitions', {});
    await call(engine, 'workspace.set', { key: 'asOf', value: TODAY });
    const made = await change(engine, (draft) => planRecords(draft, size === 'full' ? 500 : 20, TODAY));
    const rows = () =>
      call(engine, 'planner.rows', { from: mondayOf(TODAY), days: 31, whose: 'all', sort: 'value', window: { offset: 0, limit: 100 } });
    // as after a start: figures are computed by then
    await figuresOf(engine.context).settled();
    const first = await timed(rows);
    const times = { rows: [] as number[], move: [] as number[], brief: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const { engagement, touchpoint } = made[round % made.length] ?? { engagement: '', touchpoint: '' };
      // moved, and the rows with it on its new day
      times.move.push(
        await timed(async () => {
          await call(engine, 'planner.move', { table: 'touchpoint', id: touchpoint, days: 1 });
          await rows();
        }),
      );
      times.rows.push(await timed(rows));
      times.brief.push(await timed(() => call(engine, 'brief.read', { engagement })));
    }
    say(`${(await rows()).total} engagements, ${engine.context.view.count('touchpoint')} touchpoints`);
    return [
      { name: 'planner-rows-first', value: first, unit: 'ms' },
      { name: 'planner-rows', value: Math.min(...times.rows), unit: 'ms' },
      { name: 'planner-move', value: percentile(times.move, 0.5), unit: 'ms' },
      { name: 'brief', value: percentile(times.brief, 0.5), unit: 'ms' },
    ];
  },
});
