// Every screen, menu and dialog, looked at by axe in both colour schemes.
import type { Page } from '@playwright/test';
import { everyFault } from './accessible.ts';
import { expect, test } from './demo-page.ts';
import { cellAt, openPortfolio } from './demo.ts';

type Look = (where: string) => Promise<void>;

async function portfolioScreens(page: Page, look: Look): Promise<void> {
  await openPortfolio(page);
  await look('portfolio');
  await cellAt(page.getByRole('grid', { name: 'Engagements' }), 0, 2).click();
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { name: 'What moved' })).toBeVisible();
  await look('peek');
  await page.getByRole('button', { name: 'Conditions', exact: true }).click();
  await page.getByRole('button', { name: 'Condition', exact: true }).click();
  await look('conditions');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(page.getByRole('button', { name: 'As delivered' })).toBeVisible();
  await look('columns');
  await page.keyboard.press('Escape');
  await page.getByRole('grid').getByRole('columnheader', { name: 'Stage', exact: true }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Group by it' })).toBeVisible();
  await look('column menu');
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
  await expect(page.getByRole('textbox', { name: 'What was said' })).toBeVisible();
  await look('log a call');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More for this engagement' }).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await look('more');
  await page.getByRole('menuitem', { name: 'Close this engagement' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('close');
}

async function recordScreens(page: Page, look: Look): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
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

for (const [what, walk] of [
  ['the portfolio and an engagement', portfolioScreens],
  ['lists, records and settings', recordScreens],
] as const)
  test(`UX-03 axe finds nothing on any screen: ${what}`, async ({ page }) => {
    test.setTimeout(300_000);
    const found: string[] = [];
    await walk(page, async (where) => {
      found.push(...(await everyFault(page, where)));
    });
    expect(found).toEqual([]);
  });
