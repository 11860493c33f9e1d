// A playbook walked from its start to the close of the record, without a mouse. The other ones are walked on the engine alone.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-host.ts';
import { expectAccessible } from './accessible.ts';
import { enter } from './by-keyboard.ts';

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

async function pick(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).fill(text);
  await expect(page.getByRole('option', { name: text }).first()).toBeVisible();
  await page.keyboard.press('Enter');
}

/** An internal play of an engagement, with the ready-made playbooks there. */
async function makePlay(page: Page): Promise<void> {
  await page.goto('./#/definitions');
  await page.getByRole('button', { name: 'Add the ready-made ones' }).click();
  await expect(page.getByText(/ready-made definitions added/)).toBeVisible();
  await page.goto('./#/records/account/new');
  await field(page, 'Name').fill('Northwind');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Northwind' })).toBeVisible();
  await page.goto('./#/records/engagement/new');
  await field(page, 'Title').fill('Northwind care');
  await pick(page, 'Account', 'Northwind');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Northwind care' })).toBeVisible();
  await page.goto('./#/records/internalPlay/new');
  await field(page, 'Short description').fill('They are quiet');
  await pick(page, 'Engagement', 'Northwind care');
  await field(page, 'Description').fill('No word for weeks');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'They are quiet' })).toBeVisible();
}

test('PLY-03 PLY-08 T8 an internal play is walked to its close by keyboard; what is typed survives a crash, and the log says who did what', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await makePlay(page);
  const card = (name: string) => page.getByRole('region', { name });
  await page.locator('h1').focus();
  await page.keyboard.press('p');
  await expect(card('Enter core information')).toBeFocused();
  await expectAccessible(page, 'a playbook at work');
  await page.keyboard.press('Control+Enter');
  await expect(card('Add the squad')).toBeVisible();
  await enter(page, card('Add the squad').getByRole('button', { name: 'Skip' }));
  const steps = card('Formulate the action steps').getByRole('textbox');
  await expect(steps).toBeFocused();
  await page.keyboard.type('Call the sponsor');

  const address = page.url();
  const session = await context.newCDPSession(page);
  void session.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  const kept = again.getByRole('region', { name: 'Formulate the action steps' });
  await expect(kept.getByRole('textbox')).toHaveValue('Call the sponsor');
  await again.locator('h1').focus();
  await again.keyboard.press('p');
  await again.keyboard.press('Control+Enter');
  const work = again.getByRole('region', { name: 'Related work' });
  await expect(work.getByText('No task is open.')).toBeVisible();
  await expect(work.getByRole('textbox')).toBeFocused();
  await again.keyboard.press('Control+Enter');
  await expect(again.getByRole('region', { name: 'Communicate the final outcome' }).getByRole('textbox')).toBeFocused();
  await again.keyboard.type('They are back');
  await again.keyboard.press('Control+Enter');
  await expect(again.getByRole('combobox', { name: 'Closure code' })).toBeFocused();
  await again.keyboard.press('a');
  await expect(again.getByRole('combobox', { name: 'Closure code' })).toHaveValue('addressed');
  await again.keyboard.press('Tab');
  await again.keyboard.type('Talking again');
  await again.keyboard.press('Control+Enter');
  await expect(again.getByRole('list', { name: 'Stages' }).getByText('3/3').first()).toBeVisible();
  await again.getByRole('toolbar', { name: 'Panel' }).getByRole('button', { name: 'Playbook log' }).press('Enter');
  const log = again.getByRole('list', { name: 'Log of Internal play' });
  await expect(log.getByRole('listitem').first()).toContainText('Close the play completed');
  await expect(log).toContainText('Call the sponsor');
  await expectAccessible(again, 'a playbook that is done, with its log');
  await again.goto('./#/work');
  await expect(again.getByText('Nothing waits for you')).toBeVisible();
});

/** A renewal of the engagement; what it is for is filled in on its way. */
async function makeRenewal(page: Page, title: string): Promise<void> {
  await page.goto('./#/records/internalPlay/new');
  await field(page, 'Short description').fill(title);
  await pick(page, 'Engagement', 'Northwind care');
  await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'Expansion and renewal support' });
  await field(page, 'Description').fill('It ends in December');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** The activities of the stage that assesses, as the player lists them. */
async function assessing(page: Page) {
  await page.getByRole('button', { name: /^Assess the opportunity/ }).press('Enter');
  return page.getByRole('list', { name: 'Activities' }).getByRole('button');
}

test('PLY-10 an activity is added to the renewal by keyboard while a run is open: that keeps its version, a new run has it', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await makePlay(page);
  await makeRenewal(page, 'Renew Gold');
  await page.goto('./#/playbooks');
  await enter(page, page.getByRole('link', { name: 'Renewal', exact: true }));
  await enter(page, page.getByRole('button', { name: 'New version' }));
  const steps = page.getByRole('list', { name: 'Activities of Assess the opportunity' });
  await enter(page, page.getByRole('button', { name: 'Add an activity to Assess the opportunity' }));
  await page.getByRole('textbox', { name: 'Label' }).fill('Ask the sponsor');
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Decision' });
  await steps.getByRole('button', { name: /^Ask the sponsor/ }).press('Alt+ArrowUp');
  await expect(steps.getByRole('listitem').nth(1)).toContainText('Ask the sponsor');
  await expect(page.getByText('Nothing keeps it from being published.')).toBeVisible();
  await enter(page, page.getByRole('button', { name: 'Try out' }));
  const trial = page.getByRole('list', { name: 'Try-out' });
  for (const label of ['Enter core information', 'View the contract'])
    await enter(page, trial.getByRole('button', { name: `Complete ${label}` }));
  await expect(trial.getByRole('listitem').filter({ hasText: /^Ask the sponsor/ })).toContainText('Ready');
  await expectAccessible(page, 'the designer of a playbook with its try-out');
  await enter(page, page.getByRole('button', { name: 'Publish', exact: true }));
  const versions = page.getByRole('combobox', { name: 'Version' });
  await expect(versions).toContainText('Version 2, published');
  await expect(versions).toContainText('Version 1, published, 1 run under way');

  await page.goto('./#/records/internalPlay');
  await page.getByRole('gridcell', { name: 'Renew Gold', exact: true }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Move to version 2' })).toBeVisible();
  await expect(await assessing(page)).toHaveCount(2);
  await makeRenewal(page, 'Renew Silver');
  await expect(await assessing(page)).toHaveCount(3);
});
