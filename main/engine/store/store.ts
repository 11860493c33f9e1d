import type { Progress } from '#shared/contract/define.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { tableNames, type TableName } from '#shared/model/dictionary.ts';
import type { Host } from '../host/host.ts';
import { inTurns } from '../host/in-turns.ts';
import { splitChangeSet } from './change-parts.ts';
import type { ChangeSet } from './change-set.ts';
import { writeCommit, writeSync, type Answer, type Commit, type Head, type SplitCommit } from './commit.ts';
import { createComputedCache, type ComputedCache } from './computed-cache.ts';
import type { Database } from './database.ts';
import { createHistory, type OpenHistory } from './history.ts';
import type { RecordName } from './purge-history.ts';
import { bytesOf, dropReserve, reserveSpace } from './disk-reserve.ts';
import { createImageKeeper } from './image-keeper.ts';
import { createLifeline, type InMemory } from './lifeline.ts';
import { load } from './load.ts';
import { openOrRecover, recoverAll, type Opened } from './recovery.ts';
import { createSecondCopy, NO_SECOND_COPY } from './second-copy.ts';
import type { SeriesSet } from './series-set.ts';
import { snapshotPieces, type SnapshotPiece, type SnapshotSource } from './snapshot.ts';
import { guarded } from './storage-error.ts';
import { joinWrites, type SyncRows, type SyncWrites } from './sync-rows.ts';
import type { WorkingSet } from './working-set.ts';

/** The open store: the database and what of it lives in memory. */
export type Store = {
  readonly rows: WorkingSet;
  /** Takes record types that were not used since the start apart, with a turn for others in between. */
  readonly bring: (tables: readonly TableName[]) => Promise<void>;
  readonly series: SeriesSet;
  readonly history: OpenHistory;
  readonly computed: ComputedCache;
  readonly head: () => Head;
  /** The answer that a command got, if it was run before. */
  readonly answerOf: (commandId: string) => Promise<Answer | undefined>;
  /** Writes a commit, then shows it in memory. Throws AppError and changes nothing where it could not be written. */
  readonly commit: (commit: StoreCommit, watch: CommitWatch) => Promise<void>;
  readonly unsent: () => Promise<number>;
  /** What was restored when the store was opened, and what ails its second copy, in words. */
  readonly health: () => { readonly recovered: string | undefined; readonly problem: string | undefined };
  readonly sync: SyncRows;
  /** Writes what sync has to know by itself. Only within the writer's queue. */
  readonly writeSync: (writes: SyncWrites) => Promise<void>;
  /** Change sets that the central store does not have, oldest first. */
  readonly outbox: () => Promise<readonly { readonly seq: number }[]>;
  /** Whoever has unsent change sets in memory gives them for the case that the database is lost. */
  readonly holdUnsent: (sets: () => readonly ChangeSet[]) => void;
  /** Takes records that are no longer this device's out of the history, the start-up image and the second copy (S9). */
  readonly purge: (records: readonly RecordName[]) => Promise<void>;
  /** The whole state as of now, for a portfolio file; of sync it says nothing. */
  readonly snapshot: () => { readonly seq: number; readonly pieces: AsyncIterable<SnapshotPiece> };
  /** Makes the start-up image now. */
  readonly makeImage: () => Promise<void>;
  readonly close: () => void;
};

export type CommitWatch = {
  readonly signal: AbortSignal | undefined;
  readonly progress: ((progress: Progress) => void) | undefined;
  /** Called once memory shows the commit; the second copy is still being written. */
  readonly shown: () => void;
};

/** A commit with the series as they are afterwards. */
export type StoreCommit = Commit & { readonly series: ReadonlyMap<string, PackedSeries> };

/** A client asks again within minutes; so many commands are remembered for days. */
const ANSWERS_KEPT = 10_000;
const ANSWERS_TIDIED_EVERY = 500;

/** What will show a commit in memory, worked out beforehand. */
function* prepareRows(rows: WorkingSet, { puts, removes }: Commit): Generator<void, readonly (() => void)[], void> {
  const shows: (() => void)[] = [];
  for (const table of new Set<TableName>([...puts.keys(), ...removes.keys()]))
    shows.push(yield* rows.table(table).prepare(puts.get(table) ?? [], removes.get(table) ?? []));
  return shows;
}

async function forgetAnswers({ relaxed }: Database, before: number): Promise<void> {
  // next time will do as well
  await relaxed
    .table('commands')
    .where('seq')
    .below(before)
    .delete()
    .catch(() => undefined);
}

async function openLoaded(host: Host) {
  const opened = await openOrRecover(host);
  try {
    return { ...opened, ...(await load(opened.database, opened.head.seq, host.yieldTurn)) };
  } catch (thrown) {
    host.log({ event: 'store-unreadable', name: thrown instanceof Error ? thrown.name : 'unknown' });
    const again: Opened = await recoverAll(host, opened.database);
    return { ...again, ...(await load(again.database, again.head.seq, host.yieldTurn)) };
  }
}

