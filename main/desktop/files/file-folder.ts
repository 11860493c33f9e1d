import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors/app-error.ts';
import { isSha256 } from '#shared/util/sha256.ts';

/** The bytes of attachments as files of this folder, named by their SHA-256. */
export type FileFolder = {
  /** Begins a file; answers the number under which its parts come. */
  readonly begin: () => Promise<number>;
  readonly part: (file: number, bytes: Uint8Array) => Promise<void>;
  /** Resolves once it is on the disk under its name. */
  readonly keep: (file: number) => Promise<{ readonly sha256: string; readonly size: number }>;
  readonly drop: (file: number) => Promise<void>;
  readonly read: (sha256: string, from: number, length: number) => Promise<Uint8Array>;
  readonly size: (sha256: string) => Promise<number | undefined>;
  readonly list: () => Promise<readonly string[]>;
  readonly remove: (sha256: string) => Promise<void>;
  /** Where the bytes lie; undefined where they are not here. */
  readonly pathOf: (sha256: string) => Promise<string | undefined>;
  /** Drops what an engine left unfinished. */
  readonly dropAll: () => Promise<void>;
};

type Writing = { readonly handle: FileHandle; readonly path: string; readonly hash: Hash; size: number };

const UNFINISHED = '.part';
/** An engine that opens more than this at once has lost its way. */
const MOST_OPEN = 16;

const codeOf = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown');

function asOurs(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('quota', 'The disk is full: the file was not added. Free some space and add it again.', {}, true);
  if (code === 'ENOENT')
    return new AppError('not-found', 'The content of this file is not on this computer. Its name and its place are kept.');
  return new AppError('storage', 'The folder for attached files could not be used. Check the disk and try again.', {}, true);
}

async function guarded<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (thrown) {
    throw asOurs(thrown);
  }
}

/** Makes the names in a folder permanent. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for this, and journals its own names
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Opens the folder: makes it where it is missing, and removes what was left half-way when Satchel last stopped. */
export async function openFileFolder(folder: string): Promise<FileFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const left = await readdir(folder);
  for (const name of left.filter((one) => one.endsWith(UNFINISHED))) await rm(join(folder, name), { force: true });

  const writing = new Map<number, Writing>();
  let last = 0;
  const pathTo = (sha256: string): string => {
    // nothing but a digest ever becomes part of a path
    if (!isSha256(sha256)) throw new AppError('contract', 'This is no name of a kept file. Nothing was done.');
    return join(folder, sha256);
  };
  const sizeOf = async (sha256: string): Promise<number | undefined> => {
    const found = await stat(pathTo(sha256)).catch(() => undefined);
    return found?.isFile() === true ? found.size : undefined;
  };
  const need = (file: number): Writing => {
    const found = writing.get(file);
    if (found === undefined) throw new AppError('contract', 'This file is not being written. Nothing was done.');
    return found;
  };
  const drop = async (file: number): Promise<void> => {
    const found = writing.get(file);
    writing.delete(file);
    if (found === undefined) return;
    await found.handle.close().catch(() => undefined);
    await rm(found.path, { force: true });
  };

  return {
    begin: () =>
      guarded(async () => {
        if (writing.size >= MOST_OPEN)
          throw new AppError('limit', 'Too many files are being added at once. Wait for the others.', {}, true);
        last += 1;
        const file = last;
        const path = join(folder, `${file}${UNFINISHED}`);
        writing.set(file, { handle: await open(path, 'w', 0o600), path, hash: createHash('sha256'), size: 0 });
        return file;
      }),
    part: (file, bytes) =>
      guarded(async () => {
        const one = need(file);
        let rest = bytes;
        while (rest.length > 0) rest = rest.subarray((await one.handle.write(rest)).bytesWritten);
        one.hash.update(bytes);
        one.size += bytes.length;
      }),
    keep: (file) =>
      guarded(async () => {
        const { handle, path, hash, size } = need(file);
        const sha256 = hash.digest('hex');
        if ((await sizeOf(sha256)) === size) {
          await drop(file);
          return { sha256, size };
        }
        await handle.sync();
        await handle.close();
        await rename(path, pathTo(sha256));
        writing.delete(file);
        await syncFolder(folder);
        return { sha256, size };
      }),
    drop,
    read: (sha256, from, length) =>
      guarded(async () => {
        const handle = await open(pathTo(sha256), 'r');
        try {
          const bytes = new Uint8Array(length);
          const { bytesRead } = await handle.read(bytes, 0, length, from);
          return bytes.subarray(0, bytesRead);
        } finally {
          await handle.close();
        }
      }),
    size: sizeOf,
    list: () => guarded(async () => (await readdir(folder)).filter(isSha256)),
    remove: (sha256) => guarded(() => rm(pathTo(sha256), { force: true })),
    pathOf: async (sha256) => ((await sizeOf(sha256)) === undefined ? undefined : pathTo(sha256)),
    dropAll: async () => {
      for (const file of writing.keys()) await drop(file);
    },
  };
}
