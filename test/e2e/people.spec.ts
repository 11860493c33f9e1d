import { axeFaults, expect, test } from '../support/browser-host.ts';
import { openDemo } from './demo.ts';

test('REC-31 REC-32 the administrator gives roles by keyboard, sees as another person does, and comes back', async ({ page }) => {
  await openDemo(page);
  await page.goto('./#/settings/people');
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
  await expect(page.getByText('Nobody has a role yet')).toBeVisible();
  const table = page.getByRole('region', { name: 'People' }).getByRole('table');
  const names = await table.getByRole('rowheader').allTextContents();
  const [first = '', second = ''] = names;

  const give = async (name: string, role: string) => {
    await table.getByRole('button', { name: `Change ${name}`, exact: true }).press('Enter');
    const dialog = page.getByRole('dialog', { name });
    await dialog.getByRole('checkbox', { name: role, exact: true }).press('Space');
    return dialog;
  };
  // the first role given has to be the administrator's
  const refused = await give(first, 'Success agent');
  await refused.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(refused.getByText(/Someone who is active has to be administrator/)).toBeVisible();
  await refused.getByRole('checkbox', { name: 'Administrator', exact: true }).press('Space');
  await refused.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(table.getByRole('row', { name: new RegExp(first) })).toContainText('Success agent, Administrator');
  const dialog = await give(second, 'Viewer');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(table.getByRole('row', { name: new RegExp(second) }).first()).toContainText('Viewer');

  await table.getByRole('button', { name: `See as ${second}`, exact: true }).press('Enter');
  const footer = page.getByRole('contentinfo', { name: 'Status' });
  await expect(footer.getByRole('button', { name: /Seeing as/ })).toContainText(second);
  await expect(page.getByText('Only administrators change users and their roles.')).toBeVisible();
  await expect(table.getByRole('button', { name: /^Change/ })).toHaveCount(0);
  // what a viewer cannot do is not offered
  await page.goto('./#/records/touchpoint');
  await expect(page.getByRole('heading', { level: 1, name: 'Touchpoints' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New', exact: true })).toHaveCount(0);
  await page.goto('./#/settings');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeDisabled();
  await footer.getByRole('button', { name: /Seeing as/ }).press('Enter');
  await expect(footer.getByRole('button', { name: /Seeing as/ })).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeEnabled();
});

test('REC-32 what a role may do is shown from the data that the engine decides by', async ({ page }) => {
  await page.goto('./#/settings/people');
  await page.getByRole('combobox', { name: 'Role' }).selectOption('viewer');
  const table = page.getByRole('region', { name: 'What the role Viewer may do' }).getByRole('table');
  const work = table.getByRole('row', { name: /^Work with customers/ });
  await expect(work.getByRole('cell').first()).toHaveText('Yes');
  await expect(work.getByRole('cell').nth(2)).toHaveText('No');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`UX-03 people are readable and operable for everyone (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openDemo(page);
    await page.goto('./#/settings/people');
    const change = page.getByRole('button', { name: /^Change/ }).first();
    await expect(change).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
    await change.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
  });
}
