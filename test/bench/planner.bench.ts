// The planner of 500 engagements with 5,000 touchpoints on the screen: opened in the running application, and a touchpoint moved; a brief.
import { addDays, mondayOf } from '#shared/util/calendar-days.ts';
import { defineBench, percentile } from './define.ts';
import { withChromium } from './in-chromium.ts';
import { TODAY } from './scoring-records.ts';

const OPENINGS = 7;
const MOVES = 20;

export const bench = defineBench({
  name: 'planner',
  where: 'node',
  limits: { 'planner-first-paint': { value: 300 }, 'planner-move': { value: 50 }, 'brief-first-paint': { value: 500 } },
  run: ({ size, say }) =>
    withChromium({ fill: 'test/bench/fill-planner.ts', probe: 'test/bench/planner.page.ts' }, say, async (page, origin) => {
      const probe = `${origin}probe.js`;
      const many = size === 'full' ? { engagements: 500, touchpoints: 5_000 } : { engagements: 50, touchpoints: 500 };
      const engagement = await page.evaluate(
        // the page loads our own modules from our own address
        async ({ address, of }) => (await import(address)).fillPlanner(of.engagements, of.touchpoints) as Promise<string>,
        { address: `${origin}fill.js`, of: many },
      );
      await page.setViewportSize({ width: 1440, height: 900 });
      const first = async (address: string, selector: string): Promise<number> => {
        // each time anew: nothing is loaded, remembered or compiled
        await page.goto('about:blank');
        await page.goto(`${origin}#/settings`);
        await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
        await page.getByText('Data as of').waitFor();
        return page.evaluate(async ({ module, to, wanted }) => (await import(module)).open(to, wanted) as Promise<number>, {
          module: probe,
          to: address,
          wanted: selector,
        });
      };
      const briefs: number[] = [];
      const openings: number[] = [];
      for (let opening = 0; opening < OPENINGS; opening += 1) {
        briefs.push(await first(`#/brief/${engagement}`, 'main ol a'));
        openings.push(await first('#/planner?whose=all', '[data-row="0"] [data-item]'));
      }
      say(`planner ${openings.map((time) => time.toFixed(0)).join(', ')} ms; brief ${briefs.map((time) => time.toFixed(0)).join(', ')} ms`);
      const item = await page.locator(`[data-row="0"] [data-day="${TODAY}"] [data-item]`).first().getAttribute('data-item');
      const moves: number[] = [];
      // there and back within the week
      const away = addDays(mondayOf(TODAY), 6) === TODAY ? -1 : 1;
      for (let move = 0; move < MOVES; move += 1) {
        const by = move % 2 === 0 ? away : -away;
        const day = move % 2 === 0 ? addDays(TODAY, away) : TODAY;
        moves.push(
          await page.evaluate(async ({ module, key, id, to }) => (await import(module)).moveBy(key, id, to) as Promise<number>, {
            module: probe,
            key: by === 1 ? 'ArrowRight' : 'ArrowLeft',
            id: item ?? '',
            to: day,
          }),
        );
      }
      return [
        { name: 'planner-first-paint', value: percentile(openings, 0.5), unit: 'ms' },
        { name: 'planner-first-paint-worst', value: Math.max(...openings), unit: 'ms' },
        { name: 'planner-move', value: percentile(moves, 0.95), unit: 'ms' },
        { name: 'brief-first-paint', value: percentile(briefs, 0.5), unit: 'ms' },
      ];
    }),
});
