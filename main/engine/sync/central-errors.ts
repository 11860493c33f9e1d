import { failureSchema } from '#shared/contract/sync-answers.ts';
import type { SyncFailureCode } from '#shared/contract/sync-contract.ts';
import type { NetReply } from '#shared/contract/net.ts';
import { AppError, type ErrorCode } from '#shared/errors/app-error.ts';

/** What the server's refusals are here, and whether the same request may do better later. */
const MEANINGS: Readonly<Record<SyncFailureCode, { readonly code: ErrorCode; readonly retryable: boolean }>> = {
  unauthorized: { code: 'unauthorized', retryable: false },
  // means more to whoever asked with the refresh token, and to nobody else
  erase: { code: 'unauthorized', retryable: false },
  'approval-needed': { code: 'approval-needed', retryable: false },
  forbidden: { code: 'permission', retryable: false },
  'not-found': { code: 'not-found', retryable: false },
  malformed: { code: 'contract', retryable: false },
  'too-large': { code: 'limit', retryable: false },
  'too-many': { code: 'unavailable', retryable: true },
  'too-old-client': { code: 'too-old-client', retryable: false },
  restored: { code: 'restored', retryable: false },
  'reset-required': { code: 'reset-required', retryable: false },
  unavailable: { code: 'unavailable', retryable: true },
  internal: { code: 'unavailable', retryable: true },
};
/** An hour: whatever a server says, nobody waits longer for another try. */
const LONGEST_WAIT_MS = 3_600_000;
const isOurs = (code: string): code is SyncFailureCode => Object.hasOwn(MEANINGS, code);

/** Something else answered: a network's own sign-in page, a proxy whose server is away. */
export function foreignAnswer(status: number): AppError {
  return status >= 500
    ? new AppError('unavailable', 'The central store is not there at the moment. Your work goes on here and is sent later.', {}, true)
    : new AppError(
        'network',
        'Something else answered in place of the central store. A network may want you to sign in to it in a browser first.',
        {},
        true,
      );
}

/** The refusal that an answer carries, as an AppError with the server's own words. */
export function refusalOf({ status, body }: NetReply): AppError {
  const read = failureSchema.safeParse(parsed(body));
  if (!read.success || !isOurs(read.data.error.code)) return foreignAnswer(status);
  const { code, message, retryAfterMs } = read.data.error;
  const { code: meaning, retryable } = MEANINGS[code];
  const details = retryAfterMs === undefined ? {} : { retryAfterMs: Math.min(retryAfterMs, LONGEST_WAIT_MS) };
  return new AppError(meaning, message.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 500), details, retryable);
}

/** That this very device is to erase itself, since when: what a refresh is answered (S15). Undefined for every other answer. */
export function eraseOf({ status, body }: NetReply): { readonly device: string; readonly asked: string } | undefined {
  const read = failureSchema.safeParse(parsed(body));
  return status === 401 && read.success && read.data.error.code === 'erase' ? read.data.error.erase : undefined;
}

/** The answer's JSON; undefined where it is none. */
export function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
