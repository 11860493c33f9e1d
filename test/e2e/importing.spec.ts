// The import as a person meets it: what is wrong is shown where it is, what is doubtful is asked, and all of it can be taken back.
import { Buffer } from 'node:buffer';
import type { Page } from '@playwright/test';
import { packZip } from '../support/make-workbook.ts';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Opens the import and gives it the files. */
async function give(page: Page, files: Files): Promise<void> {
  await page.goto('/#/import');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible({ timeout: 60_000 });
  await page
    .getByTestId('import-files')
    .setInputFiles(Object.entries(files).map(([name, content]) => ({ name, mimeType: '', buffer: Buffer.from(content) })));
}

const summary = (page: Page) => page.getByRole('status').filter({ hasText: /go in/ });
const commit = (page: Page) => page.getByRole('button', { name: /^Take the (good )?rows in$/ });

/** Takes the rows in and waits for the end. */
async function takeIn(page: Page, records: string): Promise<void> {
  await commit(page).click();
  await expect(page.getByText(`${records} went in`)).toBeVisible({ timeout: 60_000 });
}

/** How many records a list has. */
async function expectCount(page: Page, table: string, count: number): Promise<void> {
  await page.goto(`/#/records/${table}`);
  // the headings, the rows, and under them what they come to
  const lines = count === 0 ? 1 : count + 2;
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(lines), { timeout: 60_000 });
}

const BAD = {
  'accounts.csv': 'account_id,name,employees,customer since\nA1,Alpha,ten,2024-01-01\nA2,Beta,20,2024-13-01\nA3,Gamma,30,2024-01-03\n',
};

test('ONB-04 ONB-05 bad rows are shown at row and cell, repaired in place, the others are held back and repaired later', async ({
  page,
}) => {
  await give(page, BAD);
  await expect(summary(page)).toContainText('2 rows held back for later', { timeout: 60_000 });
  await page.getByRole('tab', { name: 'Problems (2)' }).click();
  const problems = page.getByRole('group', { name: 'Problems' }).getByRole('row');
  const wrongNumber = problems.filter({ hasText: '“ten” is not a number.' });
  await expect(wrongNumber.getByRole('cell').nth(1)).toHaveText('2');
  await expect(wrongNumber.getByRole('cell').nth(2)).toHaveText('employees');
  await expect(problems.filter({ hasText: '“2024-13-01” is not a date' }).getByRole('cell').nth(1)).toHaveText('3');
  await expectAccessible(page, 'Problems');

  const cell = page.getByRole('textbox', { name: 'Value in line 2, employees' });
  await cell.fill('10');
  await cell.press('Enter');
  await expect(page.getByRole('tab', { name: 'Problems (1)' })).toBeVisible();
  await page.getByRole('tab', { name: 'Rows' }).click();
  const rows = page.getByRole('group', { name: 'Rows of the file' }).getByRole('row');
  await expect(rows.filter({ hasText: 'Alpha' })).toContainText('New');
  await expect(rows.filter({ hasText: 'Beta' })).toContainText('Held back');
  await takeIn(page, '4 records');

  await page.getByRole('button', { name: 'Import more' }).click();
  const held = page.getByRole('listitem').filter({ hasText: 'accounts.csv, line 3' });
  await expect(held).toContainText('“2024-13-01” is not a date');
  await expectAccessible(page, 'Held back');
  await held.getByRole('textbox', { name: 'customer since' }).fill('2024-12-01');
  await held.getByRole('button', { name: 'Take it in' }).click();
  await expect(page.getByText('taken in', { exact: false }).first()).toBeVisible();
  await expect(held).toHaveCount(0);
  await expectCount(page, 'account', 3);
});

test('ONB-04 a name that is nearly a known one is asked about, and the answer settles its rows', async ({ page }) => {
  await give(page, {
    'accounts.csv': 'account,sector\nAcme Corporation,retail\n',
    'products.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\nGTX Basic,GTX,550\n',
    'sales_pipeline.csv':
      'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nO1,Anna,GTXPro,Acme Corporation,Won,2016-10-20,2017-03-01,1054\nO2,Anna,GTX Basic,Acme Corporation,Lost,2016-10-25,2017-03-11,0\n',
  });
  await expect(summary(page)).toContainText('1 question open', { timeout: 60_000 });
  await expect(summary(page)).toContainText('1 row held back');
  const question = page.getByRole('radiogroup', { name: /“GTXPro” in column product \(1 row\) is not a known record/ });
  await expect(question.getByRole('radio', { checked: true })).toHaveCount(0);
  await expectAccessible(page, 'Questions');
  await question.getByRole('radio', { name: 'GTX Pro (98 % alike)' }).check();
  await expect(page.getByText('All decided')).toBeVisible();
  await expect(summary(page)).not.toContainText('held back');
  await commit(page).click();
  await expect(page.getByText(/records went in/)).toBeVisible({ timeout: 60_000 });
  await expectCount(page, 'product', 2);
  await expectCount(page, 'opportunity', 2);
});

