// What is being typed into a form outlives a kill of the whole browser, not only of its page.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../build/chromium.ts';
import { serve } from '../../build/serve.ts';

type Life = { readonly process: ChildProcess; readonly browser: Browser; readonly page: Page };

/** Starts a Chromium of its own process group, so that all of it can be killed at once. */
async function start(profile: string, url: string): Promise<Life> {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const args = ['--headless=new', `--user-data-dir=${profile}`, '--remote-debugging-port=0', ...chromiumArgs(), 'about:blank'];
  const process = spawn(findChromium(), args, { detached: true, stdio: 'ignore' });
  const portOf = () => (existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n')[0] : '');
  await expect.poll(portOf, { timeout: 60_000 }).toMatch(/^\d+$/);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${portOf()}`);
  const page = await (browser.contexts()[0] ?? (await browser.newContext())).newPage();
  await page.goto(url);
  return { process, browser, page };
}

async function kill({ process: child }: Life): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await gone;
}

/** What the disk has confirmed of drafts, as text. */
const confirmed = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open('satchel-drafts');
        opening.onsuccess = () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
  );

// a trace cannot be taken of a browser that is killed
test.use({ trace: 'off', screenshot: 'off', video: 'off' });

/** A record of an account's work with a playbook, made by its forms; answers the address of its page. */
async function makePlay(page: Page): Promise<string> {
  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
  const pick = async (label: string, text: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).fill(text);
    await expect(page.getByRole('option', { name: text }).first()).toBeVisible();
    await page.keyboard.press('Enter');
  };
  const go = (route: string) => page.evaluate((hash) => location.assign(hash), route);
  const saved = async (title: string) => {
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  };
  await go('#/definitions');
  await page.getByRole('button', { name: 'Add the ready-made ones' }).click();
  await expect(page.getByText(/ready-made definitions added/)).toBeVisible();
  await go('#/records/account/new');
  await field('Name').fill('Northwind');
  await saved('Northwind');
  await go('#/records/engagement/new');
  await field('Title').fill('Northwind care');
  await pick('Account', 'Northwind');
  await saved('Northwind care');
  await go('#/records/internalPlay/new');
  await field('Short description').fill('They are quiet');
  await pick('Engagement', 'Northwind care');
  await field('Description').fill('No word for weeks');
  await saved('They are quiet');
  return page.url();
}

test('PLY-01 a browser that is killed in the middle of an activity goes on there: what was done is done, what was being typed is there', async () => {
  test.setTimeout(180_000);
  const served = await serve(0);
  const profile = mkdtempSync(join(tmpdir(), 'satchel-play-'));
  const card = (page: Page, label: string) => page.getByRole('region', { name: label });
  const steps = (page: Page) => card(page, 'Formulate the action steps').getByRole('textbox');
  let life: Life | undefined;
  try {
    life = await start(profile, `${served.url}#/records`);
    const address = await makePlay(life.page);
    await expect(card(life.page, 'Enter core information')).toBeVisible();
    await life.page.locator('h1').focus();
    await life.page.keyboard.press('p');
    await expect(card(life.page, 'Enter core information')).toBeFocused();
    await life.page.keyboard.press('Control+Enter');
    await card(life.page, 'Add the squad').getByRole('button', { name: 'Skip' }).press('Enter');
    await expect(steps(life.page)).toBeFocused();
    await life.page.keyboard.type('Call the sponsor');
    const { page } = life;
    await expect.poll(() => confirmed(page)).toContain('Call the sponsor');
    await kill(life);

    life = await start(profile, address);
    await expect(steps(life.page)).toHaveValue('Call the sponsor', { timeout: 60_000 });
    await expect(life.page.getByRole('list', { name: 'Stages' }).getByLabel('Done, 3 of 3 done')).toBeVisible();
    await steps(life.page).press('Control+Enter');
    await expect(card(life.page, 'Related work')).toBeVisible();
  } finally {
    if (life?.process.exitCode === null && life.process.signalCode === null) await kill(life);
    await served.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

test('what is being typed into a form outlives a kill of the whole browser', async () => {
  test.setTimeout(180_000);
  const served = await serve(0);
  const profile = mkdtempSync(join(tmpdir(), 'satchel-typing-'));
  const form = `${served.url}#/records/account/new`;
  const name = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });
  let life: Life | undefined;
  try {
    life = await start(profile, form);
    await name(life.page).fill('Northwind');
    await name(life.page).press('End');
    await life.page.keyboard.type(' Traders');
    const { page } = life;
    // a tenth of a second after the last key; the browser's own storage would take seconds
    await expect.poll(() => confirmed(page)).toContain('Northwind Traders');
    await kill(life);

    life = await start(profile, form);
    await expect(life.page.getByText(/^What you typed of .* was kept/)).toBeVisible({ timeout: 60_000 });
    await expect(name(life.page)).toHaveValue('Northwind Traders');
  } finally {
    if (life?.process.exitCode === null && life.process.signalCode === null) await kill(life);
    await served.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
