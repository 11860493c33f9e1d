import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './build/chromium.ts';

// Workers read this file too; they inherit what the main process found. Electron's tests need no Chromium.
const isWorker = process.env['TEST_WORKER_INDEX'] !== undefined;
if (!isWorker && !process.argv.includes('--project=desktop')) process.env['CHROMIUM_PATH'] ||= findChromium();

export default defineConfig({
  globalSetup: './test/support/build-first.ts',
  outputDir: './.cache/playwright',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  forbidOnly: true,
  // of screens and windows on CI; the run names each test that needed it (ADR 0014)
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
  // recording every step costs a fifth of a run; `--trace on` records here
  use: { trace: { mode: 'on-first-retry', screenshots: false } },
  projects: [
    {
      name: 'e2e',
      testDir: './test/e2e',
      use: { launchOptions: { executablePath: process.env['CHROMIUM_PATH'] ?? '', args: chromiumArgs() } },
    },
    // starts its own Chromium, and kills it
    { name: 'faults', testDir: './test/faults', workers: 1, retries: 0 },
    // one Electron at a time: they share the display
    { name: 'desktop', testDir: './test/desktop', workers: 1 },
  ],
});
