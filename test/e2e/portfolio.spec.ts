import { expect, test } from './demo-page.ts';
import { expectAccessible } from './accessible.ts';
import { cellAt, focusedText, openPortfolio, tabTo } from './demo.ts';

test('DSH-01 figures, health by stage, and the list with its views', async ({ page }) => {
  await openPortfolio(page);
  const figures = page.getByRole('list', { name: 'Portfolio in figures' });
  for (const label of [
    'Active engagements',
    'Overall health',
    'Contract value',
    'Open risks',
    'Renewals in 90 days',
    'Tickets in 30 days',
    'Satisfaction',
  ]) {
    await expect(figures.getByText(label, { exact: true })).toBeVisible();
  }
  const grid = page.getByRole('grid', { name: 'Engagements' });
  for (const column of [
    'Engagement',
    'Account',
    'Stage',
    'Contract value',
    'Health',
    '6 weeks',
    '7 days',
    'Perceived',
    'Risks',
    'Last touch',
    'Next renewal',
  ]) {
    await expect(grid.getByRole('columnheader', { name: column, exact: true })).toBeVisible();
  }
  const rowCount = async () => Number(await grid.getAttribute('aria-rowcount')) - 2;
  const active = await rowCount();

  await page.getByRole('radio', { name: /^All/ }).click();
  await expect.poll(rowCount).toBeGreaterThan(active);
  await page.getByRole('radio', { name: /^Poor health/ }).click();
  await expect.poll(rowCount).toBeLessThan(active);
  await expect(grid.getByText('Poor').first()).toBeVisible();
  await expect(grid.getByText('Good', { exact: true })).toHaveCount(0);
  await page.getByRole('radio', { name: /^Active/ }).click();

  const stage = page.getByRole('button', { name: /^Renew: \d+ engagements/ });
  const counted = Number(/\d+/.exec((await stage.getAttribute('aria-label')) ?? '')?.[0]);
  await stage.click();
  await expect.poll(rowCount).toBe(counted);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(rowCount).toBe(active);
});

test('DSH-01 the list is filtered by words and by conditions, and keeps both in its address', async ({ page }) => {
  await openPortfolio(page);
  const grid = page.getByRole('grid', { name: 'Engagements' });
  const rowCount = async () => Number(await grid.getAttribute('aria-rowcount')) - 2;
  const all = await rowCount();
  const name = (await cellAt(grid, 0, 1).textContent()) ?? '';
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await expect.poll(rowCount).toBeLessThan(5);
  await expect(cellAt(grid, 0, 1)).toHaveText(name);
  await page.keyboard.press('Escape');
  await expect.poll(rowCount).toBe(all);

  await page.getByRole('button', { name: 'Conditions', exact: true }).click();
  await page.getByRole('button', { name: 'Condition', exact: true }).click();
  await page.getByRole('combobox', { name: 'Field' }).fill('stage');
  await page.getByRole('option', { name: 'Stage', exact: true }).click();
  await page.getByRole('combobox', { name: 'Value for Stage' }).selectOption({ label: 'Renew' });
  await expect.poll(rowCount).toBeLessThan(all);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'stage is Renew', exact: true })).toBeVisible();
  const filtered = await rowCount();
  await page.reload();
  await expect.poll(rowCount, { timeout: 60_000 }).toBe(filtered);
});

