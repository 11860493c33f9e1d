import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const schema = z.strictObject({ n: z.number() });
const folder = mkdtempSync(join(tmpdir(), 'satchel-json-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was written is read, and only the file itself remains', async () => {
  const path = join(folder, 'deep', 'a.json');
  await Promise.all([1, 2, 3].map((n) => writeJsonFile(path, { n })));
  await writeJsonFile(path, { n: 4 });
  expect(readJsonFile(path, schema)).toEqual({ found: 'good', value: { n: 4 } });
  expect(readdirSync(join(folder, 'deep'))).toEqual(['a.json']);
});

test.each(['', '{"n":', '{"n":"1"}', '{"n":1,"more":2}', 'null'])('%j is damaged, not missing', async (text) => {
  const path = join(folder, 'a.json');
  await writeJsonFile(path, {});
  writeFileSync(path, text);
  expect(readJsonFile(path, schema)).toEqual({ found: 'damaged' });
});

test('a missing file is missing, a folder in its place is damage', () => {
  expect(readJsonFile(join(folder, 'none.json'), schema)).toEqual({ found: 'none' });
  expect(readJsonFile(tmpdir(), schema)).toEqual({ found: 'damaged' });
});
