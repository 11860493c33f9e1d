import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';
import { openDemo } from './demo.ts';

test('TCH-01 TCH-02 TCH-03 a series of meetings is planned on a touchpoint by keyboard, and taken back by one undo', async ({ page }) => {
  await openDemo(page);
  await page.getByRole('grid', { name: 'Engagements' }).getByRole('gridcell').first().getByRole('link').click();
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('textbox', { name: 'What was said' })).toBeFocused();
  await page.keyboard.type('Weekly from now on');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'Weekly from now on' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Weekly from now on' })).toBeVisible();

  await page.getByRole('button', { name: 'Add meeting' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add a meeting' });
  await expect(dialog.getByRole('textbox', { name: 'Subject' })).toBeFocused();
  await dialog.getByRole('combobox', { name: 'Repeats' }).selectOption({ label: 'Weekly' });
  await dialog.getByRole('textbox', { name: 'Day' }).fill('mon');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Say until which day it is repeated.')).toBeVisible();
  await expectAccessible(page, 'Add a meeting');
  await dialog.getByRole('textbox', { name: 'Repeat until' }).fill('+29');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Planned \d meetings$/)).toBeVisible();
  await expect(dialog).toHaveCount(0);
  const related = page.getByRole('region', { name: 'Related records' });
  await expect(related.getByText(/Meetings/).first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: Plan a series of meetings')).toBeVisible();
});
