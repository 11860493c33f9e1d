import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reminderDesk } from './reminder-desk.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reminders-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const reminder = (key: string) => ({ key, title: 'Review', body: 'At 9', address: '/records/meeting/m1', at: '2026-01-05T09:00:00.000Z' });

test('TCH-10 none is shown twice: asked again, at the same time, or after a restart', async () => {
  const path = join(folder, 'reminders.json');
  const shown: string[] = [];
  const show = ({ key }: { readonly key: string }) => void shown.push(key);
  const desk = reminderDesk(path, show);
  await Promise.all([desk.remind(reminder('a')), desk.remind(reminder('a')), desk.remind(reminder('b'))]);
  await desk.remind(reminder('b'));
  const again = reminderDesk(path, show);
  await again.remind(reminder('a'));
  await again.remind(reminder('c'));
  expect(shown).toEqual(['a', 'b', 'c']);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ shown: ['a', 'b', 'c'] });
});

test('TCH-10 none is lost: one that could not be shown is asked for again, and a damaged file keeps nothing back', async () => {
  const path = join(folder, 'reminders.json');
  writeFileSync(path, '{"shown": [');
  let works = false;
  const shown: string[] = [];
  const desk = reminderDesk(path, ({ key }) => {
    if (!works) throw new Error('no notifications');
    shown.push(key);
  });
  await expect(desk.remind(reminder('a'))).rejects.toThrow('no notifications');
  works = true;
  await desk.remind(reminder('a'));
  expect(shown).toEqual(['a']);
});
