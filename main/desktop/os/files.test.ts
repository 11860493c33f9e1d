import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readChosen, writeChosen } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'satchel-files-'));
const make = (name: string, bytes: number) => {
  const path = join(folder, name);
  writeFileSync(path, new Uint8Array(bytes).fill(65));
  return path;
};
const caps = { files: 3, fileBytes: 100, totalBytes: 150 };

test('chosen files are read with their names, without their paths', async () => {
  const [file] = await readChosen([make('a.csv', 3)], caps);
  expect(file?.name).toBe('a.csv');
  expect(new TextDecoder().decode(file?.bytes)).toBe('AAA');
});

test.each([
  ['one too large', () => [make('big.csv', 101)], 'limit', 'big.csv'],
  ['too much together', () => [make('b.csv', 80), make('c.csv', 80)], 'limit', 'Together'],
  ['too many', () => ['a', 'b', 'c', 'd'], 'limit', '4 files'],
  ['a missing one', () => [join(folder, 'gone.csv')], 'file', 'gone.csv'],
  ['a folder', () => [folder], 'file', 'not a file'],
])('%s is refused by name', async (_, paths, code, words) => {
  await expect(readChosen(paths(), caps)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
});

test('saving replaces the file and leaves nothing beside it', async () => {
  const inside = join(folder, 'out');
  mkdirSync(inside);
  const path = join(inside, 'x.csv');
  await writeChosen(path, new TextEncoder().encode('old'));
  await writeChosen(path, new TextEncoder().encode('new'));
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(inside)).toEqual(['x.csv']);
});

test('a place that cannot be written is said', async () => {
  const closed = join(folder, 'no-such-folder', 'x.csv');
  await expect(writeChosen(closed, new Uint8Array())).rejects.toMatchObject({ code: 'file', message: expect.stringContaining('x.csv') });
});
