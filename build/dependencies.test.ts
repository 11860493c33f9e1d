import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './tools.ts';

// npm's own manifest
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
const libraries = manifest['devDependencies'] ?? {};

test('docs/dependencies.md says of each library why it is here, and of no other', () => {
  const rows = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8').matchAll(/^\| (?!library|---)([^|]+) \|/gm);
  const explained = [...rows].flatMap(([, names]) => (names ?? '').split(', '));
  expect(explained.toSorted()).toEqual(Object.keys(libraries).toSorted());
});

test('every library is bundled, so none is a dependency of the package, and each is pinned to one version', () => {
  expect(manifest['dependencies']).toBeUndefined();
  const loose = Object.entries(libraries).filter(([, version]) => !/^(npm:[@\w/-]+@)?\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});
