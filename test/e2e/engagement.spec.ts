import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { cellAt, openDemo } from './demo.ts';

/** Opens an engagement of the demo whose health is known and has moved about. */
async function openEngagement(page: Page): Promise<string> {
  await openDemo(page);
  const grid = page.getByRole('grid', { name: 'Engagements' });
  await page.getByRole('radio', { name: /^Poor health/ }).click();
  await expect(grid.getByText('Good', { exact: true })).toHaveCount(0);
  const title = (await cellAt(grid, 0, 1).textContent()) ?? '';
  await grid.getByRole('link', { name: title }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  return title;
}

test('WSP-01, REC-10 the overview shows what hangs on the engagement; a field is edited in place, undone and done again', async ({
  page,
}) => {
  await openEngagement(page);
  for (const title of [
    'Upcoming touchpoints',
    'Risks and issues',
    'Recent touchpoints',
    'Contracts',
    'Products',
    'People at the customer',
  ]) {
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
  }
  const strip = page.locator('main');
  const start = (await strip.locator('[data-field="perceivedHealth"]').textContent()) ?? '';
  const wanted = start.includes('Green') ? 'Yellow' : 'Green';
  await page.getByRole('button', { name: 'Edit Perceived health' }).press('Enter');
  await page.getByRole('combobox', { name: 'Perceived health' }).selectOption(wanted);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Saved', { exact: false })).toBeVisible();
  await expect(strip.locator('[data-field="perceivedHealth"]')).toContainText(wanted);
  await page.locator('h1').focus();
  await page.keyboard.press('Control+z');
  await expect(strip.locator('[data-field="perceivedHealth"]')).not.toContainText(wanted);
  await page.keyboard.press('Control+y');
  await expect(strip.locator('[data-field="perceivedHealth"]')).toContainText(wanted);

  await page.keyboard.press('3');
  const latest = page
    .getByRole('listitem')
    .filter({ has: page.locator('time') })
    .first();
  await expect(latest).toContainText('Perceived health');
  await expect(latest).toContainText(wanted);
});

test('BR-01 a mandatory field cannot be emptied, and what is typed survives Back and a reload', async ({ page }) => {
  const title = await openEngagement(page);
  await page.getByRole('button', { name: 'Edit Title' }).click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Title must be filled in.').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('A better title');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('grid', { name: 'Engagements' })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('A better title');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('A better title', { timeout: 60_000 });
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Edit Title' })).toBeVisible();
});

test('BR-02, BR-03 closing asks for a code and notes, and reopening takes both away', async ({ page }) => {
  // one with no open work, which would stand in the way
  await page.goto('./#/records/account/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Northwind');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Northwind' })).toBeVisible();
  await page.goto('./#/records/engagement/new');
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Rollout');
  await page.getByRole('combobox', { name: 'Account', exact: true }).fill('north');
  await expect(page.getByRole('option', { name: /Northwind/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Rollout' })).toBeVisible();
  await page.getByRole('button', { name: 'More for this engagement' }).click();
  await page.getByRole('menuitem', { name: 'Close this engagement' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Close engagement' }).click();
  await expect(dialog.getByText('Choose how it ended.')).toBeVisible();
  await expect(dialog.getByText('Close notes must be filled in.')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Closure code' }).selectOption({ label: 'Completed' });
  await dialog.getByRole('textbox', { name: 'Close notes' }).fill('All goals reached');
  await dialog.getByRole('button', { name: 'Close engagement' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('[data-field="closeNotes"]')).toContainText('All goals reached');
  await page.getByRole('button', { name: 'More for this engagement' }).click();
  await page.getByRole('menuitem', { name: 'Reopen this engagement' }).click();
  await expect(page.locator('[data-field="closeNotes"]')).toHaveCount(0);
});

test('WSP-02, HLT-04, HLT-05, HLT-07 indicators sort by any figure, carry their bands, and what they add is the score', async ({
  page,
}) => {
  await openEngagement(page);
  await page.keyboard.press('2');
  const table = page.getByRole('region', { name: 'Table of indicators' });
  await expect(table.getByRole('row')).not.toHaveCount(0);
  const column = async (index: number) =>
    (await table.locator(`tbody tr:not(:has([colspan])) > :nth-child(${index})`).allTextContents()).map((text) => text.trim());
  const numbers = async (index: number) =>
    (await column(index)).filter((text) => text !== '—').map((text) => Number(text.replace('−', '-').replaceAll(/[^\d.-]/g, '')));

  const parts = await numbers(7);
  const together = Number(await table.locator('tfoot td').nth(2).textContent());
  expect(Math.round(parts.reduce((sum, part) => sum + part * 100, 0))).toBe(Math.round(together * 100));
  await expect(page.getByText('exactly', { exact: false })).toContainText(String(Math.trunc(together)));

  for (const [name, index] of [
    ['Score', 5],
    ['Weight', 6],
    ['Gap', 4],
  ] as const) {
    await table.getByRole('button', { name }).click();
    await expect(table.getByRole('columnheader', { name })).toHaveAttribute('aria-sort', 'descending');
    const sorted = await numbers(index);
    expect(sorted).toEqual(sorted.toSorted((a, b) => b - a));
  }
  await table.locator('tbody').getByRole('button').first().press('Enter');
  await expect(table.getByText(/source record/)).toBeVisible();
  await expect(table.getByText(/^(Poor|Neutral|Good)$/).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Since last week' })).toBeVisible();
});

test('HLT-03, HLT-06 perceived health stands beside the computed one; the history shows 6, 12 or 52 weeks, as a chart and as a table; refreshing computes again', async ({
  page,
}) => {
  await openEngagement(page);
  await page.keyboard.press('2');
  await expect(page.getByText('set by a person, never part of the score')).toBeVisible();
  await expect(page.getByRole('img', { name: /^Health from \d+ on/ })).toBeVisible();
  await page.getByRole('button', { name: 'As a table' }).click();
  const table = page.getByRole('region', { name: 'Health by week' });
  await expect(table.locator('tbody tr')).toHaveCount(12);
  await page.getByText('6 weeks', { exact: true }).click();
  await expect(table.locator('tbody tr')).toHaveCount(6);
  await page.getByText('52 weeks', { exact: true }).click();
  await expect(table.locator('tbody tr')).toHaveCount(52);
  await page.locator('h1').focus();
  await page.keyboard.press('r');
  await expect(page.getByText('Health was computed again.')).toBeVisible();
});
