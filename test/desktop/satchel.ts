// A running Satchel of the test's own, and a client of its engine that the test speaks through.
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { launchDesktop } from '../support/desktop-host.ts';
import { installProbe } from './probe.ts';

export type Satchel = {
  readonly app: ElectronApplication;
  readonly profile: string;
  /** The application's page, with the probe on it. */
  readonly ui: Page;
  /** The engine's page of now; another one after a restart. */
  readonly engine: () => Promise<Page>;
  readonly close: () => Promise<void>;
  /** Ends every process of it at once, as a power cut would. */
  readonly kill: () => Promise<void>;
};

export type Desktop = {
  /** A profile folder of this test's own. */
  readonly profile: string;
  /** `answers`: the buttons to press in message boxes that come before any window. */
  readonly start: (options?: { readonly switches?: string[]; readonly answers?: readonly string[] }) => Promise<Satchel>;
};

const hasPath = (page: Page, path: string) => !page.isClosed() && page.url().startsWith(`app://ui/${path}`);

async function pageAt(app: ElectronApplication, path: string): Promise<Page> {
  const find = () => app.windows().find((page) => hasPath(page, path));
  // a window is announced before it has an address
  await expect.poll(() => find() !== undefined, { timeout: 60_000 }).toBe(true);
  const page = find();
  if (page === undefined) throw new Error(`The page ${path} has gone again`);
  await page.waitForLoadState();
  return page;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // the children of a killed main process end with it
  child.kill('SIGKILL');
  await exit;
}

async function started(profile: string, switches: string[], answers: readonly string[]): Promise<Satchel> {
  const early = answers.length > 0 ? ['-r', join(import.meta.dirname, 'answer-early.cjs')] : [];
  const app = await launchDesktop(profile, { switches: [...switches, ...early], env: { ANSWERS: JSON.stringify(answers) } });
  // not to be asked for any more once it has ended
  const child = app.process();
  const ui = await pageAt(app, 'index.html').catch(async (error: unknown) => {
    await ended(child);
    throw error;
  });
  await installProbe(ui);
  return {
    app,
    profile,
    ui,
    engine: () => pageAt(app, 'engine.html'),
    close: () => app.close(),
    kill: () => ended(child),
  };
}

export const test = base.extend<{ desktop: Desktop }>({
  // Playwright wants the first parameter destructured
  // oxlint-disable-next-line no-empty-pattern -- there is nothing to take from it
  desktop: async ({}, provide, info) => {
    const profile = mkdtempSync(join(tmpdir(), 'satchel-'));
    const running: Satchel[] = [];
    await provide({
      profile,
      start: async ({ switches = [], answers = [] } = {}) => {
        const satchel = await started(profile, switches, answers);
        running.push(satchel);
        return satchel;
      },
    });
    for (const { kill } of running) await kill();
    const log = join(profile, 'logs', 'main.log');
    if (info.errors.length > 0 && existsSync(log)) copyFileSync(log, info.outputPath('main.log'));
    // its children may still be writing when a killed main process has gone
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  },
});

export { expect };
