// npm run build: builds what is stale. A bundle is stale when the contents of its sources differ from those it was built of.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { librariesOf, licenceText } from './licences.ts';
import { matching, targets, type Target } from './targets.ts';
import { root } from './tools.ts';

/** What decides how a bundle is built, beside its own sources. */
const recipe = ['build/targets.ts', 'build/build.ts', 'package-lock.json'];

function fingerprint(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(file));
    hash.update('\0');
  }
  return hash.digest('hex');
}

/** Builds the target of the project in `base` unless its sources are those it was built of; answers whether it did. Throws when it has no entry. */
export async function buildIfStale(target: Target, base: string = root): Promise<boolean> {
  const entries = matching(target.entries, base);
  if (entries.length === 0) throw new Error(`The bundle ${target.name} has no entry: ${target.entries.join(', ')} matches no file`);
  const stamp = join(base, '.cache', 'build', target.name);
  const outDir = join(base, 'out', target.name);
  const current = fingerprint([...matching(target.inputs, base), ...recipe].map((path) => join(base, path)));
  if (existsSync(outDir) && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return false;
  // no stamp while the bundle is half built
  for (const path of [stamp, outDir]) rmSync(path, { recursive: true, force: true });
  const modules = await target.build(entries, outDir);
  writeFileSync(join(base, 'out', `${target.name}-licences.txt`), licenceText(librariesOf(modules)));
  mkdirSync(join(base, '.cache', 'build'), { recursive: true });
  writeFileSync(stamp, current);
  return true;
}

/** Builds the stale ones among the named bundles (all by default) and answers with their names. */
export async function buildStale(names: string[] = targets.map(({ name }) => name)): Promise<string[]> {
  const built: string[] = [];
  for (const target of targets.filter(({ name }) => names.includes(name))) {
    if (await buildIfStale(target)) built.push(target.name);
  }
  return built;
}

if (import.meta.main) {
  const built = await buildStale();
  console.log(built.length > 0 ? `built ${built.join(', ')}` : 'nothing was stale');
}
