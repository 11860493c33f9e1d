// Where tests find input that other people made: the shared folder beside the project, else the fixtures.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

function findShared(): string | undefined {
  const named = process.env['SATCHEL_SHARED'];
  const candidates = [
    named === undefined || named === '' ? [] : [named],
    join(root, '..', 'shared'),
    join(root, '..', '..', 'shared'),
  ].flat();
  return candidates.map((path) => resolve(root, path)).find((path) => existsSync(join(path, 'data', 'README.md')));
}

/** The shared folder (`SATCHEL_SHARED`, `../shared` or `../../shared`), or undefined where there is none, as on a user's machine. */
export const sharedFolder: string | undefined = findShared();

if (sharedFolder === undefined) process.stderr.write('goes on without ../shared: tests run on test/fixtures alone\n');

/** A path inside the shared folder, or undefined where that folder or the path is absent. */
export function sharedPath(...parts: string[]): string | undefined {
  if (sharedFolder === undefined) return undefined;
  const path = join(sharedFolder, ...parts);
  return existsSync(path) ? path : undefined;
}

/** A path inside `test/fixtures`; throws when it is not there. */
export function fixturePath(...parts: string[]): string {
  const path = join(root, 'test', 'fixtures', ...parts);
  if (!existsSync(path)) throw new Error(`There is no fixture ${parts.join('/')}`);
  return path;
}

/** The folder of a data set that lies both in the shared folder and in the fixtures (the shared one is larger). */
export function dataSet(name: 'ravenstack' | 'vendor_exports'): string {
  return sharedPath('data', name) ?? fixturePath(name);
}
