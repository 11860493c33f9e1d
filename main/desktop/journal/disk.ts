// The few file operations that the journal needs, on one folder. Apart, so that tests can cut the power or fill the disk.
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type OpenFile = {
  /** Writes all of the parts, one after another, at the end of the file. */
  readonly write: (parts: readonly Uint8Array[]) => Promise<void>;
  readonly truncate: (length: number) => Promise<void>;
  /** Resolves once all that was written is on the disk itself. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Disk = {
  /** Names of the files in the folder; empty where there is no folder yet. */
  readonly list: () => Promise<readonly string[]>;
  readonly size: (name: string) => Promise<number>;
  readonly read: (name: string) => Promise<Uint8Array>;
  /** Opens for appending; makes the file (and the folder) where it is missing. */
  readonly append: (name: string) => Promise<OpenFile>;
  /** Replaces whatever has the new name. */
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  /** Makes creations, renames and removals in the folder permanent. */
  readonly syncFolder: () => Promise<void>;
};

async function writeAll(parts: readonly Uint8Array[], write: (bytes: Uint8Array) => Promise<number>): Promise<void> {
  for (const part of parts) {
    let rest = part;
    while (rest.length > 0) rest = rest.subarray(await write(rest));
  }
}

async function openForAppending(path: string): Promise<OpenFile> {
  const file = await open(path, 'a', 0o600);
  return {
    write: (parts) => writeAll(parts, async (bytes) => (await file.write(bytes)).bytesWritten),
    truncate: (length) => file.truncate(length),
    // on macOS Node asks for F_FULLFSYNC, so this reaches the medium there too
    sync: () => file.sync(),
    close: () => file.close(),
  };
}

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

/** A folder on this machine, readable by its owner alone. */
export function folderOnDisk(folder: string): Disk {
  return {
    list: () => readdir(folder).catch(() => []),
    size: async (name) => (await stat(join(folder, name))).size,
    read: (name) => readFile(join(folder, name)),
    append: async (name) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return openForAppending(join(folder, name));
    },
    rename: (from, to) => rename(join(folder, from), join(folder, to)),
    remove: (name) => rm(join(folder, name), { force: true }),
    syncFolder: () => syncFolder(folder),
  };
}
