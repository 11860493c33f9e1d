import type { Problem, Severity } from './plan-types.ts';

/** Problems beyond this many are counted but not listed: nobody reads them, and a wrong mapping makes one a row. */
const LISTED = 100_000;

/** Gathers the problems of a plan and which rows are bad. */
export type ProblemList = {
  readonly add: (sheet: number, row: number, column: number | undefined, severity: Severity, message: string) => void;
  /** Whether the row has an error, so that it cannot go in. */
  readonly isBad: (sheet: number, row: number) => boolean;
  readonly listed: () => readonly Problem[];
  readonly errors: () => number;
  readonly warnings: () => number;
};

/** An empty list for sheets of the given numbers of rows. */
export function openProblems(rows: readonly number[]): ProblemList {
  const bad = rows.map((count) => new Uint8Array(count));
  const listed: Problem[] = [];
  let errors = 0;
  let warnings = 0;
  return {
    add: (sheet, row, column, severity, message) => {
      if (severity === 'error') {
        errors += 1;
        const rowsOfSheet = bad[sheet];
        if (rowsOfSheet !== undefined && row >= 0) rowsOfSheet[row] = 1;
      } else warnings += 1;
      if (listed.length < LISTED) listed.push({ sheet, row, column, severity, message });
    },
    isBad: (sheet, row) => bad[sheet]?.[row] === 1,
    listed: () => listed,
    errors: () => errors,
    warnings: () => warnings,
  };
}
