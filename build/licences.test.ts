import { join } from 'node:path';
import { expect, test } from 'vitest';
import { librariesOf, licenceText, packageFolder } from './licences.ts';
import { root } from './tools.ts';

test.each([
  ['/a/node_modules/dexie/dist/dexie.mjs', '/a/node_modules/dexie'],
  ['/a/node_modules/@mantine/core/esm/index.mjs', '/a/node_modules/@mantine/core'],
  ['/a/node_modules/x/node_modules/y/index.js', '/a/node_modules/x/node_modules/y'],
  [String.raw`C:\a\node_modules\dexie\dist\dexie.mjs`, 'C:/a/node_modules/dexie'],
  ['/a/shared/model/field.ts', undefined],
  ['\0rolldown/runtime.js', undefined],
])('%s is from %s', (id, folder) => {
  expect(packageFolder(id)).toBe(folder);
});

test('the text names each library once, with its licence in full', () => {
  const ids = ['dist/dexie.mjs', 'import-wrapper.mjs'].map((file) => join(root, 'node_modules', 'dexie', file));
  const libraries = librariesOf([...ids, join(root, 'node_modules', 'zod', 'index.js'), join(root, 'shared', 'a.ts')]);
  expect(libraries.map(({ name, licence }) => [name, licence])).toEqual([
    ['dexie', 'Apache-2.0'],
    ['zod', 'MIT'],
  ]);
  expect(licenceText(libraries)).toContain('Permission is hereby granted');
});
