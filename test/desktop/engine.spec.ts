import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { answerDialogs } from './dialogs.ts';
import { accountNames, addAccount, ask, epochsOf } from './probe.ts';
import { expect, test } from './satchel.ts';

/** Ends the process of a page from outside, as the system would. */
async function killPage(app: ElectronApplication, path: string): Promise<boolean> {
  const pid = await app.evaluate(({ BrowserWindow }, wanted) => {
    const found = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().startsWith(`app://ui/${wanted}`));
    return found?.webContents.getOSProcessId() ?? 0;
  }, path);
  if (pid === 0) return false;
  process.kill(pid, 'SIGKILL');
  return true;
}

test('DSK-01 an engine that is killed comes back in a new epoch, and no acknowledged command is lost', async ({ desktop }) => {
  const { app, ui, engine } = await desktop.start();
  const acknowledged: string[] = [];
  for (let round = 1; round <= 3; round += 1) {
    await engine();
    const open = Array.from({ length: 10 }, (_, i) => {
      const name = `Account ${round}-${i}`;
      return addAccount(ui, name, `c-${round}-${i}`).then(() => acknowledged.push(name));
    });
    await open[round];
    await killPage(app, 'engine.html');
    // those that were open are sent again under their IDs, and done once
    await Promise.all(open);
    await expect.poll(async () => new Set(await epochsOf(ui)).size).toBe(round + 1);
  }
  expect(await accountNames(ui)).toEqual(acknowledged.toSorted());
  expect(acknowledged.length).toBe(30);
});

test('DSK-01 an engine that hangs is ended and started anew', async ({ desktop }) => {
  const { ui, engine } = await desktop.start();
  await addAccount(ui, 'Before', 'c-1');
  const [worker] = (await engine()).workers();
  expect(worker).toBeDefined();
  // never answers, as it never ends
  worker
    ?.evaluate(() => {
      for (;;);
    })
    .catch(() => undefined);
  await addAccount(ui, 'During', 'c-2');
  expect(await accountNames(ui)).toEqual(['Before', 'During']);
  expect(new Set(await epochsOf(ui)).size).toBe(2);
});

test('DSK-01 an engine that cannot be kept running is said clearly, with a safe choice, and another attempt works', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  await addAccount(ui, 'Safe', 'c-1');
  const said = await answerDialogs(app, ['Try again']);
  await expect
    .poll(
      async () => {
        await killPage(app, 'engine.html').catch(() => false);
        return (await said()).length;
      },
      { timeout: 60_000, intervals: [300] },
    )
    .toBe(1);
  expect((await said())[0]).toContain('Satchel cannot open your records');
  expect((await said())[0]).toContain('Try again, Restore from the second copy, Quit');
  expect(await accountNames(ui)).toEqual(['Safe']);
});

test('the second copy can be chosen instead: everything is built anew from it, the old store stays', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  for (const [i, name] of ['A', 'B', 'C'].entries()) await addAccount(ui, name, `c-${i}`);
  const said = await answerDialogs(app, ['Restore from the second copy']);
  await expect
    .poll(
      async () => {
        if ((await said()).length === 0) await killPage(app, 'engine.html').catch(() => false);
        return (await said()).length;
      },
      { timeout: 60_000, intervals: [300] },
    )
    .toBe(1);
  expect(await accountNames(ui)).toEqual(['A', 'B', 'C']);
  expect((await ask(ui, 'workspace.status', {})).storage.health).toBe('recovered');
  expect(readdirSync(join(desktop.profile, 'Partitions')).filter((name) => name.startsWith('engine-')).length).toBe(2);
});

test('DSK-01 a window that crashes is loaded anew and works', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  await addAccount(ui, 'Still here', 'c-1');
  const crashed = ui.waitForEvent('crash');
  await killPage(app, 'index.html');
  await crashed;
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows().find((each) => each.isVisible());
        return window?.webContents.isCrashed() === false && !window.webContents.isLoading();
      }),
    )
    .toBe(true);
  const names = await app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((each) => each.isVisible());
    return window?.webContents.executeJavaScript('document.title') as Promise<string>;
  });
  expect(names).toContain('Satchel');
});

test('DSK-01 a window that hangs can be loaded anew', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  const said = await answerDialogs(app, ['Wait', 'Load anew']);
  const notAnswering = () =>
    app.evaluate(
      ({ BrowserWindow }) =>
        void BrowserWindow.getAllWindows()
          .find((window) => window.isVisible())
          ?.emit('unresponsive'),
    );
  await notAnswering();
  await expect.poll(said).toHaveLength(1);
  expect((await said())[0]).toContain('does not answer');
  // the user waits: nothing happens to the page
  expect(await ui.title()).toContain('Satchel');
  const crashed = ui.waitForEvent('crash');
  await notAnswering();
  await crashed;
  const title = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.isVisible())
        ?.webContents.getTitle(),
    );
  await expect.poll(title).toContain('Satchel');
});
