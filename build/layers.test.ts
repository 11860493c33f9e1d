// Proves that the layer law bites: each forbidden import and each forbidden global, written into a project of the same
// shape, is found by the same tools with the same settings as in `npm run check`.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layerFaults, notLookedAt } from './layers.ts';
import { root, runScript, toolScript } from './tools.ts';

const settings = [
  'package.json',
  '.oxlintrc.json',
  'tsconfig.base.json',
  'shared/tsconfig.json',
  'main/engine/tsconfig.json',
  'main/desktop/tsconfig.json',
  'main/cli/tsconfig.json',
  'server/tsconfig.json',
  'preload/tsconfig.json',
  'renderer/tsconfig.json',
];

let project: string;

beforeEach(() => {
  // inside this project, so that the packages are found
  mkdirSync(join(root, '.cache'), { recursive: true });
  project = mkdtempSync(join(root, '.cache', 'layers-'));
  for (const path of settings) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    copyFileSync(join(root, path), join(project, path));
  }
});

afterEach(() => rmSync(project, { recursive: true }));

function write(path: string, source: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), `${source}\n`);
}

const targets = {
  '#shared/domain/score.ts': 'shared/domain/score.ts',
  '#shared/contract/client/client.ts': 'shared/contract/client/client.ts',
  '#shared/contract/areas.ts': 'shared/contract/areas.ts',
  '#shared/model/table.ts': 'shared/model/table.ts',
  '#engine/records/create.ts': 'main/engine/records/create.ts',
  '../renderer/ui/card.ts': 'renderer/ui/card.ts',
  '../server/main.ts': 'server/main.ts',
};

function writeTargets(): void {
  for (const path of Object.values(targets)) write(path, 'export const value = 1;');
}

test.each([
  ['shared/domain/a.ts', "import '#engine/records/create.ts';", 'shared-imports-shared'],
  ['shared/domain/a.ts', "import '#shared/contract/areas.ts';", 'domain-is-pure'],
  ['shared/model/a.ts', "import 'node:fs';", 'no-node-outside-node'],
  ['shared/model/a.ts', "import 'fs';", 'no-node-outside-node'],
  ['shared/model/a.ts', "import 'dexie';", 'dexie-in-the-store'],
  ['shared/model/a.ts', "import 'electron';", 'electron-in-main-and-preload'],
  ['shared/model/a.ts', "import 'react';", 'screens-libraries-in-the-renderer'],
  ['shared/model/a.ts', "import '../../renderer/ui/card.ts';", 'shared-imports-shared'],
  ['main/engine/a.ts', "import 'node:fs';", 'no-node-outside-node'],
  ['main/engine/a.ts', "import type { Stats } from 'node:fs';\nexport type A = Stats;", 'no-node-outside-node'],
  ['main/engine/a.ts', "import 'electron';", 'electron-in-main-and-preload'],
  ['main/engine/a.ts', "import type { App } from 'electron';\nexport type A = App;", 'electron-in-main-and-preload'],
  ['main/engine/records/a.ts', "import 'dexie';", 'dexie-in-the-store'],
  ['main/engine/a.ts', "export const a = () => import('../../renderer/ui/card.ts');", 'engine-imports-shared'],
  ['main/desktop/a.ts', "import '#engine/records/create.ts';", 'desktop-imports-shared'],
  ['main/cli/a.ts', "import '../../renderer/ui/card.ts';", 'cli-imports-engine-and-shared'],
  ['main/cli/a.ts', "import 'dexie';", 'dexie-in-the-store'],
  ['server/a.ts', "import '#engine/records/create.ts';", 'server-imports-shared'],
  ['renderer/app/a.ts', "import '#engine/records/create.ts';", 'renderer-imports-shared'],
  ['renderer/features/a.ts', "import '#shared/contract/client/client.ts';", 'rpc-client-in-renderer-data'],
  ['renderer/app/a.ts', "import 'dexie';", 'dexie-in-the-store'],
  ['renderer/app/a.ts', "import 'electron';", 'electron-in-main-and-preload'],
  ['preload/a.ts', "import '#shared/model/table.ts';", 'preload-imports-contract'],
  ['preload/a.ts', "import 'node:fs';", 'no-node-outside-node'],
  ['build/a.ts', "import '#engine/records/create.ts';", 'build-imports-shared'],
  ['shared/model/a.ts', "import './b.test.ts';", 'no-import-of-tests'],
  ['shared/model/a.ts', "import './nowhere.ts';", 'no-unresolved'],
])('in %s, %s breaks the rule %s', async (path, source, rule) => {
  writeTargets();
  write('shared/model/b.test.ts', 'export const b = 1;');
  write(path, source);
  const faults = await layerFaults(project);
  expect(faults.filter((fault) => fault.startsWith(path)).map((fault) => fault.split(': ').at(-1))).toContain(rule);
});

