import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { fixturePath } from '../support/shared-data.ts';
import { ask } from './probe.ts';
import { expect, test } from './satchel.ts';

/** Lets the system's dialogs answer with these paths. */
async function chooseFiles(app: ElectronApplication, paths: { readonly open: readonly string[]; readonly save: string }): Promise<void> {
  await app.evaluate(({ dialog }, { open, save }) => {
    dialog.showOpenDialog = async () => ({ canceled: open.length === 0, filePaths: [...open] });
    dialog.showSaveDialog = async () => ({ canceled: save === '', filePath: save });
  }, paths);
}

const ravenstack = () =>
  readdirSync(fixturePath('ravenstack'))
    .filter((name) => name.endsWith('.csv'))
    .map((name) => fixturePath('ravenstack', name));

test('ONB-10 files chosen in the system’s dialog become a portfolio, which survives a restart and the loss of the store', async ({
  desktop,
}) => {
  test.setTimeout(400_000);
  const long = { timeout: 120_000 };
  const counts = (ui: Parameters<typeof ask>[0]) =>
    Promise.all(
      (['account', 'contract', 'supportTicket', 'engagement'] as const).map(async (table) => {
        const { total } = await ask(ui, 'records.list', { table, window: { offset: 0, limit: 1 } });
        return `${table} ${total}`;
      }),
    );

  const first = await desktop.start();
  await chooseFiles(first.app, { open: ravenstack(), save: '' });
  await first.ui.getByRole('button', { name: 'Import files' }).click();
  await first.ui.getByRole('button', { name: 'Choose files' }).click();
  await expect(first.ui.getByRole('navigation', { name: 'Files' })).toBeVisible(long);
  await first.ui.getByRole('button', { name: /^Take .* in/ }).click();
  await expect(first.ui.getByText(/records? went in/)).toBeVisible(long);
  await first.ui.getByRole('link', { name: 'Open the portfolio' }).click();
  await expect(first.ui.getByRole('grid').getByRole('row').nth(1)).toBeVisible(long);
  const imported = await counts(first.ui);
  expect(imported[0]).toBe('account 500');
  await first.close();

  const second = await desktop.start();
  expect(await counts(second.ui)).toEqual(imported);
  await second.close();

  for (const name of readdirSync(join(desktop.profile, 'Partitions')).filter((each) => each.startsWith('engine-')))
    rmSync(join(desktop.profile, 'Partitions', name, 'IndexedDB'), { recursive: true });
  const third = await desktop.start();
  expect(await counts(third.ui)).toEqual(imported);
  expect((await ask(third.ui, 'workspace.status', {})).storage.health).toBe('recovered');
});

test('UX-06 the demo portfolio is made with one click, and is there after a restart', async ({ desktop }) => {
  test.setTimeout(300_000);
  const first = await desktop.start();
  await first.ui.getByRole('button', { name: 'Make a demo portfolio' }).click();
  await expect(first.ui.getByRole('grid').getByRole('row').nth(1)).toBeVisible({ timeout: 120_000 });
  const engagements = async (ui: typeof first.ui) =>
    (await ask(ui, 'records.list', { table: 'engagement', window: { offset: 0, limit: 1 } })).total;
  expect(await engagements(first.ui)).toBe(500);
  await first.close();
  const second = await desktop.start();
  await expect(second.ui.getByRole('grid').getByRole('row').nth(1)).toBeVisible({ timeout: 60_000 });
  expect(await engagements(second.ui)).toBe(500);
});

test('a file is saved where the system’s dialog says', async ({ desktop }) => {
  const { app, ui } = await desktop.start();
  const path = join(desktop.profile, 'accounts.csv');
  await chooseFiles(app, { open: [], save: path });
  await ui.evaluate(() => {
    location.hash = '#/import';
  });
  await ui.getByRole('button', { name: 'Save as CSV' }).click();
  await expect.poll(() => existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8').split('\n', 1)[0]).toContain('Name');
});
