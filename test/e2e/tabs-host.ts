// Builds the page in test/support/tabs with a worker of the test's choice and serves both as the application is served.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { rolldown } from 'rolldown';
import { build } from 'vite';
import { serve } from '../../build/serve.ts';
import { root } from '../../build/tools.ts';
import type { Tab } from '../support/tabs/tabs.page.ts';

export type TabsHost = { readonly url: string; readonly close: () => Promise<void> };

/** `worker`: its path below the project's root; it is served as the engine's worker. */
export async function startTabsHost(worker: string): Promise<TabsHost> {
  const out = mkdtempSync(join(tmpdir(), 'satchel-tabs-'));
  await build({
    configFile: false,
    root: join(root, 'test', 'support', 'tabs'),
    base: './',
    logLevel: 'error',
    build: { outDir: join(out, 'renderer'), modulePreload: { polyfill: false }, target: 'chrome130' },
  });
  const bundled = await rolldown({ cwd: root, input: { worker }, platform: 'browser' });
  await bundled.write({ dir: join(out, 'engine'), format: 'esm', entryFileNames: '[name].js' });
  await bundled.close();
  const served = await serve(0, out);
  return {
    url: served.url,
    close: async () => {
      await served.close();
      rmSync(out, { recursive: true });
    },
  };
}

// `tabs.page.ts` puts it there
type TabWindow = Window & { readonly tab: Tab };

/** Opens a tab and waits until its client has an engine. */
export async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await ready(page);
  return page;
}

export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => (window as unknown as TabWindow).tab.client.state().kind === 'ready');
}

/** Waits for an engine other than this one; answers its epoch. */
export async function otherEpoch(page: Page, before: string): Promise<string> {
  await page.waitForFunction((known) => {
    const state = (window as unknown as TabWindow).tab.client.state();
    return state.kind === 'ready' && state.epoch !== known;
  }, before);
  return epoch(page);
}

export function epoch(page: Page): Promise<string> {
  return page.evaluate(() => {
    const state = (window as unknown as TabWindow).tab.client.state();
    return state.kind === 'ready' ? state.epoch : state.kind;
  });
}

/** Sends a command for each name, all at once and without waiting for their answers. */
export function send(page: Page, ...names: string[]): Promise<void> {
  return page.evaluate((given) => {
    const { client, answers } = (window as unknown as TabWindow).tab;
    for (const name of given)
      client.command('records.create', { table: 'account', values: { name } }).then(
        () => answers.push(`done ${name}`),
        (error: { code: string }) => answers.push(`${error.code} ${name}`),
      );
  }, names);
}

export async function answers(page: Page, count: number): Promise<readonly string[]> {
  await page.waitForFunction((expected) => (window as unknown as TabWindow).tab.answers.length >= expected, count);
  return page.evaluate(() => (window as unknown as TabWindow).tab.answers);
}

/** Subscribes; `heardLast` then tells the newest result. */
export function subscribe(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { client, heard } = (window as unknown as TabWindow).tab;
    client.live('records.undoable', {}, { next: ({ undo }) => heard.push(undo ?? ''), error: ({ code }) => heard.push(code) });
  });
}

export async function heard(page: Page, last: string): Promise<void> {
  await page.waitForFunction((expected) => (window as unknown as TabWindow).tab.heard.at(-1) === expected, last);
}

export async function noticed(page: Page, notice: string): Promise<void> {
  await page.waitForFunction((expected) => (window as unknown as TabWindow).tab.notices.includes(expected), notice);
}
