import { AppError, type ErrorDetails } from '#shared/errors/app-error.ts';

/** What one set of dropped files may hold (design.md, Security). Sizes in bytes, time in milliseconds. */
export const LIMITS = {
  fileBytes: 256 * 1024 * 1024,
  setBytes: 512 * 1024 * 1024,
  /** Unpacked, over all parts of a workbook. */
  inflatedBytes: 768 * 1024 * 1024,
  /** Unpacked in proportion to packed, once more than `ratioFrom` came out. Real workbooks stay below 60. */
  ratio: 200,
  ratioFrom: 16 * 1024 * 1024,
  zipEntries: 5_000,
  sheets: 200,
  rows: 2_000_000,
  columns: 1_000,
  cells: 30_000_000,
  cellLength: 100_000,
  sharedStrings: 5_000_000,
  milliseconds: 180_000,
} as const;

export type Limits = { readonly [K in keyof typeof LIMITS]: number };

/** Counts what the files of one set have cost so far and refuses to go beyond the limits. */
export type Budget = {
  readonly limits: Limits;
  /** Refuses when the time is up; call it now and then in every loop over a file. */
  readonly time: (file: string) => void;
  readonly row: (file: string, line: number) => void;
  readonly cells: (file: string, line: number, count: number) => void;
  readonly inflated: (file: string, bytes: number) => void;
};

const number = new Intl.NumberFormat('en');

/** The refusal of a file beyond a limit, worded for people. */
export function tooMuch(reason: string, details: ErrorDetails, wayOut: string): AppError {
  return new AppError('limit', `${details.file ?? 'The file'} was not read: ${reason}. ${wayOut}`, { ...details, wayOut });
}

/** A file that is not what it should be, worded for people. */
export function unreadable(reason: string, details: ErrorDetails, wayOut: string): AppError {
  const where =
    details.line === undefined ? '' : ` (line ${details.line}${details.column === undefined ? '' : `, column ${details.column}`})`;
  return new AppError('file', `${details.file ?? 'The file'} could not be read${where}: ${reason}. ${wayOut}`, { ...details, wayOut });
}

/** Starts counting for one set of files. `now` answers milliseconds of any clock that only goes forward. */
export function startBudget(now: () => number, limits: Limits = LIMITS): Budget {
  const end = now() + limits.milliseconds;
  let rows = 0;
  let cells = 0;
  let inflated = 0;
  const split = 'Split it into smaller files and bring them in one after another.';
  return {
    limits,
    time: (file) => {
      if (now() > end) throw tooMuch(`reading took longer than ${number.format(limits.milliseconds / 1000)} seconds`, { file }, split);
    },
    row: (file, line) => {
      rows += 1;
      if (rows > limits.rows) throw tooMuch(`there are more than ${number.format(limits.rows)} rows`, { file, line }, split);
    },
    cells: (file, line, count) => {
      cells += count;
      if (cells > limits.cells) throw tooMuch(`there are more than ${number.format(limits.cells)} cells`, { file, line }, split);
    },
    inflated: (file, bytes) => {
      inflated += bytes;
      if (inflated > limits.inflatedBytes)
        throw tooMuch(`it unpacks to more than ${number.format(limits.inflatedBytes / 1024 / 1024)} MB`, { file }, split);
    },
  };
}
