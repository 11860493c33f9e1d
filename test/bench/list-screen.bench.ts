// The list of 100,000 touchpoints on the screen: opened in the running application, and scrolled.
import type { CDPSession, Page } from 'playwright';
import { defineBench, percentile } from './define.ts';
import { withChromium } from './in-chromium.ts';

const OPENINGS = 7;
/** Pixels a frame: a wheel, a hard fling, a page key held down, the thumb of the scroll bar. */
const SCROLLS = { wheel: 120, fling: 400, pages: 1_900, thumb: 70_000 } as const;
const FRAMES = 300;
/** A frame that took longer than this, in milliseconds, left one out. */
const DROPPED = 25;

/** What the probe in the page answers with. */
type Frames = { readonly frames: number[]; readonly long: number[]; readonly waiting: number };
/** A page that has a list, scrolled in every way. `work`: processor time of its main thread in milliseconds a frame. */
type Scrolled = { readonly frames: number[]; readonly long: number[]; readonly work: number };

/** Processor time of the page's main thread so far, in milliseconds. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

async function scrolled(page: Page, probe: string, say: (line: string) => void): Promise<Scrolled> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const all: Frames[] = [];
  let work = 0;
  for (const [name, step] of Object.entries(SCROLLS)) {
    await page.locator('[role="grid"]').evaluate((grid) => grid.scrollTo({ top: 0 }));
    const before = await workOf(session);
    const seen = await page.evaluate(async ({ address, by, most }) => (await import(address)).scroll(by, most) as Promise<Frames>, {
      address: probe,
      by: step,
      most: FRAMES,
    });
    const worked = (await workOf(session)) - before;
    work += worked;
    const dropped = seen.frames.filter((frame) => frame > DROPPED).length;
    say(
      `${name}: p95 ${percentile(seen.frames, 0.95).toFixed(1)} ms, longest ${Math.max(...seen.frames).toFixed(1)} ms, ${dropped} of ${FRAMES} dropped, ` +
        `work ${(worked / FRAMES).toFixed(1)} ms a frame, ${seen.waiting} with rows still to come, long tasks ${seen.long.map((task) => task.toFixed(0)).join(', ') || 'none'}`,
    );
    all.push(seen);
  }
  await session.detach();
  return {
    frames: all.flatMap(({ frames }) => frames),
    long: all.flatMap(({ long }) => long),
    work: work / FRAMES / Object.keys(SCROLLS).length,
  };
}

export const bench = defineBench({
  name: 'list-screen',
  where: 'node',
  limits: {
    'list-100k-first-paint': { value: 200 },
    // 60 frames a second; the clock of frames is exact to a tenth
    'list-100k-scroll': { value: 16.8 },
    'list-100k-scroll-long-task': { value: 50 },
  },
  run: ({ size, say }) =>
    withChromium({ fill: 'test/bench/fill-touchpoints.ts', probe: 'test/bench/list-screen.page.ts' }, say, async (page, origin) => {
      const probe = `${origin}probe.js`;
      const touchpoints = size === 'full' ? 100_000 : 5_000;
      await page.evaluate(
        // the page loads our own module from our own address
        async ({ address, many }) => (await import(address)).fillTouchpoints(many) as Promise<void>,
        { address: `${origin}fill.js`, many: touchpoints },
      );
      await page.setViewportSize({ width: 1440, height: 900 });
      const times: number[] = [];
      for (let opening = 0; opening < OPENINGS; opening += 1) {
        // each time anew: nothing is loaded, remembered or compiled
        await page.goto('about:blank');
        await page.goto(`${origin}#/settings`);
        await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
        await page.getByText('Data as of').waitFor();
        await page.evaluate((address) => import(address), probe);
        times.push(await page.evaluate(async (address) => (await import(address)).openList() as Promise<number>, probe));
      }
      say(`opened in ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
      const list = await scrolled(page, probe, say);
      say('a bare list:');
      await page.goto(`${origin}bench.html`);
      await page.evaluate(async ({ address, many }) => (await import(address)).bareList(many) as void, {
        address: probe,
        many: touchpoints,
      });
      const bare = await scrolled(page, probe, say);
      return [
        { name: 'list-100k-first-paint', value: percentile(times, 0.5), unit: 'ms' },
        { name: 'list-100k-first-paint-worst', value: Math.max(...times), unit: 'ms' },
        { name: 'list-100k-scroll', value: percentile(list.frames, 0.95), floor: percentile(bare.frames, 0.95), unit: 'ms' },
        { name: 'list-100k-scroll-worst', value: Math.max(...list.frames), floor: Math.max(...bare.frames), unit: 'ms' },
        { name: 'list-100k-scroll-dropped', value: list.frames.filter((frame) => frame > DROPPED).length, unit: 'count' },
        { name: 'list-100k-scroll-work', value: list.work, floor: bare.work, unit: 'ms' },
        { name: 'list-100k-scroll-long-task', value: Math.max(0, ...list.long), unit: 'ms' },
      ];
    }),
});
