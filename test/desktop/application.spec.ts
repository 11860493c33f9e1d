import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedElectron } from '../../build/electron.ts';
import { root } from '../../build/tools.ts';
import { accountNames, addAccount, ask, epochsOf, installProbe } from './probe.ts';
import { expect, test } from './satchel.ts';

test('DSK-01 it starts: a window to look at, an engine behind it in a session of its own', async ({ desktop }) => {
  const { app, ui, engine } = await desktop.start();
  await expect(ui).toHaveTitle(/Satchel/);
  expect((await ask(ui, 'workspace.status', {})).empty).toBe(true);
  await engine();
  const windows = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      page: new URL(window.webContents.getURL()).pathname,
      visible: window.isVisible(),
      folder: window.webContents.session.storagePath ?? '',
      throttled: window.webContents.backgroundThrottling,
    })),
  );
  const byPage = new Map(windows.map((window) => [window.page, window]));
  expect(windows.length).toBe(2);
  expect(byPage.get('/index.html')).toMatchObject({ visible: true });
  expect(byPage.get('/engine.html')).toMatchObject({ visible: false, throttled: false });
  expect(byPage.get('/index.html')?.folder).not.toBe(byPage.get('/engine.html')?.folder);
});

test('DSK-01 the profile says how the store is kept, and that there is one once something was saved', async ({ desktop }) => {
  const { ui, app } = await desktop.start();
  const profile = (): { storeExpected: boolean; backend: string; chromium: number } =>
    JSON.parse(readFileSync(join(desktop.profile, 'profile.json'), 'utf8'));
  await ask(ui, 'workspace.status', {});
  expect(profile().storeExpected).toBe(false);
  await addAccount(ui, 'Ångström AB', 'c-1');
  expect(profile().storeExpected).toBe(true);
  const chromium = Number.parseInt(await app.evaluate(() => process.versions.chrome ?? ''), 10);
  const backend = chromium >= 149 ? 'sqlite' : 'leveldb';
  expect(profile()).toMatchObject({ chromium, backend });
  // pinned either way, whatever Chromium's own default is
  const pinned = await app.evaluate(({ app: electron }) => ({
    sqlite: electron.commandLine.getSwitchValue('enable-features'),
    leveldb: electron.commandLine.getSwitchValue('disable-features'),
  }));
  expect(pinned[backend]).toContain('IdbSqliteBackingStore');
});

test('the store is kept for good: Chromium may not clear it when the disk runs short', async ({ desktop }) => {
  const { ui } = await desktop.start();
  await expect.poll(async () => (await ask(ui, 'workspace.status', {})).storage.health).toBe('good');
});

test('DSK-01 what was saved is there after a restart', async ({ desktop }) => {
  const first = await desktop.start();
  await addAccount(first.ui, 'Kept GmbH', 'c-1');
  await first.close();
  const second = await desktop.start();
  expect(await accountNames(second.ui)).toEqual(['Kept GmbH']);
});

test('a reloaded window gets a new port to the same engine', async ({ desktop }) => {
  const { ui } = await desktop.start();
  await addAccount(ui, 'One', 'c-1');
  const before = await epochsOf(ui);
  await ui.reload();
  await installProbe(ui);
  expect(await accountNames(ui)).toEqual(['One']);
  expect(await epochsOf(ui)).toEqual(before);
});

test('DSK-04 a second start brings the first window to the front and ends', async ({ desktop }) => {
  const { app } = await desktop.start();
  await app.evaluate(({ app: electron, BrowserWindow }) => {
    electron.on('second-instance', () => Object.assign(globalThis, { startedAgain: true }));
    for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.minimize();
  });
  const again = spawn(installedElectron() ?? '', [`--user-data-dir=${desktop.profile}`, '--lang=en-GB', root], { stdio: 'ignore' });
  const code = await new Promise((resolve) => again.once('exit', resolve));
  expect(code).toBe(0);
  const shown = () =>
    app.evaluate(({ BrowserWindow }) => ({
      again: Reflect.get(globalThis, 'startedAgain') === true,
      visible: BrowserWindow.getAllWindows().filter((window) => window.isVisible() && !window.isMinimized()).length,
    }));
  await expect.poll(shown).toEqual({ again: true, visible: 1 });
});

test('DSK-04 size and place of the window are kept', async ({ desktop }) => {
  const bounds = { x: 40, y: 30, width: 1100, height: 700 };
  const visibleBounds = (satchel: Awaited<ReturnType<typeof desktop.start>>) =>
    satchel.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.isVisible())
        ?.getBounds(),
    );
  const first = await desktop.start();
  await first.app.evaluate(({ BrowserWindow }, wanted) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.setBounds(wanted);
  }, bounds);
  await expect.poll(() => visibleBounds(first)).toEqual(bounds);
  await first.close();
  expect(await visibleBounds(await desktop.start())).toEqual(bounds);
});

test('light or dark as chosen, in the page and in the frame, and after a restart', async ({ desktop }) => {
  const isDark = (satchel: Awaited<ReturnType<typeof desktop.start>>) =>
    satchel.ui.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const choose = (satchel: Awaited<ReturnType<typeof desktop.start>>, command: string) =>
    satchel.app.evaluate(({ BrowserWindow }, wanted) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send('menu', wanted);
    }, command);
  const first = await desktop.start();
  await expect(first.ui.getByRole('navigation').first()).toBeVisible();
  await choose(first, 'dark');
  await expect.poll(() => isDark(first)).toBe(true);
  await first.close();
  const second = await desktop.start();
  await expect.poll(() => isDark(second)).toBe(true);
  await choose(second, 'light');
  await expect.poll(() => isDark(second)).toBe(false);
  expect(await second.ui.evaluate(() => window.satchel.os('theme', {}))).toEqual({ ok: true, output: { choice: 'light', dark: false } });
});

test('the menu leads to the screens', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  await expect(ui.getByRole('navigation').first()).toBeVisible();
  await app.evaluate(({ Menu }) => {
    const go = Menu.getApplicationMenu()?.items.find((item) => item.label.includes('Go'));
    go?.submenu?.items.find((item) => item.label === 'Records')?.click();
  });
  await expect(ui).toHaveURL(/#\/records/);
});
