import { AppError } from '#shared/errors/app-error.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import type { Host } from '../host/host.ts';
import { atOnce } from '../host/in-turns.ts';
import { splitChangeSet } from './change-parts.ts';
import type { ChangeSet } from './change-set.ts';
import { writeHead, type Head } from './commit.ts';
import type { Database } from './database.ts';
import { restoreInto } from './recovery.ts';
import { recordTable } from './schema.ts';
import { segmentsOf, yearsOf } from './segments.ts';
import { guarded } from './storage-error.ts';
import type { SyncRow } from './sync-rows.ts';

/** Everything that is in memory. */
export type InMemory = {
  readonly head: Head;
  readonly rows: ReadonlyMap<TableName, readonly AnyRow[]>;
  readonly series: ReadonlyMap<string, PackedSeries>;
  /** What the device knows about sync, and the changes that the central store does not have yet. */
  readonly sync: readonly SyncRow[];
  readonly unsent: readonly ChangeSet[];
};

/** What stands between a database that was lost while the application runs and the records in its memory. */
export type Lifeline = {
  /** Puts the records back where they were lost; throws `quota` or `storage` where that is not possible yet. */
  readonly ready: () => Promise<void>;
  /** Looks whether a question or a write (to the state `tried`) that failed took the database with it, or was kept after all; then everything is put back. */
  readonly afterFailure: (tried?: Head) => Promise<'kept' | 'refused' | 'put back'>;
  /** What happened and what to do, in words. */
  readonly recovered: () => string | undefined;
  readonly problem: () => string | undefined;
  readonly stop: () => void;
};

/** Few enough for one transaction not to be a large one (disk-reserve.ts). */
const ROWS_AT_ONCE = 500;
const SERIES_AT_ONCE = 100;
const RETRY_MS = 15_000;

const DETACHED =
  'The browser lost the stored records because the disk is full. They are still in memory: free some space on the disk, and do not close Satchel until this message is gone.';
const PUT_BACK = 'The disk was full and the stored records were lost; they were written anew from memory.';
const WITHOUT_HISTORY = `${PUT_BACK} What was changed before that can no longer be undone.`;

/** Watches over a store's database. `restored` is called when it was written anew. */
export function createLifeline(host: Host, database: Database, memory: () => InMemory, restored: () => void): Lifeline {
  let lost = false;
  let recovered: string | undefined;
  let cancelRetry: (() => void) | undefined;

  const headOnDisk = async (): Promise<Head | undefined> => {
    try {
      return await database.relaxed.table<Head, string>('meta').get('head');
    } catch {
      return undefined;
    }
  };
  const putBack = async (): Promise<void> => {
    const { head } = memory();
    const fromCopy = await restoreFromCopy(head);
    if (!fromCopy) await guarded(() => writeAll(database, memory()));
    recovered = fromCopy ? PUT_BACK : WITHOUT_HISTORY;
    lost = false;
    host.log({ event: 'store-written-anew', seq: head.seq, history: fromCopy });
    restored();
  };
  /** The second copy has the history too. */
  const restoreFromCopy = async (head: Head): Promise<boolean> => {
    try {
      const recovery = await host.journal?.recover();
      return recovery !== undefined && (await restoreInto(database, recovery)).seq === head.seq;
    } catch {
      return false;
    }
  };
  const retryLater = () => {
    cancelRetry?.();
    cancelRetry = host.later(RETRY_MS, () => {
      if (lost && !database.isClosed()) putBack().catch(retryLater);
    });
  };

  return {
    ready: async () => {
      if (!lost) return;
      try {
        await putBack();
      } catch {
        throw new AppError('quota', DETACHED);
      }
    },
    afterFailure: async (tried) => {
      const onDisk = await headOnDisk();
      const { head } = memory();
      // the answer was lost, not the commit
      if (tried !== undefined && onDisk?.stamp === tried.stamp) return 'kept';
      if (database.isClosed() || onDisk?.stamp === head.stamp) return 'refused';
      if (onDisk !== undefined && onDisk.seq >= head.seq) throw foreign();
      host.log({ event: 'store-lost', seq: head.seq });
      lost = true;
      try {
        await putBack();
        return 'put back';
      } catch {
        retryLater();
        return 'refused';
      }
    },
    recovered: () => recovered,
    problem: () => (lost ? DETACHED : undefined),
    stop: () => cancelRetry?.(),
  };
}

/** Somebody else writes to this very database: what they wrote is not ours to replace. */
function foreign(): AppError {
  return new AppError(
    'storage',
    'These records are open in another Satchel, which has changed them. Nothing was changed here. Restart Satchel.',
  );
}

/** Writes everything that is in memory into an emptied database; without its head it counts as empty, so that comes last. */
async function writeAll(database: Database, { head, rows, series, sync, unsent }: InMemory): Promise<void> {
  await database.empty();
  const { relaxed } = database;
  for (const [name, all] of rows)
    for (let from = 0; from < all.length; from += ROWS_AT_ONCE)
      await relaxed.table(recordTable(name)).bulkPut(all.slice(from, from + ROWS_AT_ONCE));
  const names = [...series];
  for (let from = 0; from < names.length; from += SERIES_AT_ONCE) {
    const segments = names.slice(from, from + SERIES_AT_ONCE).flatMap(([id, points]) => segmentsOf(id, points, yearsOf(points.end)).put);
    await relaxed.table('segments').bulkPut(segments);
  }
  for (let from = 0; from < sync.length; from += ROWS_AT_ONCE) await relaxed.table('sync').bulkPut(sync.slice(from, from + ROWS_AT_ONCE));
  for (const set of unsent) {
    const { header, body, parts } = atOnce(splitChangeSet(set));
    await relaxed.table('changeSets').put(header);
    if (body !== undefined) await relaxed.table('changeBodies').put(body);
    await relaxed.table('changeParts').bulkPut([...parts]);
    await relaxed.table('outbox').put({ seq: set.seq, changeSet: set.id });
  }
  await writeHead(database, head);
}
