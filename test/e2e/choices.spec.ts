import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';

test('REC-35 an administrator extends, renames, orders and retires choices; forms follow, and undo takes it back', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('./#/settings');
  await page.getByRole('link', { name: 'Choice lists' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Choice lists' })).toBeVisible();
  await page.getByRole('combobox', { name: 'List' }).selectOption('contact.stakeholderRole');
  const rows = page.getByRole('list', { name: 'Choices in order' }).getByRole('listitem');
  await expect(rows).toHaveCount(6);

  await page.getByRole('textbox', { name: 'New choice' }).fill('Budget owner');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(7);
  await page.getByRole('button', { name: 'Move Budget owner up' }).press('Enter');
  await expect(rows.nth(5).getByRole('textbox')).toHaveValue('Budget owner');
  await page.getByRole('textbox', { name: 'Label of Champion' }).fill('Advocate');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Label of Advocate' })).toBeVisible();
  await page.getByRole('button', { name: 'Retire User', exact: true }).press('Enter');
  await expect(page.getByRole('button', { name: 'Offer again: User' })).toBeVisible();
  await expectAccessible(page, 'choice lists');

  await page.goto('./#/records/contact/new');
  const role = page.getByRole('combobox', { name: 'Stakeholder role' });
  await expect(role.getByRole('option', { name: 'Budget owner' })).toBeAttached();
  await expect(role.getByRole('option', { name: 'Advocate' })).toBeAttached();
  await expect(role.getByRole('option', { name: 'User', exact: true })).toHaveCount(0);

  await page.goto('./#/settings/choices?list=contact.stakeholderRole');
  await expect(rows).toHaveCount(7);
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('Control+z');
    await expect(page.getByText('Undone: Change choices of stakeholder role').last()).toBeVisible();
  }
  await expect(rows).toHaveCount(6);
  await expect(page.getByRole('textbox', { name: 'Label of Champion' })).toBeVisible();
});

test('REC-44 limits are set, refused in words, and undone', async ({ page }) => {
  await page.goto('./#/settings');
  const days = page.getByRole('textbox', { name: 'Longest series of meetings' });
  await expect(days).toHaveValue('365');
  await days.fill('0');
  await days.press('Enter');
  await expect(page.getByText('Longest series of meetings must be a whole number of days from 1 to 3660.')).toBeVisible();
  await expect(days).toHaveValue('365');
  await days.fill('90');
  await days.press('Enter');
  await expect(page.getByText('Longest series of meetings set')).toBeVisible();
  await page.reload();
  await expect(days).toHaveValue('90');
  await page.keyboard.press('Control+z');
  await expect(days).toHaveValue('365');
});
