import { gzipSync } from 'node:zlib';
import type { Response } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { openDemo } from './demo.ts';

const FIRST_LOAD_LIMIT = 600 * 1024;

test('UX-01 the palette reaches every screen and action, and ? lists the keys', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search records, actions and screens' })).toBeFocused();
  await page.keyboard.type('sett');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Log a call');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused();
});

test('UX-03 single keys can be switched off, chords still work', async ({ page }) => {
  await page.goto('./#/settings');
  await page.getByRole('checkbox', { name: /^Single keys work/ }).uncheck();
  await page.locator('h1').focus();
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Search and commands' })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0);
});

test('the day that counts as today is set in the footer, and every figure follows', async ({ page }) => {
  await openDemo(page);
  const footer = page.getByRole('contentinfo', { name: 'Status' });
  await expect(footer).toContainText('Data as of');
  await expect(footer).toContainText('UTC');
  await footer.getByRole('button', { name: /^Today:/ }).click();
  await page.getByRole('textbox', { name: 'The day that counts as today' }).fill('2025-06-30');
  await page.keyboard.press('Enter');
  await expect(footer).toContainText('Jun 30, 2025');
  await expect(footer).toContainText('set by you');
  await expect(page.getByText('as of Jun 30, 2025', { exact: true })).toBeVisible();
  await footer.getByRole('button', { name: /^Today:/ }).click();
  await page.getByRole('button', { name: 'Use the real day' }).click();
  await expect(footer).not.toContainText('set by you');
});

test('UX-03 the skip link leads past the rail', async ({ page }) => {
  await page.goto('./#/settings');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the screen' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('an address that leads nowhere says so', async ({ page }) => {
  await page.goto('./#/nowhere');
  await expect(page.getByText('There is no such screen')).toBeVisible();
  await page.goto('./#/engagement/none');
  await expect(page.getByText('This engagement is not here')).toBeVisible();
  await page.goto('./#/records/account/none');
  await expect(page.getByText('This account is not here')).toBeVisible();
  await page.goto('./#/records/nothing');
  await expect(page.getByText('There is no such list')).toBeVisible();
});

test('the first screen loads at most 600 KB of script, compressed', async ({ page }) => {
  const sizes: Promise<number>[] = [];
  const measure = (response: Response) => {
    if (response.url().endsWith('.js') && !response.url().includes('/engine/')) {
      sizes.push(response.body().then((body) => gzipSync(body).length));
    }
  };
  page.on('response', measure);
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // what comes later is of other screens, and may be cut off by the end of the test
  page.off('response', measure);
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThan(FIRST_LOAD_LIMIT);
});
