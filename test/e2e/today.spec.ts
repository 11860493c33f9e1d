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

  await press('Space');
  const why = page.getByRole('complementary', { name: 'Why it stands here' });
  await expect(why.getByRole('row', { name: /^Weight/ })).toBeVisible();
  await expectAccessible(page, 'Today');
  await press('Escape');
  await expect(why).toHaveCount(0);
  const here = grid.locator(':focus');
  const title = (await here.textContent()) ?? '';

  // what else the day holds may still be computed, so the lines are not counted
  const figures = page.getByRole('status').filter({ hasText: /lines/ });
  await press('s');
  await expect(said(page, 'Snoozed until')).toContainText(title);
  await expect(figures).toContainText('1 snoozed');
  // the next line has come up, and the keyboard is on it
  await expect(here).not.toHaveText(title);
  await expect(here).toHaveCount(1);
  await press('Control+z');
  await expect(figures).not.toContainText('snoozed');
  await expect(grid.getByRole('link', { name: title, exact: true }).first()).toBeVisible();

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

/** Opens the first engagement of the portfolio. */
async function openFirst(page: Page): Promise<void> {
  await page.goto('./#/portfolio');
  await page.getByRole('grid', { name: 'Engagements' }).getByRole('link').first().click();
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
}

test('T3 in 8 keys: a call is logged over a reload, with a task and five toggles, and every figure follows', async ({ page }) => {
  const press = keyBudget(page, 8);
  await openFirst(page);
  const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await press('Control+l');
  const call = page.getByRole('dialog', { name: 'Log a call' });
  const notes = call.getByRole('textbox', { name: 'What was said' });
  const engagement = call.getByRole('combobox', { name: 'Engagement' });
  await expect(notes).toBeFocused();
  await expect(engagement).toHaveValue(title);
  await page.keyboard.type('Terms agreed\n[] send the draft @me fri');
  await expect(call.getByRole('region', { name: 'Tasks from this call' })).toContainText('send the draft');
  // what was typed outlives the window
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible({ timeout: 60_000 });
  await press('Control+l');
  await expect(notes).toHaveValue('Terms agreed\n[] send the draft @me fri');
  await expect(engagement).toHaveValue(title);
  await expect(notes).toBeFocused();
  await press('Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5');
  await expect(call.getByRole('checkbox', { name: 'Strategic' })).toBeChecked();
  await press('Control+Enter');
  await expect(said(page, /^Logged .* with 1 task$/)).toBeVisible();
  await expect(call).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Terms agreed' }).first()).toBeVisible();
  await expect(page.getByText(/, today$/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(said(page, 'Undone: Log a call')).toBeVisible();
});

test('T2 in 2 keys, T7: the brief of a meeting is one page of links and prints; a call knows it, E ends it, guests hear of a move', async ({
  page,
}) => {
  await openFirst(page);
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('textbox', { name: 'What was said' })).toBeFocused();
  await page.keyboard.type('Value talk');
  await page.keyboard.press('Control+Enter');
  await expect(said(page, /^Logged /)).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Value talk', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Value talk' })).toBeVisible();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Add a meeting' });
  await dialog.getByRole('textbox', { name: 'Day' }).fill('today');
  // it takes place now
  await dialog.getByRole('textbox', { name: 'Time' }).fill(new Date().toISOString().slice(11, 16));
  await dialog.getByRole('combobox', { name: 'Invited contacts' }).click();
  await page.getByRole('listbox').getByRole('option').first().click();
  await page.keyboard.press('Control+Enter');
  await expect(said(page, 'Planned Value talk')).toBeVisible();

  await page.goto('./#/settings');
  await page.keyboard.press('Control+l');
  const call = page.getByRole('dialog', { name: 'Log a call' });
  await expect(call.getByRole('combobox', { name: 'Engagement' })).not.toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(call).toHaveCount(0);

  await page.goto('./#/today');
  const meeting = list(page).locator('[data-column="0"]').filter({ hasText: 'Value talk' });
  await meeting.click({ position: { x: 200, y: 10 } });
  const press = keyBudget(page, 2);
  await press('b');
  await expect(page.getByRole('heading', { level: 1, name: /^Brief: / })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Meeting' })).toContainText('Value talk');
  for (const part of ['People', 'Last conversations', 'Open promises', 'Risks', 'Objectives', 'Renewal', 'Three questions']) {
    const region = page.getByRole('region', { name: part, exact: true });
    await expect(region.getByRole('link')).toHaveCount(await region.getByRole('listitem').count());
  }
  await expect(page.getByRole('region', { name: 'Three questions' }).getByRole('listitem')).toHaveCount(3);
  await expectAccessible(page, 'Brief');
  await page.evaluate(() => Object.assign(globalThis, { print: () => document.body.setAttribute('data-printed', '') }));
  await press('Control+p');
  await expect(page.locator('body[data-printed]')).toHaveCount(1);
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

  // back on its line, the keyboard is where it was
  await page.goBack();
  await expect(meeting).toBeFocused();
  await page.keyboard.press('e');
  await expect(said(page, 'Done: Value talk')).toBeVisible();
  await expect(meeting).toHaveCount(0);
  await expect(list(page).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(said(page, 'Undone: Done: meeting of Today')).toBeVisible();

  await page.goto('./#/planner?text=%22Value%20talk%22');
  const bar = page.getByRole('link', { name: /Value talk$/ });
  await page.getByRole('grid', { name: 'Planner' }).locator('[data-column]').filter({ has: bar }).press('Alt+ArrowDown');
  await expect(said(page, /The update to its guests waits to be sent/)).toBeVisible();
  for (const undone of ['Undone: Move meeting', 'Undone: Plan a meeting', 'Undone: Log a call']) {
    await page.keyboard.press('Control+z');
    await expect(said(page, undone)).toBeVisible();
  }
});
