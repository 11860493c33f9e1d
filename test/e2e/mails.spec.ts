// TCH-05: a mail written from a touchpoint by keyboard, kept while it is typed, sent off, taken back, and marked as sent.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

async function create(
  page: Page,
  table: string,
  values: Readonly<Record<string, string>>,
  references: Readonly<Record<string, string>> = {},
) {
  await page.goto(`./#/records/${table}/new`);
  for (const [name, value] of Object.entries(values)) await field(page, name).fill(value);
  for (const [name, value] of Object.entries(references)) {
    await page.getByRole('combobox', { name, exact: true }).fill(value);
    await expect(page.getByRole('option', { name: new RegExp(value) })).toBeVisible();
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Control+Enter');
  const [title = ''] = Object.values(values);
  await expect(heading(page, title)).toBeVisible();
}

test('TCH-05 a mail is written from a touchpoint, kept through a reload, sent off, taken back and sent as a file', async ({ page }) => {
  test.setTimeout(120_000);
  await create(page, 'account', { Name: 'Northwind' });
  await create(page, 'contact', { Name: 'Ann Lee', Email: 'ann@northwind.example' }, { Account: 'Northwind' });
  await create(page, 'engagement', { Title: 'Rollout' }, { Account: 'Northwind' });
  await create(page, 'touchpoint', { Subject: 'Quarterly review' }, { Engagement: 'Rollout', Contact: 'Ann Lee' });

  await page.getByRole('link', { name: 'Write a mail' }).click();
  await expect(heading(page, 'New mail')).toBeVisible();
  // the contact and the subject of the touchpoint stand there already
  await expect(page.getByRole('button', { name: 'Take Ann Lee away' })).toBeVisible();
  await expect(field(page, 'Subject')).toHaveValue('Quarterly review');
  await expect(page.getByText('Write a text.')).toBeVisible();
  await field(page, 'Text').fill('Dear Ann,\n\nthe numbers are attached.');
  await page.getByRole('checkbox', { name: 'Important' }).check();
  await expectAccessible(page, 'writing a mail');
  await page.reload();
  await expect(field(page, 'Text')).toHaveValue('Dear Ann,\n\nthe numbers are attached.');

  await field(page, 'Text').press('Control+Enter');
  await expect(heading(page, 'Mails')).toBeVisible();
  await expect(page.getByText('1 mail waiting.')).toBeVisible();
  await expectAccessible(page, 'the outbox');
  await page.getByRole('link', { name: 'Important Quarterly review' }).click();
  await expect(page.getByText('the numbers are attached.')).toBeVisible();
  await expectAccessible(page, 'a mail that waits');
  await page.getByRole('button', { name: 'Take back' }).click();
  await field(page, 'Subject').fill('Our review');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('link', { name: 'Important Our review' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as file (.eml)' }).click();
  expect((await download).suggestedFilename()).toBe('Our review.eml');
  await page.getByRole('button', { name: 'I have sent it' }).click();
  await expect(page.getByText(/^Sent, /)).toBeVisible();
});

const MAIL = [
  'From: Ann Lee <ann@northwind.example>',
  'To: Kim <kim@satchel.example>',
  'Subject: When does it start?',
  'Date: Tue, 10 Jun 2025 10:00:00 +0200',
  'Message-ID: <one@northwind.example>',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Hello Kim,</p><script>document.title = "taken over"</script><img src="https://spy.invalid/x.png"><p>tell me soon.</p>',
].join('\r\n');

test('TCH-09 a mail that is brought in is shown as text, goes to its engagement, and is answered', async ({ page }) => {
  test.setTimeout(120_000);
  await create(page, 'account', { Name: 'Northwind' });
  await create(page, 'contact', { Name: 'Ann Lee', Email: 'ann@northwind.example' }, { Account: 'Northwind' });
  await create(page, 'engagement', { Title: 'Rollout' }, { Account: 'Northwind' });
  const outside: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('spy.invalid')) outside.push(request.url());
  });
  await page.goto('./#/mails');
  const file = { name: 'when.eml', mimeType: 'message/rfc822', buffer: Buffer.from(MAIL) };
  await page.getByTestId('bring-in-mail').setInputFiles(file);
  const seen = page.getByRole('group', { name: 'When does it start?' });
  await expect(seen.getByText('tell me soon.')).toBeVisible();
  await expect(seen.getByRole('radio', { name: 'Engagement: Rollout' })).toBeChecked();
  await expectAccessible(page, 'a mail that is brought in');
  await seen.getByRole('button', { name: 'Take it in' }).click();
  await expect(seen).toBeHidden();
  await page.getByRole('radio', { name: 'Received' }).click();
  await page.getByRole('link', { name: 'When does it start?' }).click();
  await expect(page.getByText('tell me soon.')).toBeVisible();
  await expect(page).toHaveTitle(/When does it start/);
  await page.getByRole('link', { name: 'Answer', exact: true }).click();
  await expect(field(page, 'Subject')).toHaveValue('Re: When does it start?');
  await expect(page.getByRole('button', { name: 'Take Ann Lee away' })).toBeVisible();
  await expect(field(page, 'Text')).toHaveValue(/> tell me soon\./);
  expect(outside).toEqual([]);
  // the same file again is known
  await page.goto('./#/mails');
  await page.getByTestId('bring-in-mail').setInputFiles(file);
  await expect(page.getByText('This mail is here already.')).toBeVisible();
});
