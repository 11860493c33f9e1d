import { expect, test } from '../support/browser-host.ts';

test('DSK-07 a second tab shows what the first one does, and goes on when the first is closed', async ({ context, host }) => {
  const first = await context.newPage();
  await first.goto(host);
  const second = await context.newPage();
  await second.goto(new URL('#/portfolio', host).href);
  await expect(second.getByText('Today:')).toBeVisible();
  await first.getByRole('button', { name: /demo/i }).first().click();
  // how many depends on the day
  const all = second.getByRole('status').filter({ hasText: /^\d{3} engagements$/ });
  await expect(all).toBeVisible({ timeout: 60_000 });
  await first.close();
  await second.getByPlaceholder(/filter/i).fill('Networks');
  await expect(all).toBeHidden();
  await expect(second.getByRole('status').filter({ hasText: /^\d{1,2} engagements?$/ })).toBeVisible();
});
