// Playbooks as a person plays them: a customer with the ready-made playbooks, and steps from one activity to the next without a mouse.
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect, test as base } from '../support/browser-host.ts';
import { enter, tabTo } from './by-keyboard.ts';

export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** Types part of a record's name into a reference and takes what is found first. */
export async function pick(page: Page | Locator, name: string, text: string): Promise<void> {
  const box = page.getByRole('combobox', { name, exact: true });
  await box.fill(text);
  const whole = 'keyboard' in page ? page : page.page();
  await expect(whole.getByRole('option', { name: text }).first()).toBeVisible();
  await box.press('Enter');
}

/** Makes a record by its form and waits for its page. */
export async function make(page: Page, table: string, title: string, fill: () => Promise<void>): Promise<void> {
  await page.goto(`./#/records/${table}/new`);
  await fill();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** A customer with what every one of the ready-made playbooks needs. */
async function makeCustomer(page: Page): Promise<void> {
  await page.goto('./#/definitions');
  await page.getByRole('button', { name: 'Add the ready-made ones' }).click();
  await expect(page.getByText(/ready-made definitions added/)).toBeVisible();
  await make(page, 'user', 'Kim Olsen', () => field(page, 'Name').fill('Kim Olsen'));
  await make(page, 'account', 'Northwind', () => field(page, 'Name').fill('Northwind'));
  await make(page, 'contact', 'Lee Park', async () => {
    await field(page, 'Name').fill('Lee Park');
    await pick(page, 'Account', 'Northwind');
    await field(page, 'Email').fill('lee@northwind.example');
  });
  await make(page, 'engagement', 'Northwind care', async () => {
    await field(page, 'Title').fill('Northwind care');
    await pick(page, 'Account', 'Northwind');
    await pick(page, 'Key customer contact', 'Lee Park');
  });
}

type Shared = { customer: BrowserContext };

/** Playwright's `test` whose pages show a store with one customer, made once for all tests of the worker; each makes its own work in it. */
export const test = base.extend<Record<never, never>, Shared>({
  customer: [
    async ({ browser, host }, provide) => {
      const customer = await browser.newContext({ baseURL: host });
      // this page stays and runs the engine, so that those of the tests open at once
      await makeCustomer(await customer.newPage());
      await provide(customer);
      await customer.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  context: async ({ customer }, provide) => {
    await provide(customer);
  },
  page: async ({ context }, provide) => {
    const page = await context.newPage();
    await provide(page);
    await page.close();
  },
});

export { expect };

/** Steps through the playbook of the record that is open. */
export function player(page: Page) {
  /** The activity that the person is in. */
  const card = page.locator('[data-play]:focus-within');
  const complete = () => page.keyboard.press('Control+Enter');
  return {
    card,
    complete,
    /** From the record's heading into the playbook. */
    begin: async () => {
      await expect(page.getByRole('list', { name: 'Stages' })).toBeVisible();
      await page.locator('h1').focus();
      await page.keyboard.press('p');
      await expect(card).toBeVisible();
    },
    /** Waits until the focus has moved on to this activity. */
    at: async (name: string) => {
      await expect(card.getByRole('heading', { level: 3 })).toContainText(name);
    },
    skip: async (name: string) => {
      await enter(page, page.getByRole('region', { name }).getByRole('button', { name: 'Skip', exact: true }));
    },
    /** Closes the record with the code whose first letter is given. */
    close: async (letter: string, code: string, notes: string) => {
      const codes = card.getByRole('combobox');
      await expect(codes).toBeFocused();
      await page.keyboard.press(letter);
      await expect(codes).toHaveValue(code);
      await page.keyboard.press('Tab');
      await page.keyboard.type(notes);
      await complete();
    },
    /** Every stage is done. */
    expectDone: async (stages: number) => {
      const done = page.getByRole('list', { name: 'Stages' }).getByLabel(/^Done, /);
      await expect(done).toHaveCount(stages);
    },
  };
}

/** Closes the task that is open in front of the person, from its menu. */
export async function closeTask(page: Page, kind: string, notes: string): Promise<void> {
  await enter(page, page.getByRole('button', { name: `More for this ${kind}` }));
  await page.getByRole('menuitem', { name: `Close this ${kind}` }).press('Enter');
  const dialog = page.getByRole('dialog');
  const codes = dialog.getByRole('combobox', { name: 'Closure code' });
  await expect(codes).toBeFocused();
  await page.keyboard.press('a');
  await expect(codes).toHaveValue('addressed');
  await page.keyboard.press('Tab');
  await page.keyboard.type(notes);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
}

/** What the fields of the record in front of the person show. */
export async function expectFields(page: Page, kind: string, ...texts: readonly string[]): Promise<void> {
  const form = page.getByRole('form', { name: `${kind} fields` }).last();
  for (const text of texts) await expect(form).toContainText(text);
}

/** The rows of a list that name a text. */
export async function rowsWith(page: Page, table: string, text: string): Promise<Locator> {
  await page.goto(`./#/records/${table}`);
  return page.getByRole('grid').getByRole('row').filter({ hasText: text });
}

export { enter, tabTo };
