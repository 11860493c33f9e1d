import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { ask } from './probe.ts';
import { expect, test, type Satchel } from './satchel.ts';

const folder = mkdtempSync(join(tmpdir(), 'satchel-attach-'));
const PLAN = '%PDF-1.7 the plan';
const sha = (content: string) => createHash('sha256').update(content).digest('hex');

/** The page of an account, with its attachments in sight. */
async function openAccount(ui: Page, id: string): Promise<void> {
  await ui.evaluate((record) => {
    location.hash = `#/records/account/${record}`;
  }, id);
  await ui.getByRole('button', { name: 'Attachments', exact: true }).click();
}

/** Paths that the system was asked to open; nothing is opened. */
const opened = ({ app }: Satchel) =>
  app.evaluate(({ shell }) => {
    const paths: string[] = [];
    Object.assign(globalThis, { openedPaths: paths });
    shell.openPath = async (path) => {
      paths.push(path);
      return '';
    };
  });
const openedPaths = ({ app }: Satchel) => app.evaluate(() => (globalThis as unknown as { openedPaths: string[] }).openedPaths);

test('REC-33 a file is kept outside Chromium’s folder, survives a kill, is opened as a harmless copy and saved; programs are only saved', async ({
  desktop,
}) => {
  test.setTimeout(300_000);
  const first = await desktop.start();
  const { id } = await ask(first.ui, 'records.create', { table: 'account', values: { name: 'Northwind' } }, crypto.randomUUID());
  await openAccount(first.ui, id);
  writeFileSync(join(folder, 'Plan.pdf'), PLAN);
  writeFileSync(join(folder, 'notes.txt'), '#!/bin/sh\nrm -rf ~');
  await first.ui.getByTestId('attach-files').setInputFiles([join(folder, 'Plan.pdf'), join(folder, 'notes.txt')]);
  await expect(first.ui.getByRole('button', { name: 'Open Plan.pdf' })).toBeVisible();
  await expect(first.ui.getByRole('button', { name: 'Open notes.txt' })).toBeVisible();
  expect(readFileSync(join(desktop.profile, 'files', sha(PLAN)), 'utf8')).toBe(PLAN);
  await first.kill();

  const second = await desktop.start();
  await opened(second);
  await openAccount(second.ui, id);
  await second.ui.getByRole('button', { name: 'Open Plan.pdf' }).click();
  await expect.poll(() => openedPaths(second)).toHaveLength(1);
  const [path = ''] = await openedPaths(second);
  expect(basename(path)).toBe('Plan.pdf');
  expect(readFileSync(path, 'utf8')).toBe(PLAN);
  // neither written nor executed; Windows knows only the first
  expect(statSync(path).mode & 0o333).toBe(0);
  await second.ui.getByRole('button', { name: 'Open notes.txt' }).click();
  await expect(second.ui.getByText('notes.txt is of a kind that Satchel does not open')).toBeVisible();
  expect(await openedPaths(second)).toHaveLength(1);

  const saved = join(folder, 'saved.txt');
  await second.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, saved);
  await second.ui.getByRole('button', { name: 'Save notes.txt' }).click();
  await expect.poll(() => readdirSync(folder)).toContain('saved.txt');
  expect(readFileSync(saved, 'utf8')).toBe('#!/bin/sh\nrm -rf ~');
  await second.close();
  expect(readdirSync(join(desktop.profile, 'files')).toSorted()).toEqual([sha(PLAN), sha('#!/bin/sh\nrm -rf ~')].toSorted());
});
