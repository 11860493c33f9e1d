import { chmod, copyFile, constants, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { harmlessName, looksExecutable, mayOpen } from '#shared/domain/attachments/file-names.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { writeCopy } from '../os/files.ts';
import type { FileFolder } from './file-folder.ts';
import { markForeign } from './mark-foreign.ts';

export type Outside = {
  readonly files: FileFolder;
  /** Where copies for other programs lie; emptied at each start and end. */
  readonly folder: string;
  /** Hands a path to the system; answers why it could not, empty where it could (Electron's `shell.openPath`). */
  readonly openPath: (path: string) => Promise<string>;
};
type Wanted = { readonly sha256: string; readonly name: string };

const SNIFFED = 16;

async function startOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(SNIFFED);
    const { bytesRead } = await file.read(bytes, 0, SNIFFED, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function pathOf(files: FileFolder, { sha256, name }: Wanted): Promise<string> {
  const path = await files.pathOf(sha256);
  if (path !== undefined) return path;
  throw new AppError('not-found', `The content of ${name} is not on this computer.`, { file: name });
}

/**
 * Lets the system open a file (REC-33): a copy under a harmless name, marked as foreign, that can be neither executed nor written, in
 * a folder of its own. Programs and scripts, by name or by content, are refused with `permission`: they can only be saved.
 */
export async function openOutside({ files, folder, openPath }: Outside, wanted: Wanted): Promise<void> {
  const name = harmlessName(wanted.name);
  const saveOnly = new AppError('permission', `${name} is of a kind that Satchel does not open. Save it and decide for yourself.`, {
    file: name,
  });
  if (!mayOpen(name)) throw saveOnly;
  const from = await pathOf(files, { ...wanted, name });
  if (looksExecutable(await startOf(from))) throw saveOnly;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copy = join(await mkdtemp(join(folder, 'open-')), name);
  try {
    await copyFile(from, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await markForeign(copy);
    // what someone writes into it would be lost: their program offers to save it elsewhere
    await chmod(copy, 0o400);
  } catch {
    throw new AppError('file', `${name} could not be copied to be opened. Is the disk full?`, { file: name }, true);
  }
  const why = await openPath(copy);
  if (why !== '') throw new AppError('file', `No program on this computer opens ${name}. Save it instead.`, { file: name });
}

/** Saves a file to a path that the person chose; marked as foreign, too. */
export async function saveOutside(files: FileFolder, wanted: Wanted, path: string): Promise<void> {
  await writeCopy(path, await pathOf(files, wanted));
  await markForeign(path);
}

/** Removes the copies that were made for other programs. */
export async function clearCopies(folder: string): Promise<void> {
  // on Windows a copy that is open stays until the next start
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}
