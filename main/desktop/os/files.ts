import { copyFile, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { MAX_OPEN_FILE_BYTES, MAX_OPEN_FILES, MAX_OPEN_TOTAL_BYTES } from '#shared/contract/os-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';

export type ReadFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };
export type Caps = { readonly files: number; readonly fileBytes: number; readonly totalBytes: number };

const CAPS: Caps = { files: MAX_OPEN_FILES, fileBytes: MAX_OPEN_FILE_BYTES, totalBytes: MAX_OPEN_TOTAL_BYTES };

const megabytes = (bytes: number) => `${Math.floor(bytes / (1024 * 1024))} MB`;

async function sizeOf(path: string): Promise<number> {
  const file = basename(path);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new AppError('file', `${file} cannot be read. Is it still there?`, { file });
  if (!found.isFile()) throw new AppError('file', `${file} is not a file that can be read.`, { file });
  return found.size;
}

/** Reads the files that the user chose. Throws `limit`, naming the file, before anything too large is read. */
export async function readChosen(paths: readonly string[], caps: Caps = CAPS): Promise<ReadFile[]> {
  if (paths.length > caps.files) throw new AppError('limit', `These are ${paths.length} files; ${caps.files} can be opened at once.`);
  let total = 0;
  for (const path of paths) {
    const size = await sizeOf(path);
    total += size;
    const file = basename(path);
    if (size > caps.fileBytes)
      throw new AppError('limit', `${file} is larger than ${megabytes(caps.fileBytes)}. Split it and open the parts.`, { file });
    if (total > caps.totalBytes)
      throw new AppError('limit', `Together the files are larger than ${megabytes(caps.totalBytes)}. Open fewer at once.`, { file });
  }
  return Promise.all(
    paths.map(async (path) => {
      const name = basename(path);
      const bytes = await readFile(path).catch(() => {
        throw new AppError('file', `${name} cannot be read. Is it open elsewhere?`, { file: name });
      });
      return { name, bytes: new Uint8Array(bytes) };
    }),
  );
}

/** Saves to a path that the user chose: whatever has that name stays whole until the new content is on disk. */
export function writeChosen(path: string, bytes: Uint8Array): Promise<void> {
  return replaceBy(path, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** The same with the content of another file, which does not pass through memory. */
export function writeCopy(path: string, from: string): Promise<void> {
  return replaceBy(path, async (temporary) => {
    await copyFile(from, temporary);
    const handle = await open(temporary, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

async function replaceBy(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const file = basename(path);
  const temporary = `${path}.part`;
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('quota', `The disk is full: ${file} was not saved.`, { file }, true);
    throw new AppError('file', `${file} could not be saved there. Choose another folder.`, { file }, true);
  }
}
