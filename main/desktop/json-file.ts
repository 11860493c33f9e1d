// Small settings files: read whole, validated; written so that a cut of power leaves the old content or the new.
import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

export type JsonFile<T> = { readonly found: 'good'; readonly value: T } | { readonly found: 'none' | 'damaged' };

/** What a file holds, if it is there and fits. Synchronous: it is read before Chromium may start. */
export function readJsonFile<T>(path: string, schema: z.ZodType<T>): JsonFile<T> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { found: missing ? 'none' : 'damaged' };
  }
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { found: 'good', value: parsed.data } : { found: 'damaged' };
  } catch {
    return { found: 'damaged' };
  }
}

async function syncParent(path: string): Promise<void> {
  // Windows cannot open a folder for this, and journals its own names
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

let attempt = 0;

/** Replaces a file; resolves once the new content is on disk. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  attempt += 1;
  const temporary = `${path}.${attempt}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(value, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncParent(path);
}
