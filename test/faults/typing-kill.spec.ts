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
