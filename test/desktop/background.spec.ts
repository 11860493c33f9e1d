// What Satchel does without its window: reminders, the tray's way of closing, the shortcut, links from outside.
import { spawn } from 'node:child_process';
import type { ElectronApplication, Page } from '@playwright/test';
import { installedElectron } from '../../build/electron.ts';
import { root } from '../../build/tools.ts';
import { ask } from './probe.ts';
import { expect, test } from './satchel.ts';

type Shown = { readonly title: string; readonly emit: (event: string) => void };
type WithShown = { shownReminders?: Shown[] };

/** From now on notifications are noted instead of drawn: there is no notification service where tests run. */
async function noteNotifications(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Notification }) => {
    // the notes outlive this call
    const notes = globalThis as unknown as WithShown;
    notes.shownReminders = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Shown): void {
      notes.shownReminders?.push(this);
    };
  });
}
const shown = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => ((globalThis as unknown as WithShown).shownReminders ?? []).map(({ title }) => title));

/** A meeting that begins in five minutes; answers its ID. */
async function planMeeting(ui: Page, subject: string): Promise<string> {
  const make = async (table: 'account' | 'engagement' | 'touchpoint' | 'meeting', values: Readonly<Record<string, unknown>>) =>
    (await ask(ui, 'records.create', { table, values: { ...values } }, `${subject} ${table}`)).id;
  const account = await make('account', { name: subject });
  const engagement = await make('engagement', { title: subject, account });
  const touchpoint = await make('touchpoint', { subject, engagement });
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  return make('meeting', { subject, touchpoint, state: 'scheduled', type: 'adHoc', startsAt: at(5), endsAt: at(35) });
}

const visible = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length);
const closeWindow = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.close(),
  );

test('TCH-10 DSK-04 with the window closed a reminder comes, once; a click opens the meeting; after a restart it does not come again', async ({
  desktop,
}) => {
  const first = await desktop.start();
  await noteNotifications(first.app);
  await ask(first.ui, 'workspace.set', { key: 'quietHours', value: 'none' }, 'quiet');
  await expect.poll(() => visible(first.app)).toBe(1);
  await closeWindow(first.app);
  await expect.poll(() => visible(first.app)).toBe(0);
  const meeting = await planMeeting(first.ui, 'Review');
  await expect.poll(() => shown(first.app)).toEqual(['Review']);
  await first.app.evaluate(() => (globalThis as unknown as WithShown).shownReminders?.[0]?.emit('click'));
  await expect.poll(() => visible(first.app)).toBe(1);
  await expect(first.ui.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
  expect(first.ui.url()).toContain(meeting);
  await first.close();

  const second = await desktop.start();
  await noteNotifications(second.app);
  // the first one is looked at again, too, when another one is planned
  await planMeeting(second.ui, 'Second');
  await expect.poll(() => shown(second.app)).toEqual(['Second']);
});

test('DSK-04 a link from outside opens its record; whoever wants it that way ends Satchel with its window', async ({ desktop }) => {
  const { app, ui, profile } = await desktop.start();
  await planMeeting(ui, 'Linked');
  const { found } = await ask(ui, 'records.find', { text: 'Linked', limit: 10 });
  const number = found.find(({ table }) => table === 'touchpoint')?.number ?? '';
  const again = spawn(installedElectron() ?? '', [`--user-data-dir=${profile}`, '--no-sandbox', root, `satchel://r/${number}`], {
    stdio: 'ignore',
  });
  const exited = new Promise((resolve) => again.once('exit', resolve));
  await expect(ui.getByRole('heading', { level: 1, name: 'Linked' })).toBeVisible();
  await exited;
  expect(await app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Alt+L'))).toBe(true);
  expect(await ui.evaluate(() => window.satchel.os('setBackground', { keepRunning: false, shortcut: false }))).toEqual({
    ok: true,
    output: { keepRunning: false, shortcut: false },
  });
  expect(await app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Alt+L'))).toBe(false);
  const ended = app.waitForEvent('close');
  await closeWindow(app);
  await ended;
});
