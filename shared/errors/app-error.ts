/**
 * The one error that crosses a boundary. `code` is stable and may be matched; `message` is for people
 * and names what is wrong and the way out; `details` says where.
 */
export type ErrorCode =
  | 'rule' // a business rule refused the change; details.rule holds its ledger ID
  | 'validation' // a value does not fit its field
  | 'not-found'
  | 'conflict' // the record changed since it was read
  | 'permission'
  | 'file' // an imported or opened file is not usable
  | 'limit' // a cap on size, rows, cells, ratio or time was exceeded
  | 'storage' // the store could not be read or written
  | 'quota' // the disk or the browser's allowance is full
  | 'cancelled'
  | 'deadline'
  | 'engine-lost' // the engine died while the call was open
  | 'contract' // an unknown operation or malformed call
  | 'network' // the central store was not reached, or something else answered in its place
  | 'unavailable' // the central store is there but cannot answer now; details.retryAfterMs where it says when
  | 'unauthorized' // the central store asks to sign in (again)
  | 'approval-needed' // a new device needs its approval code
  | 'too-old-client' // the central store no longer takes what this version sends
  | 'restored' // the central store was put back to an earlier time (S13)
  | 'reset-required' // everything has to be loaded anew (S10)
  | 'internal';

/** Where it went wrong. All optional; only IDs, names of files and fields, positions; never secrets. */
export type ErrorDetails = {
  readonly rule?: string;
  readonly table?: string;
  readonly recordId?: string;
  readonly field?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: string;
  /** Records that stand in the way, for example open children. */
  readonly blocking?: readonly { readonly table: string; readonly id: string; readonly label: string }[];
  readonly wayOut?: string;
  /** When it is worth another try. */
  readonly retryAfterMs?: number;
};

export type ErrorShape = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly retryable: boolean;
};

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, retryable = false) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
    this.retryable = retryable;
  }
}

/** The plain object that crosses a port (structured clone drops an Error's own fields). Unknown throws become `internal` without their text. */
export function toErrorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof AppError)
    return { code: thrown.code, message: thrown.message, details: thrown.details, retryable: thrown.retryable };
  return { code: 'internal', message: 'Something went wrong inside Satchel. Nothing was changed.', details: {}, retryable: false };
}

/** The other direction of {@link toErrorShape}. */
export function fromErrorShape(shape: ErrorShape): AppError {
  return new AppError(shape.code, shape.message, shape.details, shape.retryable);
}
