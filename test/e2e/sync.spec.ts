import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { openIdentityProvider, TEST_CLIENT } from '../support/identity-provider.ts';
import { expect, test, type CentralHost } from './central-host.ts';

type Desk = { readonly context: BrowserContext; readonly page: Page };

const footer = (page: Page) => page.getByRole('contentinfo', { name: 'Status' });

/** Signs a person in on a browser that has never been connected. */
async function connect(page: Page, central: CentralHost, login: string): Promise<void> {
  await page.goto('./#/sync/connect');
  await page.getByRole('textbox', { name: 'Address of the central store' }).fill(central.server);
  await page.getByRole('textbox', { name: 'Organisation' }).fill(central.tenant);
  await page.getByRole('textbox', { name: 'Login' }).fill(login);
  await page.getByRole('textbox', { name: 'Password' }).fill(central.password);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Approval code' }).fill(await central.code(login));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Sync' })).toBeVisible();
  await expect(footer(page).getByRole('link', { name: 'Up to date' })).toBeVisible();
}

async function openDesk(browser: Browser, host: string): Promise<Desk> {
  const context = await browser.newContext({ baseURL: host });
  return { context, page: await context.newPage() };
}

/** Changes one field of a record on its page. */
async function change(page: Page, path: string, field: string, value: string): Promise<void> {
  await page.goto(`./#${path}`);
  await page.getByRole('button', { name: `Edit ${field}`, exact: true }).click();
  await page.getByRole('textbox', { name: field, exact: true }).fill(value);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: `Edit ${field}`, exact: true })).toBeVisible();
}

let people = 0;
/** A person with an account and a contract in the central store. */
async function someone(central: CentralHost) {
  people += 1;
  const login = `person${people}`;
  const user = await central.person(login);
  const device = await central.device(login, 'Old phone');
  const account = await device.create('account', { name: `Northwind ${people}`, owner: user });
  const contract = await device.create('contract', {
    name: `Yearly ${people}`,
    account,
    owner: user,
    value: { amount: 100_000, currency: 'USD' },
  });
  return { login, user, device, account, contract, name: `Northwind ${people}` };
}

test('SYN-11 SYN-07 S15 a device is connected with a code, its records come, the old phone is signed off, and another phone has the device erased', async ({
  page,
  central,
}) => {
  const { login, account, name } = await someone(central);
  await page.goto('./');
  await page.getByRole('link', { name: 'Connect to it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connect to a central store' })).toBeVisible();
  await expectAccessible(page, 'connect');
  await connect(page, central, login);
  await expectAccessible(page, 'overview');
  await page.goto(`./#/records/account/${account}`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.goto('./#/sync/devices');
  await expect(page.getByRole('row', { name: /This device/ })).toBeVisible();
  await expectAccessible(page, 'devices');
  await page.getByRole('button', { name: 'Sign off Old phone' }).click();
  await page.getByRole('button', { name: 'Sign it off' }).click();
  await expect(page.getByRole('row', { name: /Old phone/ })).toContainText('Signed off');

  // work that is not sent, and words that are not even saved
  await change(page, `/records/account/${account}`, 'City', 'Vienna');
  await page.getByRole('button', { name: 'Edit Phone', exact: true }).click();
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('+43 1 5555');
  const phone = await central.device(login, 'New phone');
  const { devices } = (await phone.call('GET', '/v1/devices')).body as { devices: readonly { id: string; revoked: boolean }[] }; // the route's answer
  const here = devices.find(({ id, revoked }) => !revoked && id !== phone.tokens.device)?.id ?? '';
  expect((await phone.call('POST', `/v1/devices/${here}/erase`, {})).status).toBe(200);
  await page.reload();
  const notice = page.getByRole('dialog', { name: 'This device was erased' });
  await expect(notice).toContainText(`your organisation (${central.tenant}, ${central.server})`);
  await expectAccessible(page, 'erased');
  await expect(async () => expect(JSON.stringify((await phone.call('GET', '/v1/devices')).body)).toContain('"erased"')).toPass();
  await page.keyboard.press('Enter');
  await expect(notice).toBeHidden();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('satchel.draft:')))).toEqual([]);
  await expect(page.getByRole('link', { name: 'Connect to it' })).toBeVisible();
  await page.goto(`./#/records/account/${account}`);
  await page.reload();
  await expect(page.getByText('This account is not here')).toBeVisible();
});

test('SYN-11 S15 somebody signs in with their organisation: its page in another tab shows the code that connects this device', async ({
  page,
  central,
}) => {
  const { login, name, account } = await someone(central);
  const provider = await openIdentityProvider(Date.now);
  provider.lie({ visitor: { sub: login, email: login, email_verified: true } });
  await central.signInBy(provider.issuer, TEST_CLIENT);
  await page.goto('./#/sync/connect');
  await page.getByRole('textbox', { name: 'Address of the central store' }).fill(central.server);
  await page.getByRole('textbox', { name: 'Organisation' }).fill(central.tenant);
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Sign in with your organisation' }).click();
  await expectAccessible(page, 'code of the organisation');
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Open the sign-in page' }).click();
  const tab = await opened;
  await expect(tab.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Code from the page' }).fill(await tab.getByRole('status', { name: 'Code' }).innerText());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Sync' })).toBeVisible();
  await expect(footer(page).getByRole('link', { name: 'Up to date' })).toBeVisible();
  await page.goto(`./#/records/account/${account}`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await provider.close();
});

