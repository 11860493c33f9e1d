// Comments, work notes, mentions, notifications, discussions.
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

async function become(page: Page, name: string): Promise<void> {
  const back = page.url();
  await page.goto('./#/settings');
  await page.getByRole('combobox', { name: 'You are' }).selectOption({ label: name });
  await expect(page.getByRole('combobox', { name: 'You are' })).toHaveValue(/./);
  await page.goto(back);
}

async function withTouchpoint(page: Page): Promise<void> {
  await create(page, 'user', { Name: 'Ada Petrova' });
  await create(page, 'user', { Name: 'Zoë Kern' });
  await become(page, 'Ada Petrova');
  await create(page, 'account', { Name: 'Northwind' });
  await create(page, 'engagement', { Title: 'Rollout' }, { Account: 'Northwind' });
  await create(page, 'touchpoint', { Subject: 'Quarterly review' }, { Engagement: 'Rollout' });
}

test('REC-43 a comment and a work note cannot be taken for each other; a mention by keyboard rings the bell of whom it means', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await withTouchpoint(page);
  const stream = page.getByRole('region', { name: 'Activity' });
  await page.keyboard.press('w');
  const note = page.getByRole('textbox', { name: /^Work notes: Internal/ });
  await expect(note).toBeFocused();
  await page.keyboard.type('They are nervous about seats. @zo');
  await expect(page.getByRole('option', { name: /Zoë Kern/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(note).toHaveValue('They are nervous about seats. @Zoë Kern ');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Comment' }).click();
  const comment = page.getByRole('textbox', { name: /^Additional comments: The customer/ });
  await expect(comment).toHaveValue('');
  await comment.fill('Thank you for your time.');
  await page.keyboard.press('Control+Enter');
  await expect(stream.getByText('Comment · the customer sees it')).toBeVisible();
  await page.getByRole('tab', { name: 'Work note' }).click();
  await expect(note).toHaveValue('They are nervous about seats. @Zoë Kern ');
  await note.press('Control+Enter');
  await expect(stream.getByText('Work note · internal')).toBeVisible();
  await expect(note).toHaveValue('');
  await expectAccessible(page, 'the stream of a record');

  await page.getByRole('button', { name: 'Work notes', exact: true }).click();
  await expect(stream.getByText('Comment · the customer sees it')).toHaveCount(0);
  await expect(stream.getByText('Work note · internal')).toBeVisible();
  await page.getByRole('button', { name: 'Work notes', exact: true }).click();

  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
  await become(page, 'Zoë Kern');
  await expect(page.getByRole('button', { name: 'Notifications: 1 unread' })).toBeVisible();
  await page.goto('./#/portfolio');
  await page.locator('h1').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  const list = page.getByRole('list', { name: 'Notifications' });
  await expect(list.getByText('mentioned you in touchpoint “Quarterly review”')).toBeVisible();
  await expectAccessible(page, 'notifications');
  await list.getByRole('button', { name: /mentioned you/ }).press('Enter');
  await expect(heading(page, 'Quarterly review')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
});

test('REC-43 whoever watches a record or is assigned to it hears of it; taking it on oneself rings nobody', async ({ page }) => {
  test.setTimeout(180_000);
  await withTouchpoint(page);
  await page.locator('h1').focus();
  await page.keyboard.press('i');
  await expect(page.getByText('is assigned to you')).toBeVisible();
  await page.keyboard.press('f');
  await expect(page.getByRole('button', { name: 'Stop watching this touchpoint' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
  await become(page, 'Zoë Kern');
  await page.getByRole('button', { name: 'Edit Priority' }).click();
  await page.getByRole('combobox', { name: 'Priority' }).selectOption('High');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Edit Priority' })).toBeVisible();
  await become(page, 'Ada Petrova');
  await page.getByRole('button', { name: 'Notifications: 1 unread' }).click();
  await expect(page.getByText('changed Priority of touchpoint “Quarterly review”')).toBeVisible();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
});

test('a discussion is held with chosen people, answered, and resolved into a work note', async ({ page }) => {
  test.setTimeout(180_000);
  await withTouchpoint(page);
  await page.getByRole('button', { name: 'Discussions', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Start a discussion' }).press('Enter');
  const form = page.getByRole('region', { name: 'New discussion' });
  await expect(form.getByRole('combobox', { name: 'Participants' })).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(form.getByText('Choose at least one person.')).toBeVisible();
  await expectAccessible(page, 'a new discussion');
  await form.getByRole('combobox', { name: 'Participants' }).fill('zo');
  await expect(page.getByRole('option', { name: /Zoë Kern/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('button', { name: 'Take Zoë Kern away' })).toBeVisible();
  await form.getByRole('textbox', { name: 'Subject' }).fill('Discount?');
  await form.getByRole('textbox', { name: 'First message' }).fill('What can we offer?');
  await page.keyboard.press('Control+Enter');
  const talk = page.getByRole('region', { name: 'Discount?' });
  await expect(talk.getByText('What can we offer?')).toBeVisible();

  await become(page, 'Zoë Kern');
  await page.getByRole('button', { name: 'Notifications: 1 unread' }).click();
  await page.getByRole('button', { name: /asked you into the discussion/ }).press('Enter');
  await expect(talk.getByText('What can we offer?')).toBeVisible();
  await talk.getByRole('textbox', { name: 'Message' }).fill('Eight percent.');
  await talk.getByRole('button', { name: 'Resolve with this outcome' }).click();
  await expect(talk.getByText('1 message')).toBeVisible();
  await expectAccessible(page, 'a resolved discussion');
  await page.getByRole('button', { name: 'Activity', exact: true }).click();
  await expect(page.getByText(/“Discount\?” resolved: Eight percent\./)).toBeVisible();
});

test('REC-39 a prepared answer is filled in from the record', async ({ page }) => {
  await create(page, 'account', { Name: 'Northwind', City: 'Lyon' });
  await page.goto('./#/records/responseTemplate/new');
  await field(page, 'Name').fill('Visit');
  await field(page, 'Text').fill('We visit you in {city} soon, {nobody}.');
  await page.keyboard.press('Control+Enter');
  await expect(heading(page, 'Visit')).toBeVisible();
  await page.goto('./#/r/ACC1');
  await page.getByRole('button', { name: 'Insert a prepared answer' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Visit' }).press('Enter');
  await expect(page.getByRole('textbox', { name: /^Work notes: Internal/ })).toHaveValue('We visit you in Lyon soon, {nobody}.');
});
