import { AppError } from '#shared/errors/app-error.ts';

/** The names of an error and of those inside it: IndexedDB and Dexie wrap the cause in an abort, SQLite only says it in words. */
function namesOf(thrown: unknown): string[] {
  const names: string[] = [];
  for (let depth = 0, error = thrown; depth < 5 && typeof error === 'object' && error !== null; depth += 1) {
    if ('name' in error && typeof error.name === 'string') names.push(error.name);
    if ('message' in error && typeof error.message === 'string' && /QuotaExceeded|disk is full/i.test(error.message))
      names.push('QuotaExceededError');
    error = 'inner' in error ? error.inner : 'cause' in error ? error.cause : undefined;
  }
  return names;
}

/** What an error of IndexedDB means to a person; an AppError stays what it is. */
export function storageError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const names = namesOf(thrown);
  if (names.includes('QuotaExceededError'))
    return new AppError('quota', 'The disk is full, so the change could not be saved. Nothing was changed.', {
      wayOut: 'Free some space on the disk and save again.',
    });
  if (names.includes('VersionError'))
    return new AppError('storage', 'These records were saved by a newer version of Satchel. Install that version to open them.', {
      wayOut: 'Update Satchel.',
    });
  return new AppError('storage', 'The records on this computer could not be read or written. Nothing was changed.', {}, true);
}

/** Runs work on the database; whatever it throws becomes an AppError. */
export async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw storageError(thrown);
  }
}
