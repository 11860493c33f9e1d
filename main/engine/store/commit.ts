import type { Transaction } from 'dexie';
import { AppError } from '#shared/errors/app-error.ts';
import type { Progress } from '#shared/contract/define.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { ChangeSet } from './change-set.ts';
import { splitChangeSet } from './change-parts.ts';
import type { Database } from './database.ts';
import { recordTable, type InternalTable } from './schema.ts';
import type { SegmentRow } from './segments.ts';
import { guarded } from './storage-error.ts';

/** Where the store stands; written with every commit. */
export type Head = {
  readonly key: 'head';
  /** Sequence number of the last commit; 0: none yet. */
  readonly seq: number;
  /** Last stamp of the hybrid logical clock. */
  readonly stamp: string;
  /** Block of record numbers per device (store/numbering). */
  readonly blocks: Readonly<Record<string, number>>;
  /** Last number used, per block and record type: `0/engagement`. */
  readonly counters: Readonly<Record<string, number>>;
};

/** Where a new store stands. */
export const NEW_HEAD: Head = { key: 'head', seq: 0, stamp: '', blocks: {}, counters: {} };

/** Writes where the store stands: a database without it counts as empty. */
export async function writeHead({ strict }: Database, head: Head): Promise<void> {
  await guarded(() => strict.table('meta').put(head));
}

/** A command's answer, kept so that a second delivery of the command is answered, not run. */
export type Answer = { readonly id: string; readonly seq: number; readonly changeSetId: string; readonly result: unknown };

/** Everything that one command writes. */
export type Commit = {
  readonly set: ChangeSet;
  readonly head: Head;
  readonly answer: Answer;
  readonly puts: ReadonlyMap<TableName, readonly AnyRow[]>;
  readonly removes: ReadonlyMap<TableName, readonly string[]>;
  readonly segments: readonly SegmentRow[];
  readonly emptySegments: readonly (readonly [string, number])[];
};

const BATCH = 2000;

/** Writes a commit in one strict transaction: all of it or, on any error or abort, nothing. */
export async function writeCommit(
  database: Database,
  commit: Commit,
  signal: AbortSignal | undefined,
  progress: ((progress: Progress) => void) | undefined,
): Promise<void> {
  const { puts, removes, segments, emptySegments } = commit;
  const internal: InternalTable[] = ['changeSets', 'changeBodies', 'changeParts', 'outbox', 'commands', 'segments', 'meta'];
  const records = new Set([...puts.keys(), ...removes.keys()].map(recordTable));
  const total = [...puts.values()].reduce((sum, rows) => sum + rows.length, segments.length);
  let done = 0;
  const batches = async <T>(all: readonly T[], write: (batch: T[]) => PromiseLike<unknown>) => {
    for (let from = 0; from < all.length; from += BATCH) {
      stopIfCancelled(signal);
      const batch = all.slice(from, from + BATCH);
      await write(batch);
      done += batch.length;
      if (total > BATCH) progress?.({ step: 'Saving', done: Math.min(done, total), total });
    }
  };
  await database.strict.transaction('rw', [...records, ...internal], async (transaction: Transaction) => {
    const table = (name: string) => transaction.table(name);
    for (const [name, ids] of removes) await batches(ids, (batch) => table(recordTable(name)).bulkDelete(batch));
    for (const [name, rows] of puts) await batches(rows, (batch) => table(recordTable(name)).bulkPut(batch));
    await batches(emptySegments, (batch) => table('segments').bulkDelete(batch));
    await batches(segments, (batch) => table('segments').bulkPut(batch));
    const { header, body, parts } = splitChangeSet(commit.set);
    await table('changeSets').add(header);
    if (body !== undefined) await table('changeBodies').add(body);
    await batches(parts, (batch) => table('changeParts').bulkAdd(batch));
    await table('outbox').add({ seq: commit.set.seq, changeSet: commit.set.id });
    await table('commands').add(commit.answer);
    await table('meta').put(commit.head);
    stopIfCancelled(signal);
  });
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled. Nothing was changed.');
}
