import { readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileFolder } from './files/file-folder.ts';
import { clearCopies } from './files/open-outside.ts';
import { partitionOf, type Profile } from './profile/profile.ts';

type Kept = {
  readonly userData: string;
  readonly places: { readonly mailLog: string; readonly reminders: string };
  readonly copies: string;
  readonly profile: { readonly current: () => Profile; readonly change: (changes: Partial<Profile>) => Promise<void> };
  readonly files: Pick<FileFolder, 'dropAll' | 'list' | 'remove'>;
};

/**
 * Removes what main keeps of the workspace beside the journal (S15): bytes of attachments, copies that other programs opened, what was handed to mail
 * servers, and the folders of earlier stores that a new beginning left. What lies in the folder of the store that is open is the engine's to remove.
 */
export async function eraseKept({ userData, places, copies, profile, files }: Kept): Promise<void> {
  // first of all: from here on an empty store is no lost one
  await profile.change({ storeExpected: false });
  await files.dropAll();
  for (const sha256 of await files.list()) await files.remove(sha256);
  await clearCopies(copies);
  // it may be open: emptied, it can be written on
  await truncate(places.mailLog).catch(ignoreMissing);
  await rm(places.reminders, { force: true });
  const partitions = join(userData, 'Partitions');
  const current = partitionOf(profile.current());
  const names = await readdir(partitions).catch(() => []);
  for (const name of names)
    if (name.startsWith('engine-') && name !== current) await rm(join(partitions, name), { recursive: true, force: true });
}

function ignoreMissing(thrown: unknown): void {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
}
