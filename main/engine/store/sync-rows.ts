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

/** Two writes as one, the later one on top. */
export function joinWrites(first: SyncWrites, then: SyncWrites): SyncWrites {
  const put = new Map([...(first.put ?? []), ...(then.put ?? [])].map((row) => [row.key, row]));
  const remove = new Set([...(first.remove ?? []), ...(then.remove ?? [])]);
  // within one write what is put stands; of the first one's what the second has taken away is gone
  for (const key of then.remove ?? []) if (then.put?.some((row) => row.key === key) !== true) put.delete(key);
  for (const key of put.keys()) remove.delete(key);
  const again = new Map([...(first.again ?? []), ...(then.again ?? [])].map((one) => [one.seq, one]));
  const sent = new Set([...(first.sent ?? []), ...(then.sent ?? [])]);
  const isAgain = new Set((then.again ?? []).map(({ seq }) => seq));
  for (const seq of then.sent ?? []) if (!isAgain.has(seq)) again.delete(seq);
  for (const seq of again.keys()) sent.delete(seq);
  return { put: [...put.values()], remove: [...remove], sent: [...sent], again: [...again.values()] };
}

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
