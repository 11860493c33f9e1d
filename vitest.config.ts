import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './build/chromium.ts';

// Vitest reads this file for every project; only a run that includes the browser project needs a Chromium.
const unitOnly = process.argv.includes('unit');
const executablePath = unitOnly ? '' : findChromium();

const sources = '{shared,main,preload,renderer,server,build,test}';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [`${sources}/**/*.test.{ts,tsx}`],
          exclude: ['**/node_modules/**', '**/*.browser.test.{ts,tsx}', 'test/e2e/**', 'test/desktop/**', 'test/fixtures/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: [`${sources}/**/*.browser.test.{ts,tsx}`],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath, args: chromiumArgs() } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
    maxWorkers: 2,
  },
});
