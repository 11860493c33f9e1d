import { AppError } from '#shared/errors/app-error.ts';

const full = new Set(['ENOSPC', 'EDQUOT']);

/** What the user is told when a file operation failed: a full disk by its name, everything else as the disk's refusal. */
export function diskError(thrown: unknown, what: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  if (full.has(code)) {
    const wayOut = 'Free some space on the disk, then try again.';
    return new AppError('quota', `The disk is full: ${what}. ${wayOut}`, { wayOut }, true);
  }
  const wayOut = 'Check the disk and the rights on the folder, then try again.';
  return new AppError('storage', `${what}: the system refused it (${code}). ${wayOut}`, { wayOut }, true);
}
