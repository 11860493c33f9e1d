import type { Progress } from '#shared/contract/define.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import type { Host } from '../host/host.ts';
import { createHistory, type History } from './history.ts';
import { writeCommit, type Answer, type Commit, type Head } from './commit.ts';
import { openDatabase, type Database } from './database.ts';
import { loadAll } from './load.ts';
import type { SeriesSet } from './series-set.ts';
import { guarded, storageError } from './storage-error.ts';
import type { WorkingSet } from './working-set.ts';

/** The open store: the database and what of it lives in memory. */
export type Store = {
  readonly rows: WorkingSet;
  readonly series: SeriesSet;
  readonly history: History;
  readonly head: () => Head;
  /** The answer that a command got, if it was run before. */
  readonly answerOf: (commandId: string) => Promise<Answer | undefined>;
  /** Writes a commit, then shows it in memory. Throws AppError and changes nothing where it could not be written. */
  readonly commit: (commit: StoreCommit, signal?: AbortSignal, progress?: (progress: Progress) => void) => Promise<void>;
  readonly unsent: () => Promise<number>;
  readonly close: () => void;
};

/** A commit with the series as they are afterwards. */
export type StoreCommit = Commit & { readonly series: ReadonlyMap<string, PackedSeries> };

/** Opens the store of a host. */
export async function openStore(host: Host): Promise<Store> {
  let database: Database;
  try {
    database = await openDatabase(host);
  } catch (thrown) {
    throw storageError(thrown);
  }
  const loaded = await loadAll(database);
  let { head } = loaded;
  const { rows, series } = loaded;
  const history = createHistory(database);
  return {
    rows,
    series,
    history,
    head: () => head,
    answerOf: (commandId) => guarded(() => database.strict.table<Answer, string>('commands').get(commandId)),
    commit: async (commit, signal, progress) => {
      await guarded(() => writeCommit(database, commit, signal, progress));
      // from here on nothing may fail: memory follows what is on disk
      head = commit.head;
      const tables = new Set<TableName>([...commit.puts.keys(), ...commit.removes.keys()]);
      for (const table of tables) rows.table(table).change(commit.puts.get(table) ?? [], commit.removes.get(table) ?? []);
      for (const [id, points] of commit.series) series.set(id, points);
      history.add(commit.set);
    },
    unsent: () => guarded(() => database.relaxed.table('outbox').count()),
    close: database.close,
  };
}
