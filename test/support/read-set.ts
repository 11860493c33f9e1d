// Reads a folder or texts as one set of files, as the import does.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ReadSheet } from '#shared/domain/importing/cells.ts';
import { readFiles } from '../../main/engine/importing/read/read-files.ts';

export type NamedFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** The CSV files of a folder, or one file. */
export function filesIn(path: string): readonly NamedFile[] {
  const names =
    path.endsWith('.csv') || path.endsWith('.xlsx')
      ? [path]
      : readdirSync(path).flatMap((name) => (name.endsWith('.csv') ? [join(path, name)] : []));
  return names.map((name) => ({ name: basename(name), bytes: new Uint8Array(readFileSync(name)) }));
}

/** Files out of texts by name. */
export function filesOf(texts: Readonly<Record<string, string>>): readonly NamedFile[] {
  return Object.entries(texts).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }));
}

/** The tables of files. */
export function readSet(files: readonly NamedFile[]): Promise<readonly ReadSheet[]> {
  return readFiles(files, { now: () => performance.now() });
}
