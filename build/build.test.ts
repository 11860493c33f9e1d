import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildIfStale } from './build.ts';
import type { Target } from './targets.ts';

let base: string;
let builds: string[][];
let broken: boolean;

const target: Target = {
  name: 'engine',
  inputs: ['main/engine/**/*.ts'],
  entries: ['main/engine/*worker.ts'],
  build: async (entries, outDir) => {
    builds.push(entries);
    write('out/engine/worker.js', '');
    if (broken) throw new Error('no space left');
    return [join(outDir, 'worker.js')];
  },
};

function write(path: string, content: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), content);
}

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'satchel-build-'));
  builds = [];
  broken = false;
  for (const path of ['build/targets.ts', 'build/build.ts', 'package-lock.json', 'main/engine/worker.ts', 'main/engine/a.ts'])
    write(path, '1');
});

afterEach(() => rmSync(base, { recursive: true }));

const build = () => buildIfStale(target, base);

test('a bundle is built once, with all its entries', async () => {
  write('main/engine/import-worker.ts', '1');
  expect([await build(), await build()]).toEqual([true, false]);
  expect(builds).toEqual([['main/engine/import-worker.ts', 'main/engine/worker.ts']]);
});

test.each([
  ['a changed source', 'main/engine/a.ts', '2'],
  ['a new source', 'main/engine/new.ts', '1'],
  ['another recipe', 'build/targets.ts', '2'],
  ['other libraries', 'package-lock.json', '2'],
])('%s makes it stale', async (_, path, content) => {
  await build();
  write(path, content);
  expect(await build()).toBe(true);
});

test('a removed source makes it stale, and what is gone from the bundle does not stay behind', async () => {
  await build();
  write('out/engine/chunks/old.js', '');
  rmSync(join(base, 'main/engine/a.ts'));
  expect(await build()).toBe(true);
  expect(existsSync(join(base, 'out/engine/chunks/old.js'))).toBe(false);
});

test.each(['main/engine/a.test.ts', 'renderer/app/main.tsx'])('a change of %s does not make the engine stale', async (path) => {
  await build();
  write(path, '2');
  expect(await build()).toBe(false);
});

test('a build that broke is not taken for done, even when its sources come back', async () => {
  await build();
  write('main/engine/a.ts', '2');
  broken = true;
  await expect(build()).rejects.toThrow('no space left');
  broken = false;
  write('main/engine/a.ts', '1');
  expect(await build()).toBe(true);
});

test('a bundle without an entry is an error that names it', async () => {
  rmSync(join(base, 'main/engine/worker.ts'));
  await expect(build()).rejects.toThrow('engine has no entry');
});
