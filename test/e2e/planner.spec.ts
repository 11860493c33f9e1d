import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';
import { openDemo } from './demo.ts';

test('T7 TCH-06 TCH-07 the planner: plan on a day, move it by Alt and the arrows, fill the gaps, each taken back', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1, name: 'Planner' })).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Planner' });
  await page.getByRole('checkbox', { name: 'Only what is due' }).check();
  await page.getByRole('button', { name: 'Next week' }).click();
  // the first engagement, on the Monday
  const monday = grid.locator('[data-row="0"] > [data-column="3"]');
  await expect(grid.locator('[data-row="0"] > [data-column="2"]')).toContainText(/late since|due/);
  await monday.click();
  await expect(monday).toBeFocused();
  await expectAccessible(page, 'Planner');

  await page.keyboard.press('n');
  await expect(page.getByText(/^Planned for/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/^Undone: Plan for/)).toBeVisible();

  await page.keyboard.press('c');
  const gaps = page.getByRole('dialog', { name: 'Fill cadence gaps' });
  await expect(gaps.getByRole('checkbox').first()).toBeChecked();
  await gaps.getByRole('checkbox').first().uncheck();
  await gaps.getByRole('button', { name: /^Plan \d+ touchpoints$/ }).click();
  await expect(page.getByText(/^Planned \d+ touchpoints$/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: Fill cadence gaps')).toBeVisible();
});

test('T7 a planned touchpoint moves by Alt and an arrow key', async ({ page }) => {
  await openDemo(page);
  // a month in which nothing is planned yet
  await page.goto('./#/planner?day=%222031-03-03%22');
  const grid = page.getByRole('grid', { name: 'Planner' });
  const tuesday = grid.locator('[data-row="0"] > [data-column="4"]');
  const wednesday = grid.locator('[data-row="0"] > [data-column="5"]');
  await tuesday.click();
  await page.keyboard.press('n');
  await expect(tuesday).toContainText('Check-in');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(wednesday).toContainText('Check-in');
  await expect(tuesday).not.toContainText('Check-in');
  // the keyboard went with it
  await expect(wednesday).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(tuesday).toContainText('Check-in');
});

test('T7 TCH-06 by mouse: plan by a double click, drag to another day, take it back; narrowed, and read as a list', async ({ page }) => {
  await openDemo(page);
  await page.goto('./#/planner?day=%222031-03-03%22');
  const grid = page.getByRole('grid', { name: 'Planner' });
  const day = (column: number) => grid.locator(`[data-row="1"] > [data-column="${column}"]`);
  await day(4).dblclick();
  const item = grid.locator('[data-row="1"]').getByRole('link', { name: /^Check-in/ });
  await expect(day(4)).toContainText('Check-in');
  await item.dragTo(day(7));
  await expect(day(7)).toContainText('Check-in');
  await expect(page.getByText(/^Moved to/)).toBeVisible();
  // what belongs to one engagement is not dropped on another
  await item.dragTo(grid.locator('[data-row="2"] > [data-column="4"]'));
  await expect(day(7)).toContainText('Check-in');
  await page.keyboard.press('Control+z');
  await expect(day(4)).toContainText('Check-in');

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
});
