import type { ErrorCode } from '#shared/errors/app-error.ts';

/** Exit codes for scripts; documented in `satchel help`. */
export const EXIT = { done: 0, failed: 1, usage: 2, badInput: 3, rowsHeldBack: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of a refused command. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  if (code === 'file' || code === 'limit' || code === 'validation' || code === 'rule' || code === 'not-found') return EXIT.badInput;
  return EXIT.failed;
}
