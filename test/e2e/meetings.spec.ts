// A touchpoint and its meetings: planned once and as a series, held, noted, followed up; by keyboard where people do it all day.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { openDemo } from './demo.ts';
import { expect, test } from '../support/browser-host.ts';

const toast = (page: Page, text: string | RegExp) => page.getByText(text).first();
const planned = (page: Page) => page.getByRole('region', { name: 'Today and to come' });

/** Logs a call with the first engagement and opens its touchpoint. */
async function openLogged(page: Page, subject: string): Promise<void> {
  await openDemo(page);
  await page.getByRole('grid', { name: 'Engagements' }).getByRole('link').first().click();
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await page.keyboard.press('Control+l');
  const notes = page.getByRole('dialog', { name: 'Log a call' }).getByRole('textbox', { name: 'What was said' });
  await expect(notes).toBeFocused();
  await page.keyboard.type(subject);
  await page.keyboard.press('Control+Enter');
  await expect(toast(page, /^Logged /)).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: subject, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
}

test('TCH-01 TCH-03 a series is planned from a touchpoint by keyboard, and its dialog offers rhythm and end', async ({ page }) => {
  await openLogged(page, 'Series talk');
  await expect(page.getByRole('tab', { name: 'Meetings (0)' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Account', exact: true })).toBeVisible();
  await expectAccessible(page, 'touchpoint');

  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Add a meeting' });
  await expect(dialog.getByRole('textbox', { name: 'Subject' })).toHaveValue('Series talk');
  await dialog.getByRole('textbox', { name: 'Day' }).fill('+1');
  await dialog.getByRole('combobox', { name: 'Repeats' }).selectOption({ label: 'Weekly' });
  await dialog.getByRole('textbox', { name: 'Repeat until' }).fill('+29');
  await page.keyboard.press('Control+Enter');
  await expect(toast(page, 'Planned 5 meetings')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Meetings (5)' })).toBeVisible();

  // one of the later ones, so that there is something before and after it
  await planned(page).getByRole('link', { name: 'Series talk', exact: true }).nth(1).click();
  const state = page.getByText(/One of a series/);
  await expect(state).toContainText(/weekly until .*5 meetings scheduled/);

  /** Opens a dialog by its key and says which meetings are meant, all by keyboard. */
  const ask = async (key: string, name: string, scope: 'This one' | 'This and later' | 'All to come') => {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog).toBeVisible();
    await dialog.getByRole('radio', { name: scope }).focus();
    await page.keyboard.press('Space');
    return dialog;
  };
  const one = await ask('s', 'Change the series', 'This one');
  await expect(one.getByRole('combobox', { name: 'Repeats' })).toHaveCount(0);
  await one.getByRole('textbox', { name: 'Time' }).fill('11:30');
  await page.keyboard.press('Control+Enter');
  await expect(toast(page, 'Changed 1 meeting')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const later = await ask('s', 'Change the series', 'This and later');
  await later.getByRole('combobox', { name: 'Repeats' }).selectOption({ label: 'Every two weeks' });
  await later.getByRole('textbox', { name: 'Repeat until' }).fill('+50');
  await expectAccessible(page, 'series dialog');
  await later.getByRole('textbox', { name: 'Repeat until' }).press('Control+Enter');
  await expect(toast(page, /^Changed \d+ meetings$/)).toBeVisible();
  // another rhythm plans anew: this one is cancelled
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Change series' })).toHaveCount(0);

  await page.goBack();
  await planned(page).getByRole('link', { name: 'Series talk', exact: true }).first().click();
  await expect(state).toContainText('1 meeting scheduled');
  await ask('x', 'Cancel which meetings?', 'This one');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Cancel them' }).press('Enter');
  await expect(toast(page, 'Cancelled 1 meeting')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(state).toContainText('1 meeting scheduled');
});

test('TCH-02 a meeting is held: who came, how it was, what was agreed and what becomes of it', async ({ page }) => {
  await openLogged(page, 'Quarter');
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Add a meeting' });
  await dialog.getByRole('textbox', { name: 'Day' }).fill('today');
  await dialog.getByRole('combobox', { name: 'Invited colleagues' }).click();
  await page.getByRole('listbox').getByRole('option').first().click();
  await dialog.getByRole('textbox', { name: 'Agenda' }).fill('Value so far');
  await page.keyboard.press('Control+Enter');
  await expect(toast(page, 'Planned Quarter')).toBeVisible();
  await planned(page).getByRole('link', { name: 'Quarter', exact: true }).click();

  // completing asks for the notes and sends them in the same step
  await page.keyboard.press('m');
  const completing = page.getByRole('dialog', { name: 'Complete: Quarter' });
  await expect(completing.getByRole('textbox', { name: 'Meeting notes' })).toBeFocused();
  await page.keyboard.type('The value is proven.');
  await completing.getByRole('checkbox', { name: /^Send the notes to 2 people/ }).check();
  await expectAccessible(page, 'completing a meeting');
  await page.keyboard.press('Control+Enter');
  await expect(toast(page, 'Completed, and the notes are in the outbox: Quarter')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Meeting notes' })).toBeVisible();
  // what is changed afterwards is offered to be told
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'All came' }).click();
  await expect(page.getByRole('radio', { name: 'Came' }).first()).toBeChecked();
  // each observation moves the quality of the engagement by its points, and the figure says of what it is made
  const quality = page
    .getByRole('group')
    .filter({ hasText: 'Quality of the engagement' })
    .getByText(/conversations/);
  await page.getByRole('checkbox', { name: 'Strategic' }).check();
  await expect(quality).toContainText('conversations 10 (mean of 1 noted)');
  await page.getByRole('checkbox', { name: 'On time' }).check();
  await expect(quality).toContainText('conversations 30 (mean of 1 noted)');
  const agreed = page.getByRole('textbox', { name: 'Add an action item' });
  await agreed.fill('send the terms fri');
  await agreed.press('Enter');
  await agreed.fill('a workshop');
  await agreed.press('Enter');
  await expect(page.getByText('2 open', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Make a task of send the terms' }).click();
  await expect(toast(page, 'Made 1 task of it')).toBeVisible();
  await page.getByRole('button', { name: 'Drop a workshop' }).click();
  await page.getByRole('textbox', { name: 'Why a workshop is dropped' }).fill('Too early');
  await page.keyboard.press('Enter');
  await expect(page.getByText('dropped: Too early')).toBeVisible();
  await expect(page.getByText('all settled')).toBeVisible();
  await expectAccessible(page, 'meeting');
});
