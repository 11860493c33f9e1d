import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../build/chromium.ts';
import type { DiskFull } from './disk-full.page.ts';
import { servePage, type PageServer } from './page-server.ts';

const DISK_MB = 220;
const MB = 1024 * 1024;
/** One contact is about 10 KB. */
const LARGE = 2000;

let disk = '';
let server: PageServer;
let running: { readonly context: BrowserContext; readonly page: Page } | undefined;

test.beforeEach(async () => {
  disk = mkdtempSync(join(tmpdir(), 'satchel-disk-'));
  const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk]).status === 0;
  test.skip(!mounted, 'a small disk can only be made by root on Linux');
  server = await servePage('test/faults/disk-full.page.ts');
});
test.afterEach(async () => {
  await running?.context.close();
  running = undefined;
  server.close();
  spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

/** Fills the disk but for so many megabytes. */
function leave(megabytes: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - megabytes * MB)));
}
const free = () => rmSync(join(disk, 'ballast'));

// `disk-full.page.ts` puts it there
type FaultWindow = Window & { readonly diskFull: DiskFull };

/** Starts a Chromium on the small disk and opens the engine in it. */
async function start(careful: boolean): Promise<{ readonly page: Page; readonly contacts: number }> {
  await running?.context.close();
  const context = await chromium.launchPersistentContext(join(disk, 'profile'), {
    executablePath: findChromium(),
    args: [...chromiumArgs(), '--disk-cache-size=1'],
  });
  const page = await context.newPage();
  running = { context, page };
  await page.goto(server.url);
  await page.waitForFunction(() => 'diskFull' in window);
  const contacts = await page.evaluate((care) => (window as unknown as FaultWindow).diskFull.open(care), careful);
  return { page, contacts };
}
const save = (page: Page, contacts: number) => page.evaluate((count) => (window as unknown as FaultWindow).diskFull.save(count), contacts);
const contactsIn = (page: Page) => page.evaluate(() => (window as unknown as FaultWindow).diskFull.contacts());
const problemIn = (page: Page) => page.evaluate(() => (window as unknown as FaultWindow).diskFull.problem());

test('on a nearly full disk a large command is refused before it can do harm, and small ones go on', async () => {
  const { page } = await start(true);
  expect(await save(page, 50)).toBe('saved');
  leave(12);
  expect(await save(page, LARGE)).toBe('quota');
  expect(await contactsIn(page)).toBe(50);
  expect(await save(page, 10)).toBe('saved');
  free();
  expect(await save(page, LARGE)).toBe('saved');
  expect((await start(true)).contacts).toBe(60 + LARGE);
});

test('on a full disk a small command is refused and nothing is lost', async () => {
  const { page } = await start(true);
  expect(await save(page, 50)).toBe('saved');
  leave(0);
  expect(await save(page, 10)).toBe('quota');
  expect(await contactsIn(page)).toBe(50);
  free();
  expect(await save(page, 10)).toBe('saved');
  expect((await start(true)).contacts).toBe(60);
});

test('records that the browser throws away, because the disk fills up within a large command, are written anew from memory', async () => {
  const { page } = await start(false);
  for (let round = 0; round < 6; round += 1) expect(await save(page, 500)).toBe('saved');
  leave(6);
  expect(await save(page, LARGE)).toBe('quota');
  expect(await contactsIn(page)).toBe(3000);
  // whatever was free then: at the latest now the records are put back
  free();
  expect(await save(page, 10)).toBe('saved');
  expect(await problemIn(page)).toBe('');
  expect((await start(true)).contacts).toBe(3010);
});