test('SYN-02 SYN-08 SYN-03 what is changed on one device stands on the other, and two fields changed at once both survive', async ({
  browser,
  central,
  host,
}) => {
  const { login, account } = await someone(central);
  const [laptop, desktop] = [await openDesk(browser, host), await openDesk(browser, host)];
  await connect(laptop.page, central, login);
  await connect(desktop.page, central, login);
  await desktop.page.goto(`./#/records/account/${account}`);
  await change(laptop.page, `/records/account/${account}`, 'City', 'Vienna');
  const onDesktop = desktop.page.getByRole('form', { name: 'Account fields' });
  await expect(onDesktop).toContainText('Vienna');

  await laptop.context.setOffline(true);
  await change(laptop.page, `/records/account/${account}`, 'Phone', '+43 1 5555');
  await change(desktop.page, `/records/account/${account}`, 'Region', 'East');
  await expect(footer(laptop.page).getByRole('link', { name: /1 to send/ })).toBeVisible();
  await laptop.context.setOffline(false);
  await expect(onDesktop).toContainText('+43 1 5555', { timeout: 30_000 });
  await expect(laptop.page.getByRole('form', { name: 'Account fields' })).toContainText('East');
  await laptop.context.close();
  await desktop.context.close();
});

test('SYN-04 S5 two values of one field stand side by side; the one that is chosen stands everywhere', async ({
  browser,
  central,
  host,
}) => {
  const { login, contract, device } = await someone(central);
  const laptop = await openDesk(browser, host);
  await connect(laptop.page, central, login);
  const path = `/records/contract/${contract}`;
  await laptop.page.goto(`./#${path}`);
  await expect(laptop.page.getByRole('button', { name: 'Edit Value', exact: true })).toBeVisible();
  await laptop.context.setOffline(true);
  await change(laptop.page, path, 'Value', '2000 USD');
  await device.pull();
  await device.update('contract', contract, { value: { amount: 300_000, currency: 'USD' } });
  await laptop.context.setOffline(false);
  await footer(laptop.page).getByRole('link', { name: '1 conflict' }).click({ timeout: 30_000 });
  const card = laptop.page.getByRole('article', { name: 'Value' });
  await expect(card).toContainText('$2,000');
  await expect(card).toContainText('$3,000');
  await expectAccessible(laptop.page, 'conflicts');
  await laptop.page.keyboard.press('m');
  await expect(laptop.page.getByText('No conflicts')).toBeVisible();
  await expect(async () => {
    await device.pull();
    expect(device.row('contract', contract)?.values?.['value']).toEqual({ amount: 200_000, currency: 'USD' });
  }).toPass({ timeout: 20_000 });
  await laptop.context.close();
});

test('SYN-05 BR-07 a refused change keeps its text and its reason until it is put right', async ({ browser, central, host }) => {
  const { login, user, account, device, name } = await someone(central);
  const child = await device.create('account', { name: 'Contoso', owner: user });
  const laptop = await openDesk(browser, host);
  await connect(laptop.page, central, login);
  await laptop.page.goto(`./#/records/account/${account}`);
  await expect(laptop.page.getByRole('heading', { level: 1, name })).toBeVisible();
  await laptop.context.setOffline(true);
  await laptop.page.getByRole('button', { name: 'Edit Parent account' }).click();
  await laptop.page.getByRole('combobox', { name: 'Parent account' }).fill('Contoso');
  await laptop.page.getByRole('option', { name: /Contoso/ }).click();
  await laptop.page.getByRole('button', { name: /^Save/ }).click();
  await expect(footer(laptop.page).getByRole('link', { name: /1 to send/ })).toBeVisible();
  await device.pull();
  await device.update('account', child, { parent: account });
  await laptop.context.setOffline(false);
  await footer(laptop.page).getByRole('link', { name: '1 refused change' }).click({ timeout: 30_000 });
  await expect(laptop.page.getByRole('article')).toContainText('Contoso');
  await expectAccessible(laptop.page, 'refused');
  await device.pull();
  await device.update('account', child, { parent: null });
  await expect(laptop.page.getByRole('heading', { level: 1, name: 'Refused changes' })).toBeVisible();
  // until the laptop has heard of it, it is refused for the same reason again
  await expect(async () => {
    await laptop.page.getByRole('button', { name: 'Try again' }).click({ timeout: 2_000 });
    await expect(laptop.page.getByText('Nothing was refused')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await laptop.context.close();
});

test('S15 signed out, work goes on and waits; signed in again, it goes up', async ({ browser, central, host }) => {
  const { login, account, device } = await someone(central);
  const laptop = await openDesk(browser, host);
  const { page } = laptop;
  await connect(page, central, login);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(footer(page).getByRole('link', { name: 'Signed out' })).toBeVisible();
  await change(page, `/records/account/${account}`, 'City', 'Graz');
  await footer(page).getByRole('link', { name: '1 to send' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Password' }).fill('not this one');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('do not fit together');
  await page.getByRole('textbox', { name: 'Password' }).fill(central.password);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Approval code' }).fill(await central.code(login));
  await page.keyboard.press('Enter');
  await expect(async () => {
    await device.pull();
    expect(device.row('account', account)?.values?.['city']).toBe('Graz');
  }).toPass({ timeout: 20_000 });
  await laptop.context.close();
});
