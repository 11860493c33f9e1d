// The list of any record type: found, arranged, edited in place, changed in bulk, taken elsewhere.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './demo-page.ts';
import { expectAccessible } from './accessible.ts';
import { cellAt } from './demo.ts';

async function openList(page: Page, table: string, name: string, search: Readonly<Record<string, unknown>> = {}): Promise<Locator> {
  const query = Object.entries(search).map(([key, value]) => `${key}=${encodeURIComponent(JSON.stringify(value))}`);
  await page.goto(`./#/records/${table}${query.length > 0 ? `?${query.join('&')}` : ''}`);
  const grid = page.getByRole('grid', { name });
  await expect(grid).toHaveAttribute('aria-busy', 'false');
  return grid;
}

/** How many records match: as the list says it. */
const countOf = async (page: Page): Promise<number> => {
  const said = (await page.locator('main [role="status"]').first().textContent()) ?? '';
  return Number(said.replaceAll(/\D/g, ''));
};
const columnAt = async (grid: Locator, title: string): Promise<number> =>
  Number(await grid.getByRole('columnheader', { name: title, exact: true }).getAttribute('data-column'));

const KEY_BUDGET = 14;

test.describe.configure({ timeout: 300_000 });

test('T10 REC-37 many records are changed by keyboard alone, seen before, and taken back with one key', async ({ page }) => {
  const grid = await openList(page, 'touchpoint', 'Touchpoints');
  const all = await countOf(page);
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  await press('/');
  await page.keyboard.type('renewal');
  await press('Enter');
  await expect(cellAt(grid, 0, 1)).toBeFocused();
  await expect.poll(() => countOf(page)).toBeLessThan(all);
  await expect(cellAt(grid, 0, 1)).toContainText('Renewal');
  const matching = await countOf(page);
  expect(matching).toBeGreaterThan(100);
  const channel = await columnAt(grid, 'Channel');
  for (let column = 1; column < channel; column += 1) await press('ArrowRight');
  await press('Control+a');
  await expect(page.getByRole('region', { name: 'Chosen records' })).toContainText(`${matching.toLocaleString('en')} touchpoints chosen`);
  await press('F2');
  const dialog = page.getByRole('dialog', { name: /^Change .* touchpoints$/ });
  await expect(dialog.getByRole('combobox', { name: 'Channel' })).toBeFocused();
  await press('s');
  await expect(dialog.getByRole('status')).toContainText('change', { timeout: 30_000 });
  const changing = Number(((await dialog.getByRole('status').locator('strong').first().textContent()) ?? '').replaceAll(/\D/g, ''));
  expect(changing).toBeGreaterThan(50);
  await expect(dialog.getByRole('table')).toContainText('Social');
  await press('Tab');
  await page.keyboard.type('New way of working');
  await press('Enter');
  await expect(dialog).toHaveCount(0, { timeout: 60_000 });
  await expect(page.getByText(`Changed ${changing.toLocaleString('en')} touchpoints`)).toBeVisible();
  await expect(cellAt(grid, 0, channel)).toHaveText('Social');
  await expect(cellAt(grid, 0, channel)).toBeFocused();
  await press('Control+z');
  await expect(page.getByText(`Undone: Change ${changing.toLocaleString('en')} touchpoints: New way of working`)).toBeVisible({
    timeout: 60_000,
  });
  await expect(cellAt(grid, 0, channel)).not.toHaveText('Social');
  expect(keys).toBeLessThanOrEqual(KEY_BUDGET);
});

