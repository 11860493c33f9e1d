// The page of a record: its form, drafts, related records, links, templates, by mouse and by keyboard.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

async function newAccount(page: Page, name: string): Promise<void> {
  await page.goto('./#/records/account/new');
  await field(page, 'Name').fill(name);
  await page.keyboard.press('Control+Enter');
  await expect(heading(page, name)).toBeVisible();
}

test('BR-01 a form says what is missing on top and at the field, and leads to it; what is typed survives a crash of the page', async ({
  page,
  context,
}) => {
  await page.goto('./#/records/contact/new');
  await field(page, 'Email').fill('nobody');
  await page.keyboard.press('Control+Enter');
  const summary = page.getByRole('alert').filter({ hasText: 'keep this from being saved' });
  await expect(summary.getByRole('button')).toHaveText(['Name', 'Account', 'Email']);
  await expect(field(page, 'Name')).toBeFocused();
  await summary.getByRole('button', { name: 'Email' }).click();
  await expect(field(page, 'Email')).toBeFocused();
  await expectAccessible(page, 'a form with problems');
  await field(page, 'Name').fill('Ada Petrova');

  const session = await context.newCDPSession(page);
  void session.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');
  await page.close();
  const again = await context.newPage();
  await again.goto('./#/records/contact/new');
  await expect(again.getByText(/^What you typed of .* was kept/)).toBeVisible();
  await expect(field(again, 'Name')).toHaveValue('Ada Petrova');
  await expect(field(again, 'Email')).toHaveValue('nobody');
  await again.getByRole('button', { name: 'Start afresh' }).click();
  await expect(field(again, 'Name')).toHaveValue('');
});

test('UX-01 a record is edited in place or as a whole by keyboard, and says what is not saved', async ({ page }) => {
  await newAccount(page, 'Northwind');
  await page.getByRole('button', { name: 'Edit City' }).press('Enter');
  await page.keyboard.type('Lyon');
  await expect(page.getByText('1 change not saved')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved Northwind')).toBeVisible();
  await page.locator('h1').focus();
  await page.keyboard.press('e');
  await field(page, 'Country').fill('France');
  await field(page, 'Phone').fill('12');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Edit Country' })).toBeVisible();
  const stream = page.getByRole('region', { name: 'Activity' });
  await expect(stream.getByText('changed 2 fields')).toBeVisible();
  await expect(stream.getByText('Lyon')).toBeVisible();
  await page.reload();
  await expect(page.getByText('France').first()).toBeVisible();
});

test('a change by someone else is shown at the field that is being edited, and either can be kept', async ({ page, context }) => {
  await newAccount(page, 'Northwind');
  const city = async (value: string) => {
    await page.getByRole('button', { name: 'Edit City' }).click();
    await field(page, 'City').fill(value);
  };
  await city('Paris');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Edit City' })).toBeVisible();
  await city('Lyon');
  const other = await context.newPage();
  await other.goto('./#/settings');
  await expect(heading(other, 'Settings')).toBeVisible();
  await other.locator('h1').focus();
  await other.keyboard.press('Control+z');
  await expect(page.getByText('Changed meanwhile to nothing')).toBeVisible();
  await expect(field(page, 'City')).toHaveValue('Lyon');
  await expectAccessible(page, 'a field that someone else has changed');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText('One field keeps this from being saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine: what I typed in City' }).click();
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByRole('button', { name: 'Edit City' })).toBeVisible();
  await expect(page.getByText('Lyon').first()).toBeVisible();
  await city('Nantes');
  await other.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'Take it: the new value of City' }).click();
  await expect(page.getByRole('button', { name: 'Edit City' })).toBeVisible();
  await expect(page.getByText('not saved')).toHaveCount(0);
});

