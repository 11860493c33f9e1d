import type { Database } from './database.ts';
import { guarded } from './storage-error.ts';

/** One thing that the device knows about sync: plain data under a name. What there is stands in `sync/sync-keys.ts`. */
export type SyncRow = { readonly key: string; readonly value: unknown };

/** What is written about sync, with a commit or by itself: all of it or nothing. */
export type SyncWrites = {
  readonly put?: readonly SyncRow[];
  readonly remove?: readonly string[];
  /** Change sets that are done with: they leave the outbox. */
  readonly sent?: readonly number[];
  /** Change sets that have to be sent once more. */
  readonly again?: readonly { readonly seq: number; readonly changeSet: string }[];
};

/** What the device knows about sync, in memory; the database has the same. */
export type SyncRows = {
  readonly get: (key: string) => unknown;
  /** Everything whose name begins so, in the order of the names. */
  readonly under: (prefix: string) => readonly SyncRow[];
  readonly all: () => readonly SyncRow[];
  /** Shows what was written. */
  readonly show: (writes: SyncWrites) => void;
};

/** Reads what the device knows about sync. Throws AppError `storage`. */
export async function loadSyncRows({ relaxed }: Database): Promise<SyncRows> {
  const rows = new Map<string, SyncRow>();
  for (const row of await guarded(() => relaxed.table<SyncRow>('sync').toArray())) rows.set(row.key, row);
  return {
    get: (key) => rows.get(key)?.value,
    under: (prefix) => [...rows.values()].filter(({ key }) => key.startsWith(prefix)).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    all: () => [...rows.values()],
    show: ({ put = [], remove = [] }) => {
      for (const key of remove) rows.delete(key);
      for (const row of put) rows.set(row.key, row);
    },
  };
}