test('UX-05 REC-37 deleting many says what goes with them; a refused record is named and left out', async ({ page }) => {
  const grid = await openList(page, 'account', 'Accounts');
  const all = await countOf(page);
  await cellAt(grid, 0, 0).click();
  await cellAt(grid, 3, 1).click({ modifiers: ['Shift'] });
  await expect(page.getByRole('region', { name: 'Chosen records' })).toContainText('4 accounts chosen');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 4 accounts' });
  await expect(dialog.getByText(/are refused|is refused/)).toBeVisible();
  await expect(dialog.getByText(/cannot be deleted while/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  const tickets = await openList(page, 'supportTicket', 'Support tickets');
  await cellAt(tickets, 0, 1).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('region', { name: 'Chosen records' })).toContainText('3 support tickets chosen');
  const before = await countOf(page);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const deleting = page.getByRole('dialog', { name: 'Delete 3 support tickets' });
  await expect(deleting.getByRole('status')).toContainText('3 are deleted');
  await deleting.getByRole('button', { name: 'Delete 3 support tickets' }).click();
  await expect(page.getByText('Deleted 3 support tickets')).toBeVisible();
  await expect.poll(() => countOf(page)).toBe(before - 3);
  await page.keyboard.press('Control+z');
  await expect.poll(() => countOf(page)).toBe(before);
  expect(all).toBeGreaterThan(10);
});

test('REC-36 a list is sorted by several columns, narrowed, grouped and folded, by mouse and by keyboard, and kept as a view', async ({
  page,
}) => {
  const grid = await openList(page, 'contract', 'Contracts');
  const all = await countOf(page);
  await grid.getByRole('columnheader', { name: 'State', exact: true }).click();
  await grid.getByRole('columnheader', { name: 'Value', exact: true }).click({ modifiers: ['Shift'] });
  const shown = page.getByRole('list', { name: 'How contracts are shown' });
  await expect(shown).toContainText('sorted by State');
  await expect(shown).toContainText('then by Value');
  await shown.getByRole('button', { name: 'then by Value' }).click();
  await expect(grid.getByRole('columnheader', { name: /^Value/ })).toContainText('2');

  await page.locator('h1').focus();
  await page.keyboard.press('f');
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: 'Condition', exact: true }).press('Enter');
  await panel.getByRole('combobox', { name: 'Field' }).fill('account › industry');
  await page.getByRole('option', { name: 'Account › Industry', exact: true }).click();
  await panel.getByRole('combobox', { name: 'Comparison' }).selectOption({ label: 'is not empty' });
  await panel.getByRole('button', { name: 'Group', exact: true }).press('Enter');
  await panel.getByRole('combobox', { name: 'Field' }).last().fill('state');
  await page.getByRole('option', { name: 'State', exact: true }).last().click();
  await panel.getByRole('combobox', { name: 'Value for State' }).selectOption({ label: 'Active' });
  await panel.getByRole('button', { name: 'Condition', exact: true }).first().press('Enter');
  await panel.getByRole('combobox', { name: 'Field' }).nth(2).fill('state');
  await page.getByRole('option', { name: 'State', exact: true }).last().click();
  await panel.getByRole('combobox', { name: 'Value for State' }).last().selectOption({ label: 'Expired' });
  await panel.getByRole('button', { name: 'Done' }).click();
  await expect(shown).toContainText('account industry is not empty');
  await expect(shown).toContainText('state is Active or state is Expired');
  await expect.poll(() => countOf(page)).toBeLessThanOrEqual(all);

  await page.getByRole('combobox', { name: 'Group by' }).click();
  await page.getByRole('option', { name: 'State', exact: true }).click();
  const head = grid.getByRole('gridcell', { expanded: true }).first();
  await expect(head).toContainText('Active');
  await expect(grid.locator('[data-group]').first()).toContainText('$');
  await head.click();
  await expect(grid.getByRole('gridcell', { expanded: false })).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(grid.getByRole('gridcell', { expanded: false })).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await expect(grid.getByRole('gridcell', { expanded: false })).toHaveCount(1);
  await expect(grid.locator('[data-foot]')).toContainText('contracts');
  await expect(grid.locator('[data-foot]')).toContainText('$');
  await expectAccessible(page, 'a grouped list');

  const matching = await countOf(page);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('By state');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the list with By state' }).click();
  await page.getByRole('button', { name: 'Share By state' }).click();
  await expect(page.getByRole('button', { name: 'Keep By state to yourself' })).toBeVisible();
  await expectAccessible(page, 'the views of a list');
  await page.keyboard.press('Escape');
  await openList(page, 'account', 'Accounts');
  await openList(page, 'contract', 'Contracts');
  await expect(shown).toContainText('grouped by State');
  await expect.poll(() => countOf(page)).toBe(matching);
  await shown.getByRole('button', { name: 'Show without groups' }).click();
  await expect(grid.locator('[data-group]')).toHaveCount(0);
  await page.getByRole('button', { name: 'By state *', exact: true }).click();
  await page.getByRole('button', { name: 'Forget By state' }).click();
  await expect(page.getByRole('button', { name: 'Forget By state' })).toHaveCount(0);
});

