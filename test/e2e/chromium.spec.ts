// What the tests run on is what the application ships on.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../build/chromium.ts';
import { expect, test } from '../support/browser-host.ts';

test('the Chromium of the tests keeps IndexedDB in SQLite', async ({ host }) => {
  const profile = mkdtempSync(join(tmpdir(), 'satchel-chromium-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: findChromium(), args: chromiumArgs() });
  const page = await context.newPage();
  // an address of the application's origin without the application
  await page.goto(`${host}nothing.html`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('probe', 1);
        request.addEventListener('upgradeneeded', () => request.result.createObjectStore('rows').put(1, 1));
        request.addEventListener('success', () => resolve());
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB did not open')));
      }),
  );
  await context.close();
  const store = join(profile, 'Default', 'IndexedDB');
  const files = readdirSync(store, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const beginnings = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)).subarray(0, 15).toString('latin1'));
  rmSync(profile, { recursive: true, force: true });
  expect(beginnings).toContain('SQLite format 3');
  expect(files.filter(({ parentPath }) => parentPath.endsWith('.leveldb'))).toEqual([]);
});
