import { AppError } from '#shared/errors/app-error.ts';
import type { Progress } from '#shared/contract/define.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { ChangeSet } from './change-set.ts';
import type { StoredChangeSet } from './change-parts.ts';
import type { Database } from './database.ts';
import { recordTable, type InternalTable } from './schema.ts';
import type { SegmentRow } from './segments.ts';
import type { SyncWrites } from './sync-rows.ts';
import { guarded } from './storage-error.ts';
import { transact, type BatchWriter } from './transaction.ts';

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
  /** What sync has to know of it. */
  readonly sync?: SyncWrites | undefined;
};

/** A commit with its change set as the database keeps it. */
export type SplitCommit = Commit & { readonly stored: StoredChangeSet };

/** Above so many rows a commit tells its progress. */
const TELL_ABOVE = 2000;

/**
 * Writes a commit in one strict transaction: all of it or, on any error or abort, nothing. `follows` is where the database must stand:
 * one that was emptied or written to behind our back takes nothing in.
 */
export async function writeCommit(
  database: Database,
  commit: SplitCommit,
  follows?: Head,
  signal?: AbortSignal,
  progress?: (progress: Progress) => void,
): Promise<void> {
  const { set, puts, removes, segments, emptySegments } = commit;
  const { header, body, parts } = commit.stored;
  const records = [...puts.keys(), ...removes.keys()].map(recordTable);
  const total = [...puts.values(), ...removes.values()].reduce((sum, rows) => sum + rows.length, segments.length);
  let done = 0;
  const onBatch = (rows: number) => {
    stopIfCancelled(signal);
    if (total > TELL_ABOVE) progress?.({ step: 'Saving', done: Math.min(done, total), total });
    done += rows;
  };
  await transact(database, [...records, ...INTERNAL], onBatch, async ({ put, remove, get }) => {
    if (follows !== undefined && !isAt(follows, await get('meta', 'head'))) throw new DOMException('Not the store we know', 'DataError');
    for (const [table, ids] of removes) await remove(recordTable(table), ids);
    for (const [table, rows] of puts) await put(recordTable(table), rows);
    await remove(
      'segments',
      emptySegments.map(([series, year]) => [series, year]),
    );
    await put('segments', segments);
    await put('changeSets', [header]);
    await put('changeBodies', body === undefined ? [] : [body]);
    await put('changeParts', parts, PARTS_AT_ONCE);
    // what came from the central store need not go there
    if (set.kind !== 'sync') await put('outbox', [{ seq: set.seq, changeSet: set.id }]);
    await writeSyncRows(commit.sync, put, remove);
    await put('commands', [commit.answer]);
    await put('meta', [commit.head]);
    stopIfCancelled(signal);
  });
}

async function writeSyncRows(writes: SyncWrites | undefined, put: BatchWriter['put'], remove: BatchWriter['remove']): Promise<void> {
  await remove('sync', writes?.remove ?? []);
  await put('sync', writes?.put ?? []);
  await remove('outbox', writes?.sent ?? []);
  await put('outbox', writes?.again ?? []);
}

/** Writes what sync has to know by itself, without a change of records: strictly, all of it or nothing. */
export async function writeSync(database: Database, writes: SyncWrites): Promise<void> {
  await transact(
    database,
    ['sync', 'outbox'],
    () => undefined,
    async ({ put, remove }) => writeSyncRows(writes, put, remove),
  );
}

function isAt(head: Head, onDisk: unknown): boolean {
  return typeof onDisk === 'object' && onDisk !== null && 'stamp' in onDisk && onDisk.stamp === head.stamp;
}

/** Each holds up to a thousand changes. */
const PARTS_AT_ONCE = 2;

const INTERNAL: readonly InternalTable[] = ['changeSets', 'changeBodies', 'changeParts', 'outbox', 'commands', 'segments', 'meta', 'sync'];

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled. Nothing was changed.');
}