test('UX-01 by keyboard alone: look at what moved, open it, read why, and come back to the same place', async ({ page }) => {
  await openPortfolio(page);
  const grid = page.getByRole('grid', { name: 'Engagements' });
  await page.keyboard.press('m');
  await expect(grid.getByRole('columnheader', { name: '7 days' })).toHaveAttribute('aria-sort', 'ascending');
  await tabTo(page, '[role="grid"] [tabindex="0"]');
  for (let press = 0; press < 40; press += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  const peek = page.getByRole('complementary', { name: 'Engagement at a glance' });
  await expect(peek.getByRole('heading', { name: 'What moved' })).toBeVisible();
  const name = (await peek.getByRole('heading', { level: 2 }).textContent()) ?? '';
  expect(await focusedText(page)).toBe(name);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  await page.keyboard.press('2');
  await expect(page.getByRole('heading', { name: 'How the score comes about' })).toBeVisible();

  const scrollTop = () => grid.evaluate((element) => element.scrollTop);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(grid.getByRole('columnheader', { name: '7 days' })).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(() => focusedText(page)).toBe(name);
  expect(await scrollTop()).toBeGreaterThan(400);
});

test('the rail leads back to a list as it was left', async ({ page }) => {
  await openPortfolio(page);
  await page.getByRole('radio', { name: /^Escalated/ }).click();
  await page.getByRole('columnheader', { name: 'Health', exact: true }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('radio', { name: /^Escalated/ })).toBeChecked();
  await expect(page.getByRole('columnheader', { name: 'Health', exact: true })).toHaveAttribute('aria-sort', 'ascending');
});

test('columns are chosen, ordered and widened, and stay so', async ({ page }) => {
  await openPortfolio(page);
  const grid = page.getByRole('grid', { name: 'Engagements' });
  const headers = () => grid.getByRole('columnheader').allTextContents();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Success manager' }).click();
  await page.getByRole('checkbox', { name: 'Perceived' }).click();
  await page.getByRole('button', { name: 'Move Stage up' }).click();
  await page.keyboard.press('Escape');
  expect((await headers()).slice(1, 4)).toEqual(['Engagement', 'Stage', 'Account']);
  expect(await headers()).toContain('Success manager');
  expect(await headers()).not.toContain('Perceived');
  const stage = grid.getByRole('columnheader', { name: 'Stage' });
  const before = (await stage.boundingBox())?.width ?? 0;
  await stage.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(async () => (await stage.boundingBox())?.width ?? 0).toBeGreaterThan(before + 8);
  await page.reload();
  await expect(grid.getByRole('columnheader', { name: 'Success manager' })).toBeVisible({ timeout: 60_000 });
});

test('REC-36 REC-37 the portfolio is grouped, kept as a view with its tab, changed in bulk and taken back', async ({ page }) => {
  await openPortfolio(page);
  const grid = page.getByRole('grid', { name: 'Engagements' });
  const shown = page.getByRole('status').filter({ hasText: /engagements?$/ });
  await page.getByRole('radio', { name: /^Renewals in 90 days/ }).click();
  await expect(page.getByRole('radio', { name: /^Renewals in 90 days/ })).toBeChecked();
  await grid.getByRole('columnheader', { name: 'Stage', exact: true }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByRole('menuitem', { name: 'Group by it' }).press('Enter');
  await expect(grid.locator('[data-group]').first()).toContainText('$');
  await expect(grid.locator('[data-foot]')).toContainText('$');
  await expectAccessible(page, 'the portfolio in groups');
  const counted = (await shown.textContent()) ?? '';

  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Renewing');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Share Renewing' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: /^All/ }).click();
  await expect(shown).not.toHaveText(counted);
  await page.getByRole('button', { name: 'Renewing *', exact: true }).click();
  await page.getByRole('button', { name: 'Renewing', exact: true }).click();
  await expect(page.getByRole('radio', { name: /^Renewals in 90 days/ })).toBeChecked();
  await expect(shown).toHaveText(counted);

  await page.getByRole('button', { name: 'Show without groups' }).first().click();
  await expect(grid.locator('[data-group]')).toHaveCount(0);
  await cellAt(grid, 0, 1).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('region', { name: 'Chosen records' })).toContainText('2 engagements chosen');
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: 'Change 2 engagements' });
  // from the name nothing is guessed: the field is asked for
  await expect(dialog.getByRole('combobox', { name: 'Field' })).toBeFocused();
  await page.keyboard.type('perceived');
  await page.keyboard.press('Enter');
  await dialog.getByRole('combobox', { name: 'Perceived health' }).selectOption({ label: 'Red' });
  await expect(dialog.getByRole('status')).toContainText('change');
  await dialog.getByRole('button', { name: /^Change \d engagements?$/ }).click();
  await expect(page.getByText(/^Changed \d engagements?/)).toBeVisible();
  const perceived = Number(await grid.getByRole('columnheader', { name: 'Perceived' }).getAttribute('data-column'));
  await expect(cellAt(grid, 0, perceived)).toHaveText('Red');
  await expect(cellAt(grid, 1, perceived)).toHaveText('Red');
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/^Undone: Change/)).toBeVisible();
  await page.getByRole('button', { name: 'Renewing *', exact: true }).click();
  await page.getByRole('button', { name: 'Forget Renewing' }).click();
  await expect(page.getByRole('button', { name: 'Forget Renewing' })).toHaveCount(0);
});
