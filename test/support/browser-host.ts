// The fixture of the end-to-end tests: the built application on an address of its own, so on an empty store of its own.
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { serve } from '../../build/serve.ts';

type Faults = { faults: string[] };
type Host = { host: string };

/** Playwright's `test` with `host`, the address of the application; a page that reports an error or breaks the policy fails its test. */
export const test = base.extend<Faults, Host>({
  host: [
    async ({}, provide) => {
      const served = await serve(0);
      await provide(served.url);
      await served.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ host }, provide) => {
    await provide(host);
  },
  faults: [
    async ({ context }, provide) => {
      const faults: string[] = [];
      context.on('weberror', (error) => faults.push(error.error().message));
      context.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) faults.push(message.text());
      });
      await provide(faults);
      expect(faults, 'errors and policy violations reported by the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** What axe finds wrong on the page as it is now, one line a fault; an empty list means nothing. */
export async function axeFaults(page: ConstructorParameters<typeof AxeBuilder>[0]['page']): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
