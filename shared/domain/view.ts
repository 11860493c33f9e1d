import type { Row, TableName } from '../model/dictionary.ts';

/**
 * Read access to records for rules, scores and queries: in the engine it is the working set in memory (with the
 * open command's own changes on top), on the server a transaction's prefetched rows. Always synchronous, never the clock.
 */
export type ReadView = {
  readonly get: <T extends TableName>(table: T, id: string) => Row<T> | undefined;
  readonly all: <T extends TableName>(table: T) => Iterable<Row<T>>;
  readonly count: (table: TableName) => number;
  /** Rows whose reference (or `indexed`) field has the value; `references` fields match by membership. */
  readonly by: <T extends TableName>(table: T, field: string, value: string) => readonly Row<T>[];
  /**
   * Rows whose text field lies between two values, both included (undefined: open), in no order. Absent where there is no
   * such index: then every row is looked at.
   */
  readonly range?: <T extends TableName>(table: T, field: string, from: string | undefined, to: string | undefined) => readonly Row<T>[];
};