test('a cell is edited in its place: saved, refused with the reason, left, and on to the next one', async ({ page }) => {
  const grid = await openList(page, 'contract', 'Contracts', { sort: [{ field: 'number', direction: 'up' }] });
  const value = await columnAt(grid, 'Value');
  await cellAt(grid, 0, value).click();
  await page.keyboard.press('F2');
  const editor = grid.getByRole('textbox', { name: 'Value', exact: true });
  await expect(editor).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('plenty');
  await page.keyboard.press('Enter');
  await expect(grid.getByRole('alert')).toContainText('is not an amount');
  await expectAccessible(page, 'a cell that is edited');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1234 EUR');
  await page.keyboard.press('Enter');
  await expect(cellAt(grid, 0, value)).toHaveText('€1,234');
  await expect(cellAt(grid, 0, value)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('99');
  await page.keyboard.press('Escape');
  await expect(cellAt(grid, 0, value)).toHaveText('€1,234');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('5678 EUR');
  await page.keyboard.press('Tab');
  await expect(cellAt(grid, 0, value)).toHaveText('€5,678');
  await expect(cellAt(grid, 0, value + 1).getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expect(cellAt(grid, 0, value)).toHaveText('€1,234');
});

test('DSH-11 rows are copied as a table and exported as they are shown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const grid = await openList(page, 'account', 'Accounts', { sort: [{ field: 'name', direction: 'up' }] });
  await cellAt(grid, 0, 1).focus();
  const names = [await cellAt(grid, 0, 1).textContent(), await cellAt(grid, 1, 1).textContent()];
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('region', { name: 'Chosen records' })).toContainText('2 accounts chosen');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('2 accounts copied')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const lines = text.split(/\r?\n/);
  expect(lines[0]?.split('\t')[0]).toBe('Account');
  expect(lines.slice(1).map((line) => line.split('\t')[0])).toEqual(names);
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item?.getType('text/html'))?.text() ?? '';
  });
  expect(html).toContain(`<td>${names[0]}</td>`);
  await page.keyboard.press('Escape');

  for (const format of ['CSV', 'XLSX'] as const) {
    await page.getByRole('button', { name: 'More for this list' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: `Export as ${format}` }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`accounts.${format.toLowerCase()}`);
    if (format === 'XLSX') continue;
    const csv = (await readFile(await file.path(), 'utf8')).replace('\uFEFF', '').split('\r\n');
    expect(csv.length - 2).toBe(await countOf(page));
    expect(csv[1]).toContain(names[0]);
  }
});

test('UX-03 a list with chosen rows and its dialogs are accessible, in light and dark, and leads back to filter, place and choice', async ({
  page,
}) => {
  const grid = await openList(page, 'touchpoint', 'Touchpoints', { text: 'review', sort: [{ field: 'heldOn', direction: 'down' }] });
  await expectAccessible(page, 'a list');
  await cellAt(grid, 0, 1).focus();
  for (let row = 0; row < 30; row += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+Space');
  await page.keyboard.press('x');
  await expect(page.getByRole('region', { name: 'Chosen records' })).toContainText('1 touchpoint chosen');
  await expectAccessible(page, 'a list with a chosen row');
  await page.keyboard.press('F2');
  await expect(page.getByRole('dialog', { name: 'Change 1 touchpoint' })).toBeVisible();
  await expectAccessible(page, 'the dialog of a bulk change');
  await page.keyboard.press('Escape');
  const scrollTop = () => grid.evaluate((element) => element.scrollTop);
  const top = await scrollTop();
  expect(top).toBeGreaterThan(200);
  await cellAt(grid, 30, 1).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Touchpoints');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('region', { name: 'Chosen records' })).toContainText('1 touchpoint chosen');
  await expect(cellAt(grid, 30, 1)).toBeFocused();
  await expect(cellAt(grid, 30, 0).getByRole('checkbox')).toBeChecked();
  expect(await scrollTop()).toBe(top);
  await expect(grid.getByRole('columnheader', { name: 'Held or planned on' })).toHaveAttribute('aria-sort', 'descending');
});