test('related records are counted, made with their parent filled in, shown, and all of them viewed', async ({ page }) => {
  await newAccount(page, 'Northwind');
  await page.getByRole('button', { name: 'New related record' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Contact', exact: true }).press('Enter');
  await expect(heading(page, 'New contact')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Account', exact: true })).toHaveValue('Northwind');
  await field(page, 'Name').fill('Ada Petrova');
  await page.keyboard.press('Control+Enter');
  await expect(heading(page, 'Ada Petrova')).toBeVisible();
  await page.getByRole('link', { name: 'Northwind', exact: true }).click();
  const contacts = page.getByRole('main').getByRole('region', { name: 'Contacts' });
  await expect(contacts.getByRole('link', { name: 'Ada Petrova' })).toBeVisible();
  await contacts.getByRole('button', { name: /^Contacts/ }).press('Enter');
  await expect(contacts.getByRole('link', { name: 'Ada Petrova' })).toHaveCount(0);
  await page.reload();
  await expect(contacts.getByRole('button', { name: /^Contacts/ })).toHaveAttribute('aria-expanded', 'false');
  await contacts.getByRole('link', { name: 'View all: Contacts' }).click();
  await expect(page.getByRole('gridcell', { name: 'Ada Petrova', exact: true })).toBeVisible();
});

test('what follows from a choice is shown before it is saved', async ({ page }) => {
  await newAccount(page, 'Northwind');
  await page.getByRole('button', { name: 'New related record' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Engagement', exact: true }).press('Enter');
  await field(page, 'Title').fill('Rollout');
  await page.keyboard.press('Control+Enter');
  await expect(heading(page, 'Rollout')).toBeVisible();
  await page.goto('./#/records/riskSignal/new');
  const form = page.getByRole('form', { name: 'Risk signal fields' });
  await expect(form.getByText('Northwind')).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Engagement', exact: true }).fill('roll');
  await expect(page.getByRole('option', { name: /Rollout/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('link', { name: 'Northwind' })).toBeVisible();
});

test('a record is reached by its number: as a link, typed into the palette, or by its ID', async ({ page }) => {
  await newAccount(page, 'Northwind');
  const id = /account\/([^?]+)/.exec(page.url())?.[1] ?? '';
  for (const name of ['ACC0000001', 'acc1', id]) {
    await page.goto('./#/settings');
    await page.goto(`./#/r/${name}`);
    await expect(heading(page, 'Northwind')).toBeVisible();
    await expect.poll(() => page.url()).toContain(id);
  }
  await page.goto('./#/settings');
  await expect(heading(page, 'Settings')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('acc1');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Northwind')).toBeVisible();
  await page.goto('./#/r/ACC0000009');
  await expect(page.getByText('There is no record “ACC0000009” here.')).toBeVisible();
});

test('REC-38 a record is kept as a template, and new ones and others are filled in from it', async ({ page }) => {
  await newAccount(page, 'Northwind');
  await page.getByRole('button', { name: 'Edit Industry' }).click();
  await page.keyboard.type('Logistics');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Templates', exact: true }).click();
  await field(page, 'Name of the template').fill('Carrier');
  await page.keyboard.press('Enter');
  const templates = page.getByRole('list', { name: 'Templates' });
  await expect(templates.getByRole('link', { name: 'Carrier' })).toBeVisible();
  await expectAccessible(page, 'templates');

  await page.goto('./#/records/account/new');
  await field(page, 'Name').fill('Contoso');
  await page.getByRole('button', { name: 'From a template' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Carrier' }).press('Enter');
  await expect(field(page, 'Industry')).toHaveValue('Logistics');
  await expect(field(page, 'Name')).toHaveValue('Contoso');
  await field(page, 'Name').press('Control+Enter');
  await expect(heading(page, 'Contoso')).toBeVisible();
  await newAccount(page, 'Fabrikam');
  await page.getByRole('button', { name: 'Fill in from Carrier' }).press('Enter');
  await expect(field(page, 'Industry')).toHaveValue('Logistics');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByRole('button', { name: 'Edit Industry' })).toBeVisible();
});

test('BR-02 ending a record says what else it changes; what is typed there is kept', async ({ page }) => {
  await newAccount(page, 'Northwind');
  await page.goto('./#/records/engagement/new');
  await field(page, 'Title').fill('Rollout');
  await page.getByRole('combobox', { name: 'Account', exact: true }).fill('north');
  await expect(page.getByRole('option', { name: /Northwind/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(heading(page, 'Rollout')).toBeVisible();
  await page.getByRole('button', { name: 'More for this engagement' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Close this engagement' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Close notes' }).fill('All reached.');
  await expectAccessible(page, 'closing a record');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More for this engagement' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Close this engagement' }).press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Close notes' })).toHaveValue('All reached.');
  await dialog.getByRole('combobox', { name: 'Closure code' }).selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Close engagement' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Activity' }).getByText('closed this engagement')).toBeVisible();
});

test('Back leads to where a record was scrolled to', async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 500 });
  await newAccount(page, 'Northwind');
  // the browser tells of it with its next picture, and nobody leaves a screen before that
  await page.getByRole('main').evaluate(
    (main) =>
      new Promise((resolve) => {
        main.addEventListener('scroll', resolve, { once: true });
        main.scrollTo(0, 400);
      }),
  );
  await expect.poll(() => page.getByRole('main').evaluate((main) => main.scrollTop)).toBe(400);
  await page.evaluate(() => (location.hash = '#/settings'));
  await expect(heading(page, 'Settings')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(heading(page, 'Northwind')).toBeVisible();
  await expect.poll(() => page.getByRole('main').evaluate((main) => main.scrollTop)).toBe(400);
});

test('on paper there is the record alone', async ({ page }) => {
  await newAccount(page, 'Northwind');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('complementary')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Log a call' })).toBeHidden();
  await expect(heading(page, 'Northwind')).toBeVisible();
});
