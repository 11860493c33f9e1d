import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './build/chromium.ts';

const desktopOnly = process.argv.includes('--project=desktop');

export default defineConfig({
  globalSetup: './test/support/build-first.ts',
  outputDir: './.cache/playwright',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  forbidOnly: true,
  reporter: 'list',
  use: { trace: 'retain-on-failure' },
  projects: [
    {
      name: 'e2e',
      testDir: './test/e2e',
      use: { launchOptions: desktopOnly ? {} : { executablePath: findChromium(), args: chromiumArgs() } },
    },
    // one Electron at a time: they share the display
    { name: 'desktop', testDir: './test/desktop', workers: 1 },
  ],
});
