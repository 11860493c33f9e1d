import { expectAccessible } from './accessible.ts';
import { expect, test } from './demo-page.ts';
import { keyBudget } from './key-budget.ts';

test('T7 in 16 keys: cadence gaps are filled and taken back, a touchpoint is planned, moved, followed by the keyboard, taken back', async ({
  page,
}) => {
  const press = keyBudget(page, 16);
  await page.goto('./#/portfolio');
  await expect(page.getByRole('grid', { name: 'Engagements' }).getByRole('gridcell').first()).toBeVisible();
  await press('g', 'c');
  await expect(page.getByRole('heading', { level: 1, name: 'Planner' })).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Planner' });
  await expect(grid.locator('[data-row="0"]')).not.toHaveText('');
  await expectAccessible(page, 'Planner');

  await press('c');
  const gaps = page.getByRole('dialog', { name: 'Fill cadence gaps' });
  const all = gaps.getByRole('button', { name: /^Plan \d+ touchpoints$/ });
  await expect(gaps.getByRole('checkbox').first()).toBeChecked();
  await expectAccessible(page, 'Fill cadence gaps');
  // none, then all but one
  await gaps.getByRole('button', { name: 'None' }).click();
  await expect(all).toBeDisabled();
  await gaps.getByRole('button', { name: 'All' }).click();
  await gaps.getByRole('checkbox').first().uncheck();
  await press('Enter');
  await expect(page.getByText(/^Planned \d+ touchpoints$/)).toBeVisible();
  await press('Control+z');
  await expect(page.getByText('Undone: Fill cadence gaps')).toBeVisible();

  // a week in which nothing is planned yet
  await page.goto('./#/planner?day=%222031-03-03%22');
  const on = (column: number) => grid.locator(`[data-row="0"] > [data-column="${column}"]`);
  await on(4).click();
  await press('n');
  await expect(on(4).locator('[data-item]')).toHaveCount(1);
  await press('Alt+ArrowRight');
  await expect(on(5).locator('[data-item]')).toHaveCount(1);
  await expect(on(4).locator('[data-item]')).toHaveCount(0);
  // the keyboard went with it
  await expect(on(5)).toBeFocused();
  await press('Alt+ArrowLeft');
  await expect(on(4).locator('[data-item]')).toHaveCount(1);
  await expect(on(4)).toBeFocused();
  for (const column of [5, 4]) {
    await press('Control+z');
    await expect(on(column).locator('[data-item]')).toHaveCount(1);
  }
  await press('Control+z');
  await expect(grid.locator('[data-row="0"] [data-item]')).toHaveCount(0);
});

test('T7 TCH-06 by mouse: plan by a double click, drag to another day, take it back; narrowed, and read as a list', async ({ page }) => {
  await page.goto('./#/planner?day=%222031-03-03%22');
  const grid = page.getByRole('grid', { name: 'Planner' });
  const on = (column: number) => grid.locator(`[data-row="1"] > [data-column="${column}"]`);
  const itemOn = (column: number) => on(column).locator('[data-item]');
  await on(4).dblclick();
  await expect(itemOn(4)).toHaveCount(1);
  const item = grid.locator('[data-row="1"] [data-item]');
  await item.dragTo(on(7));
  await expect(itemOn(7)).toHaveCount(1);
  await expect(page.getByText(/^Moved to/)).toBeVisible();
  // what belongs to one engagement is not dropped on another
  await item.dragTo(grid.locator('[data-row="2"] > [data-column="4"]'));
  await expect(itemOn(7)).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(itemOn(4)).toHaveCount(1);

  await page.getByLabel('Type').selectOption('meeting');
  await expect(page.getByText('Nothing fits')).toBeVisible();
  await page.getByRole('button', { name: 'clear the filters' }).click();
  await page.getByRole('radio', { name: 'List' }).click();
  const list = page.getByRole('grid', { name: 'What is planned' });
  const first = list.locator('[data-row="0"]');
  await expect(first).toContainText('Mar 4, 2031');
  await first.locator('[data-column="2"]').click({ position: { x: 280, y: 10 } });
  await page.keyboard.press('Alt+ArrowRight');
  await expect(first).toContainText('Mar 5, 2031');
  await expectAccessible(page, 'Planner as a list');
  await page.keyboard.press('Control+z');
  await expect(first).toContainText('Mar 4, 2031');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Nothing on these days')).toBeVisible();
});
