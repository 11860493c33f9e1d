// The day as it goes: Today, a call with its follow-ups, the brief before a meeting. Each task within its budget of keys.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './demo-page.ts';
import { keyBudget } from './key-budget.ts';

const list = (page: Page) => page.getByRole('grid', { name: 'What to do today' });
/** The title of a line, counted from 1 within its list. */
const titleOf = (grid: Locator, line: number) => grid.locator(`[data-row="${line}"] > [data-column="0"]`);
const said = (page: Page, text: string | RegExp) => page.getByText(text).first();

test('T1 DSH-13 in 13 keys: looked into, put off and taken back, planned and taken back, held and taken back, opened', async ({ page }) => {
  const press = keyBudget(page, 13);
  await page.goto('./');
  const grid = list(page);
  const first = titleOf(grid, 1);
  await expect(first).toBeFocused();
  const [title = '', next = ''] = [await first.textContent(), await titleOf(grid, 2).textContent()].map((text) => text ?? '');

  await press('Space');
  const why = page.getByRole('complementary', { name: 'Why it stands here' });
  await expect(why.getByRole('row', { name: /^Weight/ })).toBeVisible();
  await expectAccessible(page, 'Today');
  await press('Escape');
  await expect(why).toHaveCount(0);

  // what else the day holds may still be computed, so the lines are not counted
  const figures = page.getByRole('status').filter({ hasText: /lines/ });
  await press('s');
  await expect(said(page, 'Snoozed until')).toContainText(title);
  await expect(figures).toContainText('1 snoozed');
  // the next line has come up, and the keyboard is on it
  await expect(grid.locator(':focus')).toHaveText(next);
  await press('Control+z');
  await expect(figures).not.toContainText('snoozed');
  await expect(titleOf(grid, 1)).toHaveText(title);

  await press('ArrowDown', 'p');
  await expect(page.getByRole('dialog', { name: /^Plan: / })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Day' })).toBeFocused();
  await press('Enter');
  await expect(said(page, /^Planned for/)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(grid.locator(':focus')).toHaveCount(1);
  await press('Control+z');
  await expect(said(page, /^Undone: Plan for/)).toBeVisible();

  // what the cadence asks for is done by the conversation: E writes it down
  await press('e');
  const call = page.getByRole('dialog', { name: 'Log a call' });
  await expect(call.getByRole('textbox', { name: 'What was said' })).toBeFocused();
  await page.keyboard.type('All well');
  await press('Control+Enter');
  await expect(said(page, /^Logged /)).toBeVisible();
  await expect(call).toHaveCount(0);
  await expect(grid.locator(':focus')).toHaveCount(1);
  await press('Control+z');
  await expect(said(page, 'Undone: Log a call')).toBeVisible();

  await press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Today');
});

test('T3 in 8 keys, T2 in 2: a call is logged over a reload, its task done by E, and its meeting prepared on one page', async ({ page }) => {
  const logging = keyBudget(page, 8);
  await page.goto('./');
  const grid = list(page);
  await expect(titleOf(grid, 1)).toBeFocused();
  const customer = (await titleOf(grid, 1).textContent()) ?? '';

  await logging('Control+l');
  const call = page.getByRole('dialog', { name: 'Log a call' });
  const notes = call.getByRole('textbox', { name: 'What was said' });
  await expect(call.getByRole('combobox', { name: 'Engagement' })).toHaveValue(new RegExp(customer));
  await expect(notes).toBeFocused();
  await page.keyboard.type('Terms agreed\n[] send the draft @me today');
  await expect(call.getByRole('region', { name: 'Tasks from this call' })).toContainText('send the draft');
  await page.reload();
  await expect(titleOf(grid, 1)).toBeFocused();
  await logging('Control+l');
  await expect(notes).toHaveValue('Terms agreed\n[] send the draft @me today');
  await expect(call.getByRole('combobox', { name: 'Engagement' })).toHaveValue(new RegExp(customer));
  await expect(notes).toBeFocused();
  await logging('Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5');
  await expect(call.getByRole('checkbox', { name: 'Strategic' })).toBeChecked();
  await expectAccessible(page, 'Log a call');
  await logging('Control+Enter');
  await expect(said(page, /^Logged .* with 1 task$/)).toBeVisible();
  await expect(call).toHaveCount(0);

  // its task stands on Today, and is done by a key; the keyboard goes on to the next line
  const task = grid.locator('[data-column="0"]').filter({ hasText: 'send the draft' });
  await task.click({ position: { x: 200, y: 10 } });
  await page.keyboard.press('e');
  await expect(said(page, 'Done: send the draft')).toBeVisible();
  await expect(task).toHaveCount(0);
  await expect(grid.locator(':focus')).toHaveCount(1);
});
