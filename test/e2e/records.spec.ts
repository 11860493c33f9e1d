import { expect, test } from '../support/browser-host.ts';
import { test as demoTest } from './demo-page.ts';
import { cellAt, focusedText, openPortfolio, tabTo } from './demo.ts';

test('a record of any type is made, found, edited, related and deleted, by keyboard alone', async ({ page }) => {
  await page.goto('./#/records/account');
  await expect(page.getByText('There are no accounts yet')).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Name must be filled in.').first()).toBeVisible();
  await page.keyboard.type('Northwind');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Northwind' })).toBeFocused();
  await expect(page.getByText(/ACC\d{7}/).first()).toBeVisible();

  await page.goto('./#/records/contact/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Petrova');
  await page.keyboard.press('Tab');
  await page.keyboard.type('north');
  await expect(page.getByRole('option', { name: /Northwind/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Ada Petrova' })).toBeVisible();
  await page.getByRole('link', { name: 'Northwind' }).press('Enter');
  await expect(page.getByRole('region', { name: 'Contacts' }).getByRole('link', { name: 'Ada Petrova' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('petro');
  await expect(page.getByRole('option', { name: /Ada Petrova/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Ada Petrova' })).toBeVisible();

  await page.getByRole('button', { name: 'More for this contact' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Delete this contact' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete contact' }).press('Enter');
  await expect(page.getByText('There are no contacts yet')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('gridcell', { name: 'Ada Petrova', exact: true })).toBeVisible();
});

/** Of each shape that records come in: work with a life, money and days, people, links named by two others, definitions, points. */
const SHAPES = ['touchpoint', 'contract', 'contact', 'engagementContract', 'healthMetric', 'colourBand', 'dataPointSeries'];

demoTest('every record type has its list, and a row is looked at and opened', async ({ page }) => {
  await openPortfolio(page);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { level: 1, name: 'Records' })).toBeVisible();
  const addresses = await page.locator('main li a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(addresses).toEqual(expect.arrayContaining(SHAPES.map((table) => `#/records/${table}`)));
  expect(addresses.length).toBeGreaterThan(65);
  for (const table of SHAPES) {
    await page.goto(`./#/records/${table}`);
    const grid = page.getByRole('grid');
    await expect(grid).toHaveAttribute('aria-busy', 'false');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(cellAt(grid, 0, 1)).not.toHaveText('');
    const name = (await cellAt(grid, 0, 1).textContent()) ?? '';
    await tabTo(page, '[role="grid"] [tabindex="0"]');
    await page.keyboard.press('Space');
    await expect(page.getByRole('complementary')).toContainText(name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  }
});

demoTest('a list is sorted by the engine over all rows, and leads back to where it was', async ({ page }) => {
  await page.goto('./#/records/supportTicket');
  const grid = page.getByRole('grid', { name: 'Support tickets' });
  await expect(grid).toHaveAttribute('aria-busy', 'false');
  await grid.getByRole('columnheader', { name: 'Submitted' }).click();
  await expect(grid.getByRole('columnheader', { name: 'Submitted' })).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('Control+End');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[role="row"]')?.getAttribute('aria-rowindex')))
    // the last line says what the columns come to
    .toBe(String(Number(await grid.getAttribute('aria-rowcount')) - 1));
  await page.keyboard.press('Home');
  await expect.poll(() => focusedText(page)).not.toBe('');
  const last = await focusedText(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(last);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => focusedText(page)).toBe(last);
});
