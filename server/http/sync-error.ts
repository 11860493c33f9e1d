import type { SyncFailure, SyncFailureCode } from '#shared/contract/sync-contract.ts';

const STATUS: Readonly<Record<SyncFailureCode, number>> = {
  unauthorized: 401,
  erase: 401,
  'approval-needed': 403,
  forbidden: 403,
  'not-found': 404,
  malformed: 400,
  'too-large': 413,
  'too-many': 429,
  'too-old-client': 426,
  restored: 409,
  'reset-required': 410,
  unavailable: 503,
  internal: 500,
};

/** A refusal of a request as a whole; the message is for people. */
export class SyncError extends Error {
  readonly code: SyncFailureCode;
  readonly retryAfterMs: number | undefined;
  readonly erase: SyncFailure['error']['erase'];

  constructor(code: SyncFailureCode, message: string, retryAfterMs?: number, erase?: SyncFailure['error']['erase']) {
    super(message);
    this.name = 'SyncError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.erase = erase;
  }
}

/** The device speaks of a server as it was before that was put back to an earlier time (S13). */
export function restored(): SyncError {
  return new SyncError(
    'restored',
    'The central store was put back to an earlier time. Everything is loaded anew; what it lost is sent again.',
  );
}

/** The HTTP status of a refusal. */
export function statusOf(code: SyncFailureCode): number {
  return STATUS[code];
}

/** The body of a refusal. */
export function failureBody({ code, message, retryAfterMs, erase }: SyncError): SyncFailure {
  const more = { ...(retryAfterMs === undefined ? {} : { retryAfterMs }), ...(erase === undefined ? {} : { erase }) };
  return { error: { code, message, ...more } };
}