test('ONB-04 dates that can be read in two ways show the order in use, and it is changed for the whole column', async ({ page }) => {
  await give(page, { 'accounts.csv': 'account_id,name,signup_date\nA1,Alpha,03/04/2024\nA2,Beta,05/06/2024\n' });
  const order = page.getByRole('combobox', { name: 'Order of the dates in signup_date' });
  await expect(order).toHaveValue('dmy', { timeout: 60_000 });
  await order.selectOption('12/31/2024 (month first)');
  await expect(order).toHaveValue('mdy');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);
  await takeIn(page, '4 records');
  await page.goto('/#/records/account');
  await page.getByRole('grid').getByText('Beta', { exact: true }).dblclick();
  await expect(page.getByText('May 6, 2024', { exact: true })).toBeVisible({ timeout: 60_000 });
});

test('ONB-04 ONB-10 one undo takes all of an import back; the same file again says nothing new', async ({ page }) => {
  const file = { 'accounts.csv': 'account_id,name,employees\nA1,Alpha,10\nA2,Beta,20\n' };
  await give(page, file);
  await expect(summary(page)).toContainText('4 records go in', { timeout: 60_000 });
  await takeIn(page, '4 records');
  await give(page, file);
  await expect(summary(page)).toContainText('0 records go in, 2 are as they were', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await expectCount(page, 'account', 2);
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/^Undone: Import of accounts\.csv/)).toBeVisible();
  await page.goto('/#/portfolio');
  await expect(page.getByRole('heading', { name: 'Your portfolio, on this device' })).toBeVisible();
});

test('ONB-04 a hostile file is refused in words, and the application goes on', async ({ page }) => {
  const workbook = await packZip([{ name: 'xl/workbook.xml', bytes: new TextEncoder().encode('<workbook/>') }]);
  for (const [files, words] of [
    [{ 'cut.xlsx': workbook.slice(0, workbook.length - 20) }, /cut\.xlsx.*cut off/s],
    [{ 'old.xls': Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0, 0]) }, /old\.xls.*Excel 97/s],
  ] as const) {
    await give(page, files);
    await expect(page.getByRole('alert')).toHaveText(words, { timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled();
  }
  await expectAccessible(page, 'Refused');
  await give(page, { 'accounts.csv': 'account_id,name,__proto__,constructor\nA1,Alpha,{},x\n' });
  await expect(page.getByRole('combobox', { name: 'Field for __proto__' })).toHaveValue('', { timeout: 60_000 });
  await takeIn(page, '2 records');
  await expectCount(page, 'account', 1);
});

test('ONB-04 UX-06 a reload in the middle of the review keeps what was entered', async ({ page }) => {
  await give(page, BAD);
  await page.getByRole('tab', { name: 'Problems (2)' }).click({ timeout: 60_000 });
  const cell = page.getByRole('textbox', { name: 'Value in line 2, employees' });
  await cell.fill('10');
  await cell.press('Enter');
  await expect(page.getByRole('tab', { name: 'Problems (1)' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Engagements' }).selectOption('none');
  await expect(summary(page)).toContainText('2 records go in');
  await page.reload();
  await expect(summary(page)).toContainText('2 records go in, 1 row held back', { timeout: 60_000 });
  await expect(page.getByRole('combobox', { name: 'Engagements' })).toHaveValue('none');
  await expect(page.getByRole('tab', { name: 'Problems (1)' })).toBeVisible();
  await takeIn(page, '2 records');
});

test('ONB-04 a mapping made by hand is remembered, and the next file of its kind maps by itself', async ({ page }) => {
  await give(page, { 'export.csv': 'kd nr,firma,branche\nA1,Alpha,Shipping\n' });
  const into = page.getByRole('combobox', { name: 'Rows become' });
  await into.selectOption('account', { timeout: 60_000 });
  for (const [heading, field] of [
    ['kd nr', 'externalId'],
    ['firma', 'name'],
    ['branche', 'industry'],
  ] as const) {
    const choice = page.getByRole('combobox', { name: `Field for ${heading}` });
    await choice.selectOption(field);
    await expect(choice).toHaveValue(field);
  }
  await page.getByRole('button', { name: 'Remember as profile' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remember this mapping' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Our CRM');
  await expectAccessible(page, 'Remember this mapping');
  await dialog.getByRole('button', { name: 'Remember', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await give(page, { 'other.csv': 'kd nr,firma,branche\nA2,Beta,Banking\n' });
  await expect(page.getByText('As in the profile “Our CRM”').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('combobox', { name: 'Field for firma' })).toHaveValue('name');
});