/** Opens the store of a host, restoring it from its second copy where it is lost or unreadable. */
export async function openStore(host: Host): Promise<Store> {
  const opened = await openLoaded(host);
  const { database, rows, series, sync, recovered, journalBehind } = opened;
  /** What was written about sync since the last commit: it goes into the second copy with the next one, so that each entry there stands by itself. */
  let alone: SyncWrites | undefined;
  let unsentSets: () => readonly ChangeSet[] = () => [];
  let { head } = opened;
  host.log({ event: 'store-opened', seq: head.seq, from: opened.from, recovered: recovered !== undefined });
  const history = createHistory(database);
  const image = createImageKeeper(host, database, rows, series, () => head.seq);
  const inMemory = (): InMemory => ({
    head,
    rows: new Map(tableNames.map((name) => [name, [...rows.table(name).all()]])),
    series: new Map(series.all()),
    sync: sync.all(),
    unsent: unsentSets(),
  });
  const snapshotSource = (): SnapshotSource => ({ ...inMemory(), database, yieldTurn: host.yieldTurn });
  const lifeline = createLifeline(host, database, inMemory, history.reset);
  await dropReserve(host);
  const secondCopy = host.journal === undefined ? NO_SECOND_COPY : createSecondCopy(host, host.journal, snapshotSource, journalBehind);
  if (opened.from === 'rows' && head.seq > 0) image.changed(head.seq);

  const write = async (commit: SplitCommit, { signal, progress }: CommitWatch): Promise<void> => {
    const attempt = () => guarded(() => writeCommit(database, commit, head, signal, progress));
    try {
      await attempt();
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'cancelled') throw thrown;
      const outcome = await lifeline.afterFailure(commit.head);
      if (outcome === 'kept') return;
      // a full disk is still full; whatever else befell the database is over now
      const again = outcome === 'put back' && thrown instanceof AppError && thrown.code !== 'quota';
      if (!again) throw thrown;
      await attempt();
    }
  };

  const brought = new Map<TableName, Promise<void>>();
  const bringOne = (table: TableName): Promise<void> => {
    const known = brought.get(table) ?? inTurns(rows.table(table).bring(), host.yieldTurn);
    brought.set(table, known);
    return known;
  };

  return {
    rows,
    bring: async (tables) => {
      for (const table of tables) await bringOne(table);
    },
    series,
    history,
    computed: createComputedCache(
      database,
      () => head.seq,
      () => host.log({ event: 'computed-cache-failed' }),
    ),
    head: () => head,
    answerOf: async (commandId) => {
      await lifeline.ready();
      const ask = () => guarded(() => database.strict.table<Answer, string>('commands').get(commandId));
      try {
        return await ask();
      } catch (thrown) {
        if ((await lifeline.afterFailure()) !== 'put back') throw thrown;
        return ask();
      }
    },
    commit: async (given, watch) => {
      const commit = alone === undefined ? given : { ...given, sync: joinWrites(alone, given.sync ?? {}) };
      await lifeline.ready();
      await reserveSpace(host, bytesOf(commit));
      const stepwise = <R>(steps: Generator<void, R, void>) => inTurns(steps, host.yieldTurn, watch.signal);
      const shows = await stepwise(prepareRows(rows, commit));
      const stored = await stepwise(splitChangeSet(commit.set));
      await write({ ...commit, stored }, watch);
      // from here on nothing may fail: memory follows what is on disk, all of it in one turn
      head = commit.head;
      alone = undefined;
      for (const show of shows) show();
      for (const [id, points] of commit.series) series.set(id, points);
      if (commit.sync !== undefined) sync.show(commit.sync);
      history.add(commit.set);
      image.changed(commit.set.rows.length + commit.set.series.length);
      watch.shown();
      if (head.seq % ANSWERS_TIDIED_EVERY === 0) void forgetAnswers(database, head.seq - ANSWERS_KEPT);
      await secondCopy.record(commit);
    },
    sync,
    writeSync: async (writes) => {
      await lifeline.ready();
      await guarded(() => writeSync(database, writes));
      sync.show(writes);
      alone = alone === undefined ? writes : joinWrites(alone, writes);
    },
    outbox: () => guarded(() => database.relaxed.table<{ readonly seq: number }>('outbox').toArray()),
    holdUnsent: (sets) => {
      unsentSets = sets;
    },
    purge: async (records) => {
      const unsent = new Set(unsentSets().map(({ seq }) => seq));
      await history.purge(records, (seq) => unsent.has(seq), host.yieldTurn);
      image.changed(records.length);
      await image.make();
      await secondCopy.renew();
    },
    unsent: () => guarded(() => database.relaxed.table('outbox').count()),
    health: () => ({ recovered: lifeline.recovered() ?? recovered, problem: lifeline.problem() ?? secondCopy.problem() }),
    makeImage: image.make,
    snapshot: () => ({ seq: head.seq, pieces: snapshotPieces({ ...snapshotSource(), sync: [] }) }),
    close: () => {
      image.stop();
      lifeline.stop();
      secondCopy.stop();
      database.close();
    },
  };
}
