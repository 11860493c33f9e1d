// How much JavaScript and style the first screen waits for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildStale } from '../../build/build.ts';
import { root } from '../../build/tools.ts';
import { defineBench } from './define.ts';

const out = join(root, 'out', 'renderer');

/** The files that a page or module names outright; what it imports later, on demand, is not waited for. */
function named(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, path]) => path ?? []);
}

function closure(entries: string[]): Set<string> {
  const seen = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const source = readFileSync(path, 'utf8');
    queue.push(...named(source, /(?:\bfrom|\bimport)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g).map((found) => join(path, '..', found)));
  }
  return seen;
}

const zipped = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0) / 1024;

export const bench = defineBench({
  name: 'first-load',
  where: 'node',
  limits: { 'first-load-js': { value: 600 } },
  run: async () => {
    await buildStale(['renderer']);
    const page = readFileSync(join(out, 'index.html'), 'utf8');
    const scripts = named(page, /(?:src|href)="([^"]+\.js)"/g).map((path) => join(out, path));
    if (scripts.length === 0) throw new Error('The page names no script, so nothing was measured');
    const styles = named(page, /href="([^"]+\.css)"/g).map((path) => join(out, path));
    return [
      { name: 'first-load-js', value: zipped(closure(scripts)), unit: 'KB' },
      { name: 'first-load-css', value: zipped(styles), unit: 'KB' },
    ];
  },
});
