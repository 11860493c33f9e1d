// The list of 100,000 touchpoints on the screen: opened in the running application, and scrolled.
import { defineBench, percentile } from './define.ts';
import { withChromium } from './in-chromium.ts';

const OPENINGS = 7;
/** Pixels a frame: a wheel, a hard fling, a page key held down, the thumb of the scroll bar. */
const SCROLLS = { wheel: 120, fling: 400, pages: 1_900, thumb: 70_000 } as const;
const FRAMES = 300;

/** What the probe in the page answers with. */
type Frames = { readonly frames: number[]; readonly long: number[]; readonly waiting: number };

export const bench = defineBench({
  name: 'list-screen',
  where: 'node',
  limits: {
    'list-100k-first-paint': { value: 200 },
    'list-100k-scroll': { value: 16.7 },
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
      const all: Frames[] = [];
      for (const [name, step] of Object.entries(SCROLLS)) {
        await page.locator('[role="grid"]').evaluate((grid) => grid.scrollTo({ top: 0 }));
        const seen = await page.evaluate(async ({ address, by, most }) => (await import(address)).scroll(by, most) as Promise<Frames>, {
          address: probe,
          by: step,
          most: FRAMES,
        });
        const dropped = seen.frames.filter((frame) => frame > 25).length;
        say(
          `${name}: p95 ${percentile(seen.frames, 0.95).toFixed(1)} ms, longest ${Math.max(...seen.frames).toFixed(1)} ms, ${dropped} of ${FRAMES} dropped, ` +
            `${seen.waiting} with rows still to come, long tasks ${seen.long.map((task) => task.toFixed(0)).join(', ') || 'none'}`,
        );
        all.push(seen);
      }
      const frames = all.flatMap((seen) => seen.frames);
      return [
        { name: 'list-100k-first-paint', value: percentile(times, 0.5), unit: 'ms' },
        { name: 'list-100k-first-paint-worst', value: Math.max(...times), unit: 'ms' },
        { name: 'list-100k-scroll', value: percentile(frames, 0.95), unit: 'ms' },
        { name: 'list-100k-scroll-worst', value: Math.max(...frames), unit: 'ms' },
        { name: 'list-100k-scroll-dropped', value: frames.filter((frame) => frame > 25).length, unit: 'count' },
        { name: 'list-100k-scroll-long-task', value: Math.max(0, ...all.flatMap(({ long }) => long)), unit: 'ms' },
      ];
    }),
});
