import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';
import { openDemo } from './demo.ts';

const list = (page: Page) => page.getByRole('grid', { name: 'What to do today' });
/** The title of a line, counted from 1 within its list. */
const titleOf = (grid: Locator, line: number) => grid.locator(`[data-row="${line}"] > [data-column="0"]`);

test('T1 DSH-13 the day begins on Today: its first line is looked into, planned, put off and opened by one key each', async ({ page }) => {
  await openDemo(page);
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  await page.goto('./#/today');
  const grid = list(page);
  const first = titleOf(grid, 1);
  await expect(first).toBeFocused();
  const title = (await first.textContent()) ?? '';

  await press('Space');
  const why = page.getByRole('complementary', { name: 'Why it stands here' });
  await expect(why.getByRole('row', { name: /^Weight/ })).toBeVisible();
  await expectAccessible(page, 'Today');
  await press('Escape');
  await expect(why).toHaveCount(0);

  // what else the day holds may still be computed, so the lines are not counted
  const figures = page.getByRole('status').filter({ hasText: /lines/ });
  await press('s');
  await expect(page.getByText(`Snoozed until`)).toContainText(title);
  await expect(figures).toContainText('1 snoozed');
  await page.keyboard.press('Control+z');
  await expect(figures).not.toContainText('snoozed');
  await expect(grid.getByRole('link', { name: title, exact: true }).first()).toBeVisible();

  await press('ArrowDown');
  await press('p');
  await expect(page.getByRole('dialog', { name: /^Plan: / })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Day' })).toBeFocused();
  await press('Enter');
  await expect(page.getByText(/^Planned for/)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await expect(grid.locator(':focus')).toHaveCount(1);
  await press('ArrowUp');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Today');
  expect(keys).toBeLessThanOrEqual(8);
});

test('T2 TCH-08 B opens the brief of a line: one page, every statement a link', async ({ page }) => {
  await openDemo(page);
  await page.goto('./#/today');
  await expect(titleOf(list(page), 1)).toBeFocused();
  await page.keyboard.press('b');
  await expect(page.getByRole('heading', { level: 1, name: /^Brief: / })).toBeVisible();
  const questions = page.getByRole('region', { name: 'Three questions' });
  await expect(questions.getByRole('listitem')).toHaveCount(3);
  await expect(questions.getByRole('link')).toHaveCount(3);
  await expectAccessible(page, 'Brief');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeHidden();
  await expect(questions).toBeVisible();
});
