import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** Types part of a record's name into a reference and takes what is found first. */
async function pick(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).fill(text);
  await expect(page.getByRole('option', { name: text }).first()).toBeVisible();
  await page.keyboard.press('Enter');
}

/** Saves a new record and waits for its page. */
async function saved(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** An account with an engagement and a success case that has one task. */
async function makeCase(page: Page): Promise<void> {
  await page.goto('./#/records/account/new');
  await field(page, 'Name').fill('Northwind');
  await saved(page, 'Northwind');
  await page.goto('./#/records/engagement/new');
  await field(page, 'Title').fill('Northwind care');
  await pick(page, 'Account', 'Northwind');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Northwind care' })).toBeVisible();
  await page.goto('./#/records/successCase/new');
  await field(page, 'Short description').fill('Slow search');
  await pick(page, 'Engagement', 'Northwind care');
  await field(page, 'Description').fill('Takes ten seconds');
  await saved(page, 'Slow search');
  await page.goto('./#/records/successTask/new');
  await field(page, 'Subject').fill('Look at the index');
  await page.getByRole('combobox', { name: 'Type of record: Parent' }).selectOption({ label: 'Success case' });
  await pick(page, 'Parent', 'Slow search');
  await field(page, 'Description').fill('With the customer');
  await saved(page, 'Look at the index');
}

const openCase = async (page: Page) => {
  await page.goto('./#/records/successCase');
  await page.getByRole('gridcell', { name: 'Slow search', exact: true }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Slow search' })).toBeVisible();
};
const act = async (page: Page, deed: string) => {
  await page.getByRole('button', { name: 'More for this success case' }).press('Enter');
  await page.getByRole('menuitem', { name: `${deed} this success case` }).press('Enter');
};

test('BR-14 BR-15 the dialog says what blocks closing and what cancelling takes along; undo and reopening bring it back', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await makeCase(page);
  await openCase(page);
  await act(page, 'Close');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toContainText('cannot be closed while 1 success task of it is open');
  await expect(dialog.getByRole('link', { name: 'Look at the index' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Close success case' })).toBeDisabled();
  await expectAccessible(page, 'closing what has open children');
  await dialog.getByRole('button', { name: 'Leave it as it is' }).last().click();

  await act(page, 'Cancel');
  await expect(dialog.getByRole('status')).toContainText('1 success task is cancelled with it:');
  await dialog.getByRole('textbox', { name: 'Close notes' }).fill('Solved by itself');
  await dialog.getByRole('button', { name: 'Cancel success case and 1 more' }).click();
  await expect(dialog).toHaveCount(0);
  await page.goto('./#/records/successTask');
  const grid = page.getByRole('grid', { name: 'Success tasks' });
  await expect(grid.getByRole('gridcell', { name: 'Cancelled' }).first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(grid.getByRole('gridcell', { name: 'New', exact: true })).toBeVisible();
  await page.keyboard.press('Control+y');
  await expect(grid.getByRole('gridcell', { name: 'Cancelled' }).first()).toBeVisible();

  await openCase(page);
  await act(page, 'Reopen');
  await expect(dialog.getByRole('status')).toContainText('1 success task is reopened with it:');
  await dialog.getByRole('button', { name: 'Reopen success case and 1 more' }).press('Enter');
  await page.goto('./#/records/successTask');
  await expect(grid.getByRole('gridcell', { name: 'In progress' })).toBeVisible();
});

test('REC-15 a task names what it is part of by type and record, and stands among its related items', async ({ page }) => {
  test.setTimeout(120_000);
  await makeCase(page);
  await expect(page.getByRole('link', { name: 'Slow search' }).first()).toBeVisible();
  await expect(page.getByText(/STK\d{7}/).first()).toBeVisible();
  await openCase(page);
  await expect(page.getByRole('link', { name: 'Look at the index' }).first()).toBeVisible();
  await page.goto('./#/records/successTask/new');
  await expectAccessible(page, 'the form of a task');
});
