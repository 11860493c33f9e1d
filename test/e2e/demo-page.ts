// Tests that work in the demo portfolio and leave it as it was share one: making it anew for each took most of their time.
import type { BrowserContext } from '@playwright/test';
import { test as base } from '../support/browser-host.ts';
import { openDemo } from './demo.ts';

type Shared = { demo: BrowserContext };

/**
 * Playwright's `test` whose pages show a demo portfolio that all tests of the worker share. A test takes back what it changes; how
 * lists are laid out, drafts and what was seen last are gone with its page.
 */
export const test = base.extend<Record<never, never>, Shared>({
  demo: [
    async ({ browser, host }, provide) => {
      const demo = await browser.newContext({ baseURL: host });
      // this page stays and runs the engine, so that those of the tests open at once
      await openDemo(await demo.newPage());
      await provide(demo);
      await demo.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  context: async ({ demo }, provide) => {
    await provide(demo);
  },
  page: async ({ context }, provide) => {
    const page = await context.newPage();
    await provide(page);
    await page.evaluate(() => localStorage.removeItem('satchel.layout')).catch(() => undefined);
    await page.close();
  },
});

export { expect } from '../support/browser-host.ts';