test('a circle of imports is a fault, even one of types alone', async () => {
  write('shared/model/a.ts', "import type { B } from './b.ts';\nexport type A = B | 1;");
  write('shared/model/b.ts', "import type { A } from '#shared/model/a.ts';\nexport type B = A[];");
  expect((await layerFaults(project)).join()).toContain('no-cycle');
});

test('what each layer may import is no fault', async () => {
  writeTargets();
  write('shared/domain/ok.ts', "import '#shared/model/table.ts';");
  write('main/engine/store/ok.ts', "import 'dexie';\nimport '#shared/domain/score.ts';");
  write('main/desktop/ok.ts', "import 'electron';\nimport 'node:fs';\nimport '#shared/contract/areas.ts';");
  write('main/cli/ok.ts', "import 'node:fs';\nimport '#engine/records/create.ts';");
  write('renderer/data/ok.ts', "import '#shared/contract/client/client.ts';\nimport 'react';");
  write('preload/ok.ts', "import 'electron';\nimport '#shared/contract/areas.ts';");
  write('main/engine/records/ok.test.ts', "import 'node:fs';\nimport 'fake-indexeddb/auto';\nimport '../../../renderer/ui/card.ts';");
  expect(await layerFaults(project)).toEqual([]);
});

test('sources that were not looked at are faults', () => {
  expect(notLookedAt(['shared/a.ts', 'shared/b.ts'], ['shared/a.ts'])).toEqual([
    'shared/b.ts: was not looked at, so its imports are unknown',
  ]);
});

test('no sources at all are a fault', async () => {
  expect(await layerFaults(project)).toEqual(['no sources were found']);
});

async function compile(layer: string): Promise<{ code: number; output: string }> {
  return runScript(toolScript('@typescript/native', 'tsc'), ['-p', layer, '--pretty', 'false'], { cwd: project });
}

test.each([
  ['shared', ['document', 'process', 'indexedDB', 'fetch', 'setTimeout'], 'Map'],
  ['main/engine', ['document', 'window', 'process', 'Buffer'], 'indexedDB'],
  ['main/desktop', ['document', 'window', 'indexedDB', 'postMessage'], 'process'],
  ['main/cli', ['document', 'window'], 'process'],
  ['server', ['document', 'indexedDB', 'postMessage'], 'process'],
  ['preload', ['process', 'Buffer', 'importScripts'], 'document'],
  ['renderer', ['process', 'Buffer', 'importScripts'], 'document'],
])('the compiler refuses globals in %s that are not there: %j', async (layer, refused, allowed) => {
  const file = join(layer, 'probe-worker.ts');
  write(file, [...refused, allowed].map((name) => `export const of_${name} = ${name};`).join('\n'));
  const { code, output } = await compile(layer);
  expect(code).not.toBe(0);
  for (const name of refused) expect(output).toMatch(new RegExp(`Cannot find name '${name}'`));
  expect(output).not.toContain(`'${allowed}'`);
});

test("the compiler refuses what Node's type stripping cannot run", async () => {
  write('shared/probe.ts', 'export enum Colour { Red }');
  expect((await compile('shared')).output).toContain('erasableSyntaxOnly');
});

async function lint(path: string, source: string): Promise<string> {
  write(path, source);
  return (await runScript(toolScript('oxlint', 'oxlint'), [path], { cwd: project })).output;
}

// types of a library can bring Node's names into a layer behind the compiler's back
test.each([
  ['shared/a.ts', 'export const a = process.env;', 'process'],
  ['main/engine/a.ts', 'export const a = Buffer.alloc(1);', 'Buffer'],
  ['renderer/a.ts', 'export const a = process.env;', 'process'],
  ['preload/a.ts', 'export const a = process.env;', 'process'],
  ['main/cli/a.ts', 'export const a = indexedDB;', 'indexedDB'],
])('the linter refuses a global too: in %s, %s', async (path, source, name) => {
  expect(await lint(path, source)).toMatch(new RegExp(`no-restricted-globals[^]*${name}`));
});

test.each([
  ['export const a = (x: any) => x;', 'no-explicit-any'],
  ['export const a = (x: string | undefined) => x!;', 'no-non-null-assertion'],
  ['export default 1;', 'no-default-export'],
  ['console.log(1);', 'no-console'],
  ['const a = Promise.resolve();\nexport const b = () => {\n  a.then(() => 1);\n};', 'no-floating-promises'],
  [`export const a = [\n${'  1,\n'.repeat(400)}];`, 'max-lines'],
  ["export { b } from './b';", 'extensions'],
])('the linter refuses %j', async (source, rule) => {
  expect(await lint('shared/a.ts', source)).toContain(rule);
});
