// The first hour of a newcomer with the files of a CRM, and without a mouse.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../build/tools.ts';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';
import { enter, tabIntoGrid, tabTo } from './by-keyboard.ts';

const FILES = ['accounts', 'subscriptions', 'support_tickets', 'churn_events', 'feature_usage'].map((name) =>
  join(root, 'test', 'fixtures', 'ravenstack', `ravenstack_${name}.csv`),
);

const figures = (page: Page) => page.getByRole('list', { name: 'Portfolio in figures' });
const figure = (page: Page, label: string) => figures(page).getByRole('listitem').filter({ hasText: label });
const engagements = (page: Page) => page.getByRole('grid', { name: 'Engagements' });
const footer = (page: Page) => page.getByRole('contentinfo', { name: 'Status' });

/** Waits until every score is computed for the day. */
const computed = (page: Page) => expect(footer(page).getByText('Computing scores')).toHaveCount(0, { timeout: 120_000 });

/** Sets the day that counts as today through the footer. */
async function setToday(page: Page, day: string, shown: string): Promise<void> {
  await enter(page, footer(page).getByRole('button', { name: /^Today:/ }));
  await tabTo(page, page.getByRole('textbox', { name: 'The day that counts as today' }));
  await page.keyboard.press('Control+A');
  await page.keyboard.type(day);
  await page.keyboard.press('Enter');
  await expect(footer(page).getByRole('button', { name: `Today: ${shown}` })).toBeVisible();
}

/** The number in each cell of a column of the indicators' table. */
async function numbersIn(page: Page, heading: string): Promise<readonly number[]> {
  const table = page.getByRole('region', { name: 'Indicators' }).getByRole('table');
  const headings = await table.getByRole('columnheader').allInnerTexts();
  const cells = await table.locator(`tbody tr > :nth-child(${headings.findIndex((text) => text.trim() === heading) + 1})`).allInnerTexts();
  return cells.filter((text) => text !== '—').map(Number);
}

test('ONB-10 ONB-04 HLT-07 UX-01 UX-03 a newcomer brings five files in and finds out by keyboard alone whom to call, and why', async ({
  page,
}) => {
  test.setTimeout(600_000);
  await page.goto('/');

  await test.step('the empty store offers a beginning', async () => {
    await expect(page.getByRole('heading', { name: 'Your portfolio, on this device' })).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page, 'Welcome');
    await enter(page, page.getByRole('main').getByRole('button', { name: 'Import files' }));
  });

  await test.step('the five files are recognised', async () => {
    const choose = page.getByRole('button', { name: 'Choose files' });
    await expect(choose).toBeVisible();
    await expectAccessible(page, 'Import');
    const chooser = page.waitForEvent('filechooser');
    await enter(page, choose);
    await (await chooser).setFiles(FILES);
    const sheets = page.getByRole('navigation', { name: 'Files' });
    await expect(sheets).toBeVisible({ timeout: 120_000 });
    for (const words of [
      /ravenstack_accounts\.csv.*500 rows → Accounts/s,
      /ravenstack_subscriptions\.csv.*5,000 rows → Contracts/s,
      /ravenstack_support_tickets\.csv.*2,000 rows → Support tickets/s,
      /ravenstack_churn_events\.csv.*600 rows → /s,
      /ravenstack_feature_usage\.csv.*25,000 rows → Values over time/s,
    ])
      await expect(sheets.getByRole('button', { name: words })).toBeVisible();
    const counts = page.getByRole('table', { name: 'What goes in' });
    for (const [label, count] of [
      ['Accounts', '500'],
      ['Contracts', '5,000'],
      ['Support tickets', '2,000'],
      ['Outcome events', '600'],
      ['Values over time', '24,997'],
    ] as const)
      await expect(counts.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label, exact: true }) })).toHaveText(
        `${label}${count}00`,
      );
    const columns = page.getByRole('group', { name: 'Columns of the file' });
    await expect(columns.getByRole('combobox', { name: 'Field for account_name' })).toHaveValue('name');
    await expect(page.getByRole('tab', { name: 'Problems (0)' })).toBeVisible();
    await expectAccessible(page, 'Review');
    await enter(page, sheets.getByRole('button', { name: /ravenstack_subscriptions/ }));
    await expect(columns.getByRole('combobox', { name: 'Field for mrr_amount' })).not.toHaveValue('');
  });

  await test.step('Ctrl+Enter takes them in', async () => {
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/records went in/)).toBeVisible({ timeout: 240_000 });
    await expectAccessible(page, 'Imported');
    await enter(page, page.getByRole('link', { name: 'Open the portfolio' }));
  });

  await test.step('the portfolio is shown as of the day on which the data ends', async () => {
    await enter(page, page.getByRole('button', { name: 'Show the portfolio as of that day' }));
    await expect(page.getByText('as of Dec 31, 2024', { exact: true })).toBeVisible();
    await computed(page);
    const value = figure(page, 'Contract value');
    await expect(value).toContainText('4,514 active contracts');
    await expect(value.getByTitle('$10,159,608', { exact: true })).toBeVisible();
    await expect(figure(page, 'Active engagements')).toContainText('at 500 accounts');
    await expect(figure(page, 'Satisfaction')).toContainText('3.98');
    await expect(figure(page, 'Satisfaction')).toContainText('mean of 1,175 rated tickets');
    await expect(figure(page, 'Tickets in 30 days')).toContainText('98 this month');
    await expect(figure(page, 'Product usage')).toContainText('10,430');
    await expectAccessible(page, 'Portfolio');
  });

  await test.step('another day is today, and the figures follow', async () => {
    await setToday(page, '2023-12-31', 'Dec 31, 2023');
    const value = figure(page, 'Contract value');
    await expect(value).toContainText('648 active contracts', { timeout: 60_000 });
    await expect(value.getByTitle('$1,262,113', { exact: true })).toBeVisible();
    await expect(figure(page, 'Active engagements')).toContainText('at 190 accounts');
    await computed(page);
    await setToday(page, '2024-12-31', 'Dec 31, 2024');
    await expect(value).toContainText('4,514 active contracts', { timeout: 60_000 });
    await computed(page);
  });

  await test.step('a score is explained to its last digit', async () => {
    await tabIntoGrid(page, engagements(page));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'Health' })).toBeVisible();
    await expectAccessible(page, 'Engagement');
    await tabTo(page, page.getByRole('tab', { name: 'Overview' }));
    await page.keyboard.press('ArrowRight');
    const together = page.getByRole('region', { name: 'Indicators' }).getByRole('row', { name: /^Together/ });
    await expect(together).toBeVisible();
    const score = Number((await together.getByRole('cell').allInnerTexts()).at(-2));
    const parts = await numbersIn(page, 'Adds');
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 6);
    await expectAccessible(page, 'Health');
    await enter(page, page.getByRole('region', { name: 'Indicators' }).getByRole('button', { expanded: false }).first());
    await expect(page.getByText(/of the newest value of/)).toBeVisible();
  });

  await test.step('risks say what raised them', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await expect(page.getByRole('heading', { name: 'Risks', exact: true })).toBeVisible();
    await enter(page, page.getByRole('button', { name: 'Evaluate now' }).first());
    await expect(page.getByText(/definitions? evaluated/)).toBeVisible({ timeout: 120_000 });
    const grid = page.getByRole('grid', { name: 'Risk signals' });
    await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(1);
    await expectAccessible(page, 'Risks');
    await tabIntoGrid(page, grid);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const why = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Why it was raised' }) });
    await expect(why.getByRole('paragraph')).toContainText(/\d|no |not /i);
    await expectAccessible(page, 'Risk');
  });
});
