import type { AppError } from '#shared/errors/app-error.ts';
import type { Disk } from './disk.ts';
import { openJournal, type OpenJournal } from './journal.ts';
import { gapError, readJournal } from './recovery.ts';
import { setDamageAside } from './set-aside.ts';

/** The application's journal, which can be opened anew after damage was put aside. */
export type JournalKeeper = {
  readonly journal: () => OpenJournal;
  /** Reads all of it: whether anything can be restored, and why not all of it, if so. */
  readonly inspect: () => Promise<{ readonly filled: boolean; readonly damage: AppError | undefined }>;
  /** Gives up what lies behind the damage (it is renamed, not deleted). Nobody may write meanwhile. */
  readonly setDamageAside: () => Promise<void>;
  /** Removes every file of it for good (S15); the journal that is opened then is an empty one. */
  readonly erase: () => Promise<void>;
};

export async function keepJournal(disk: Disk): Promise<JournalKeeper> {
  let journal = await openJournal(disk);
  return {
    journal: () => journal,
    inspect: async () => {
      const reading = await readJournal(disk);
      return { filled: reading !== undefined, damage: reading?.gap === undefined ? undefined : gapError(reading.gap) };
    },
    setDamageAside: async () => {
      await journal.close();
      await setDamageAside(disk);
      journal = await openJournal(disk);
    },
    erase: async () => {
      await journal.close();
      for (const name of await disk.list()) await disk.remove(name);
      await disk.syncFolder();
      journal = await openJournal(disk);
    },
  };
}
