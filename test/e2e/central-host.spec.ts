import { expect as plainly, test as plain } from '@playwright/test';
import { serve } from '../../build/serve.ts';
import { openCentral } from '../support/central.ts';
import { expect, test } from './central-host.ts';

/** Asks from within the page; `refused` where the browser did not let it. */
const ask = (address: string) =>
  fetch(address).then(
    ({ status }) => String(status),
    () => 'refused',
  );

test('S15 the application that the central store serves runs there and may talk to it', async ({ page, central }) => {
  await page.goto('/');
  await expect(page.getByRole('navigation').first()).toBeVisible();
  expect(await page.evaluate(ask, `${central.server}/v1/about`)).toBe('200');
});

plain('S15 DSK-06 pages on this machine may talk to the named central store alone, where that lets them', async ({ page }) => {
  const servers: string[] = [];
  const served = await serve(0, undefined, servers);
  const origin = served.url.replace(/\/$/, '');
  const [open, closed] = [await openCentral(undefined, { allowedOrigins: [origin] }), await openCentral()];
  const [friend, deaf] = [await open.app.listen({ host: '127.0.0.1', port: 0 }), await closed.app.listen({ host: '127.0.0.1', port: 0 })];
  servers.push(friend, deaf);
  await page.goto(served.url);
  plainly(await page.evaluate(ask, `${friend}/v1/about`)).toBe('200');
  plainly(await page.evaluate(ask, `${friend}/v1/me`)).toBe('401');
  // the policy lets it out, the server's silence about origins keeps the answer closed
  plainly(await page.evaluate(ask, `${deaf}/v1/about`)).toBe('refused');
  plainly(await page.evaluate(ask, 'http://127.0.0.1:1/v1/about')).toBe('refused');
  for (const { close } of [open, closed]) await close();
  await served.close();
});
