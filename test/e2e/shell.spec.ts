import type { Page } from '@playwright/test';
import { axeFaults, expect, test } from '../support/browser-host.ts';
import { openDemo } from './demo.ts';

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
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Log a touchpoint');
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

async function everyScreen(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  await openDemo(page);
  await look('portfolio');
  await page.getByRole('gridcell').nth(2).click();
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { name: 'What moved' })).toBeVisible();
  await look('peek');
  await page.getByRole('button', { name: 'Conditions' }).click();
  await page.getByRole('button', { name: 'Condition', exact: true }).click();
  await look('conditions');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(page.getByRole('button', { name: 'As delivered' })).toBeVisible();
  await look('columns');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Today:/ }).click();
  await look('today');
  await page.getByRole('button', { name: /^Calendar for/ }).click();
  await expect(page.getByRole('button', { name: 'Next month' })).toBeVisible();
  await look('calendar');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option').first()).toBeVisible();
  await look('palette');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Look' }).click();
  await expect(page.getByRole('menuitemradio').first()).toBeVisible();
  await look('view menu');
  await page.keyboard.press('Escape');

  await page.getByRole('grid').getByRole('link').first().click();
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await look('engagement');
  await page.getByRole('button', { name: 'Edit Stage' }).click();
  await page.getByRole('button', { name: 'Edit Renewal date' }).click();
  await page.getByRole('button', { name: 'Edit Parent engagement' }).click();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await look('editing');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Health' }).click();
  await expect(page.getByRole('img', { name: /^Health from|^No health/ })).toBeVisible();
  await page.locator('tbody').getByRole('button').first().click();
  await look('health');
  await page.getByRole('button', { name: 'As a table' }).click();
  await look('health as a table');
  await expect(page.locator('time').first()).toBeVisible();
  await look('activity');
  await page.getByRole('tab', { name: 'Related' }).click();
  await expect(page.getByRole('link', { name: /^View all/ }).first()).toBeVisible();
  await look('related');
  await page.getByRole('button', { name: 'Record information' }).click();
  await expect(page.getByRole('button', { name: 'Copy the ID' })).toBeVisible();
  await look('information');
  await page.getByRole('button', { name: 'Activity', exact: true }).click();
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('textbox', { name: 'Subject' })).toBeVisible();
  await look('log a touchpoint');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More for this engagement' }).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await look('more');
  await page.getByRole('menuitem', { name: 'Close this engagement' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('close');

  for (const [address, name] of [
    ['records', 'Records'],
    ['records/account', 'Accounts'],
    ['records/account/new', 'New account'],
    ['records/supportTicket/new', 'New support ticket'],
    ['settings', 'Settings'],
  ] as const) {
    await page.goto(`./#/${address}`);
    await expect(heading).toHaveText(name);
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    await look(address);
  }
  await page.goto('./#/records/contract');
  await page.getByRole('grid').getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Related records' })).toBeVisible();
  await look('record');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('');
  await page.keyboard.press('Enter');
  await expect(page.getByText('One field keeps this from being saved.')).toBeVisible();
  await look('record with a problem');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.locator('h1').focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await look('keys');
}

for (const scheme of ['light', 'dark'] as const) {
  test(`UX-03 axe finds nothing on any screen, ${scheme}`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const found: string[] = [];
    await everyScreen(page, async (where) => {
      found.push(...(await axeFaults(page)).map((fault) => `${where}: ${fault}`));
    });
    expect(found).toEqual([]);
  });
}
