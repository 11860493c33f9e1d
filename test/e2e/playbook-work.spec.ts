// Playbooks beside their steps: what a person has to do over all of them, imports, and the end half-way.
import { Buffer } from 'node:buffer';
import { expectAccessible } from './accessible.ts';
import { enter, expect, field, make, pick, player, test } from './playing.ts';

test('PLY-09 T8 a case that is cancelled half-way has nothing pending any more, and nothing of it is left in my work', async ({ page }) => {
  await make(page, 'successCase', 'Odd wish', async () => {
    await field(page, 'Short description').fill('Odd wish');
    await pick(page, 'Engagement', 'Northwind care');
    await field(page, 'Description').fill('They think about it');
  });
  await page.goto('./#/work');
  const mine = page.getByRole('row').filter({ hasText: 'Odd wish' });
  await expect(mine).toContainText('Enter core information');
  await expectAccessible(page, 'my work');
  await enter(page, mine.getByRole('link'));
  const play = player(page);
  await play.at('Enter core information');
  await play.complete();
  await play.at('Add the squad');
  await enter(page, page.getByRole('button', { name: 'More for this success case' }));
  await page.getByRole('menuitem', { name: 'Cancel this success case' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Close notes' })).toBeFocused();
  await page.keyboard.type('Thought better of it');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('list', { name: 'Stages' }).getByLabel(/^Cancelled, /)).toHaveCount(3);
  const lines = page.getByRole('list', { name: 'Activities' }).getByRole('button');
  await expect(lines.filter({ hasText: 'Done' })).toHaveCount(2);
  await expect(lines.filter({ hasText: 'Cancelled' })).toHaveCount(1);
  await page.goto('./#/work');
  await expect(page.getByRole('heading', { level: 1, name: 'My work' })).toBeVisible();
  await expect(mine).toHaveCount(0);
});

test('PLY-09 a playbook is cancelled while its record stays open, and begun anew', async ({ page }) => {
  await make(page, 'successCase', 'New plan', async () => {
    await field(page, 'Short description').fill('New plan');
    await pick(page, 'Engagement', 'Northwind care');
    await field(page, 'Description').fill('Otherwise than we thought');
  });
  await enter(page, page.getByRole('button', { name: 'Cancel playbook' }));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Why' })).toBeFocused();
  await page.keyboard.type('Otherwise');
  await expectAccessible(page, 'cancelling a playbook');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  const stages = page.getByRole('list', { name: 'Stages' });
  await expect(stages.getByLabel(/^Cancelled, /)).toHaveCount(3);
  await enter(page, page.getByRole('button', { name: 'Start “Success case”' }));
  await expect(stages.getByLabel(/^Cancelled, /)).toHaveCount(0);
  // who starts it is in it
  await player(page).at('Enter core information');
  await expect(page.getByRole('combobox', { name: 'Which run of a playbook' })).toBeVisible();
});

test('PLY-07 ONB-07 the import of an onboarding is opened from its activity, and coming back it is done and in the log', async ({
  page,
}) => {
  await make(page, 'onboardingCase', 'Data comes', async () => {
    await field(page, 'Short description').fill('Data comes');
    await pick(page, 'Account', 'Northwind');
    await pick(page, 'Assigned to', 'Kim Olsen');
    await field(page, 'Go-live date').fill('2027-03-01');
  });
  const play = player(page);
  await play.begin();
  await play.at('Enter what the onboarding is about');
  await play.complete();
  await play.at('Add the customer’s team');
  await pick(play.card, 'A known contact', 'Lee Park');
  await play.complete();
  await play.at('Give the customer’s team responsibilities');
  await pick(play.card, 'Contact', 'Lee Park');
  await pick(play.card, 'Responsibility', 'Onboarding point of contact');
  await enter(page, play.card.getByRole('button', { name: 'Add', exact: true }));
  await play.complete();
  await play.at('Add the account team');
  await pick(play.card, 'Colleague', 'Kim Olsen');
  await enter(page, play.card.getByRole('button', { name: 'Add', exact: true }));
  await play.complete();
  await play.at('Add the squad');
  await play.skip('Add the squad');
  await play.at('Import: customer contacts');
  // it stands just before the notes that the next key would go into
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('For “Import: customer contacts” of Data comes')).toBeVisible();
  await page.getByTestId('import-files').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('name,email,account\nJo Ng,jo@northwind.example,Northwind\n'),
  });
  await expect(page.getByText('For “Import: customer contacts” of Data comes')).toBeVisible();
  await expectAccessible(page, 'an import for an activity');
  await page.getByRole('button', { name: /^Take the (good )?rows in$/ }).press('Enter');
  await expect(page.getByText('“Import: customer contacts” is done.')).toBeVisible();
  await enter(page, page.getByRole('link', { name: 'Back to Data comes' }));
  await page.getByRole('toolbar', { name: 'Panel' }).getByRole('button', { name: 'Playbook log' }).press('Enter');
  const log = page.getByRole('list', { name: 'Log of Account onboarding' });
  await expect(log).toContainText('people.csv: 1 new, 0 changed.');
  await page.getByRole('button', { name: /^Data capture and validation/ }).press('Enter');
  await expect(page.getByRole('list', { name: 'Activities' }).getByRole('button', { name: /^Import: customer contacts/ })).toContainText(
    'Done',
  );
});
