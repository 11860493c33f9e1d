import type { AnyRule } from '#shared/domain/rules/rule.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import { CLOCK_START, readStamp, tick, writeStamp } from '#shared/sync-core/clock.ts';
import type { CommandMeta, Draft, RecordsWriter, RehearsalMeta, Touched, WorkspaceSettings } from '../context.ts';
import type { Host } from '../host/host.ts';
import { inTurns as takeTurns, refuseCancelled } from '../host/in-turns.ts';
import { bareSeries, type ChangeHeader, type ChangeSet, type RowChange } from '../store/change-set.ts';
import type { Store } from '../store/store.ts';
import type { SyncWrites } from '../store/sync-rows.ts';
import { openDraft } from './draft.ts';
import { openDraftCore, type DraftCore } from './draft-core.ts';
import type { OpenFeed } from './feed.ts';
import { applyRules, checkIntegrity, finishRows, finishSeries } from './finish.ts';
import { allotBlock, hashText, openNumbering } from './numbering.ts';
import { createStaleCheck } from './stale-check.ts';

export type WriterParts = {
  readonly host: Host;
  readonly store: Store;
  readonly feed: OpenFeed;
  readonly rules: readonly AnyRule[];
  readonly settings: () => WorkspaceSettings;
  /** Told of every deed before it is written and once it is: what sync has to keep of it. */
  readonly deeds?: Deeds | undefined;
};

export type Deeds = {
  readonly note: (rows: readonly RowChange[], before: (table: TableName, id: string) => AnyRow | undefined) => Noted;
  readonly done: (set: ChangeSet) => void;
};
export type Noted = { readonly rows: readonly RowChange[]; readonly sync?: SyncWrites | undefined };

/** What is brought in from outside as it is, without rules, and what sync keeps with it. */
export type Brought = {
  readonly label: string;
  readonly rows: readonly RowChange[];
  readonly puts: Map<TableName, AnyRow[]>;
  readonly removes: Map<TableName, string[]>;
  /** Series as they are from now on; those that are no longer this device's leave nothing in the history. */
  readonly points?: { readonly after: ReadonlyMap<string, PackedSeries>; readonly forgotten: ReadonlySet<string> } | undefined;
  readonly sync: SyncWrites;
  /** The block in which this device numbers from now on. */
  readonly block?: number | undefined;
  /** Once it is written and shown. */
  readonly shown?: () => void;
};

/** How a change set came about, for undo and redo. */
export type Origin = Pick<ChangeHeader, 'kind' | 'undoable' | 'label'> & { readonly takesBack?: string; readonly partial?: true };

/** The writer with the entrance that undo uses. */
export type OpenWriter = RecordsWriter & {
  /** Resolves once no command is under way. */
  readonly idle: () => Promise<void>;
  /** Long work step by step, with a turn for others in between. */
  readonly turnsOf: (command: RehearsalMeta) => InTurns;
  /** Steps of long work outside a command. */
  readonly turns: InTurns;
  /** Brings something in as one change set of kind `sync`; where no record changes, only what sync keeps is written. `work` sees no other command. */
  readonly bring: (work: (inTurns: InTurns) => Promise<Brought | undefined>) => Promise<void>;
  readonly runBare: <R>(
    command: CommandMeta,
    work: (core: DraftCore, inTurns: InTurns) => Promise<Bare<R>>,
  ) => Promise<{ changeSetId: string; result: R }>;
};
/** Does long work step by step, so that others have a turn in between; a cancel ends it. */
export type InTurns = <R>(steps: Generator<void, R, void>) => Promise<R>;
export type Bare<R> = { readonly result: R; readonly origin: Origin; readonly rules: 'all' | 'checks' };

const NO_SERIES: ReadonlyMap<string, PackedSeries> = new Map();

/** Signs what comes from the central store. */
export const SYNC_ACTOR = 'system:sync';

/** Makes the one way to change anything (design.md, idea 2). */
export function createWriter({ host, store, feed, rules, settings, deeds }: WriterParts): OpenWriter {
  let last: Promise<unknown> = Promise.resolve();
  const stale = createStaleCheck();
  const device = hashText(host.deviceId).toString(36);

  /** One after the other: no command sees half of another. */
  const queue = <R>(work: () => Promise<R>): Promise<R> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const turnsOf =
    (command: RehearsalMeta): InTurns =>
    (steps) =>
      takeTurns(steps, host.yieldTurn, command.signal);

  const begin = (command: RehearsalMeta) => {
    const at = host.now();
    const head = store.head();
    const clock = tick(readStamp(head.stamp) ?? CLOCK_START, Date.parse(at));
    return {
      moment: { actor: command.actor, at },
      stamp: writeStamp(clock, device),
      core: openDraftCore(store),
      numbering: openNumbering(allotBlock(head, host.deviceId), host.deviceId),
    };
  };
  type Begun = ReturnType<typeof begin>;

  /** Rules and integrity: what a command must pass before anything is written. */
  const settle = async (inTurns: InTurns, core: DraftCore, run: { readonly parts: 'all' | 'checks'; readonly puttingBack: boolean }) => {
    const { asOf, ...workspace } = settings();
    await inTurns(applyRules(core, rules, { asOf, settings: workspace }, run));
    await inTurns(checkIntegrity(core));
  };

  const finish = async <R>(command: CommandMeta, begun: Begun, { result, origin, rules: parts }: Bare<R>) => {
    const { core, moment, stamp, numbering } = begun;
    const inTurns = turnsOf(command);
    await settle(inTurns, core, { parts, puttingBack: origin.kind !== 'do' });
    const id = host.newId();
    const { rows: changed, puts, removes } = await inTurns(finishRows(core, { ...moment, stamp }));
    const { rows, sync }: Noted = deeds?.note(changed, (table, id) => core.entryOf(table, id)?.before) ?? { rows: changed };
    const points = await inTurns(finishSeries(core.touchedSeries(), store));
    if (rows.length === 0 && points.changes.length === 0) return { changeSetId: id, result };
    const head = store.head();
    const set: ChangeSet = {
      seq: head.seq + 1,
      id,
      commandId: command.commandId,
      ...moment,
      stamp,
      ...origin,
      rows,
      series: points.changes,
    };
    const answer = { id: command.commandId, seq: set.seq, changeSetId: id, result };
    const nextHead = { ...head, ...numbering.state(), seq: set.seq, stamp };
    // rows of these tables, seen generically
    const before: Touched['before'] = (table, id) => core.entryOf(table, id)?.before as Row | undefined;
    const after: Touched['after'] = (table, id) => core.row(table, id) as Row | undefined;
    const touched = await inTurns(touchedBy(set, { before, after }));
    await store.commit(
      {
        set,
        head: nextHead,
        answer,
        puts,
        removes,
        segments: points.segments,
        emptySegments: points.emptySegments,
        series: points.after,
        sync,
      },
      {
        signal: command.signal,
        progress: command.progress,
        shown: () => {
          deeds?.done(set);
          stale.note(set);
          feed.tell(touched);
        },
      },
    );
    return { changeSetId: id, result };
  };

  const bringIn = async ({ label, rows, puts, removes, points, sync, block, shown }: Brought): Promise<void> => {
    const series = await turnsOf({ actor: SYNC_ACTOR })(finishSeries(points?.after ?? NO_SERIES, store));
    if (rows.length === 0 && series.changes.length === 0 && block === undefined) {
      await store.writeSync(sync);
      return shown?.();
    }
    const { moment, stamp } = begin({ actor: SYNC_ACTOR });
    const id = host.newId();
    const head = store.head();
    const set: ChangeSet = {
      seq: head.seq + 1,
      id,
      commandId: `sync:${id}`,
      ...moment,
      stamp,
      kind: 'sync',
      undoable: false,
      label,
      rows,
      series: series.changes.map((change) => (points?.forgotten.has(change.series) === true ? bareSeries(change) : change)),
    };
    const blocks = block === undefined ? head.blocks : { ...head.blocks, [host.deviceId]: block };
    const was = new Map(rows.map((change) => [`${change.table}/${change.id}`, store.rows.table(change.table).get(change.id)]));
    const is = new Map([...puts].flatMap(([table, list]) => list.map((row): [string, AnyRow] => [`${table}/${row.id}`, row])));
    // rows of these tables, seen generically
    const before: Touched['before'] = (table, of) => was.get(`${table}/${of}`) as Row | undefined;
    const after: Touched['after'] = (table, of) => is.get(`${table}/${of}`) as Row | undefined;
    const touched = await turnsOf({ actor: SYNC_ACTOR })(touchedBy(set, { before, after }));
    await store.commit(
      {
        set,
        head: { ...head, blocks, seq: set.seq, stamp },
        answer: { id: set.commandId, seq: set.seq, changeSetId: id, result: null },
        puts,
        removes,
        segments: series.segments,
        emptySegments: series.emptySegments,
        series: series.after,
        sync,
      },
      {
        signal: undefined,
        progress: undefined,
        shown: () => {
          shown?.();
          stale.note(set);
          feed.tell(touched);
        },
      },
    );
  };

  const once = <R>(command: CommandMeta, work: (begun: Begun) => Promise<Bare<R>>) =>
    queue(async () => {
      refuseCancelled(command.signal);
      const known = await store.answerOf(command.commandId);
      // the caller of a command ID is the one that stored the answer under it
      if (known !== undefined) return { changeSetId: known.changeSetId, result: known.result as R };
      const begun = begin(command);
      const done = await work(begun);
      refuseCancelled(command.signal);
      return finish(command, begun, done);
    });

  return {
    run: (command, work) =>
      once(command, async (begun) => {
        const draft: Draft = openDraft({ ...begun, newId: host.newId, refuseStale: stale.refuse(command.actor) });
        const origin: Origin = { kind: 'do', undoable: command.notUndoable !== true, label: command.label };
        return { result: await work(draft), origin, rules: 'all' };
      }),
    rehearse: async (command, work) => {
      const begun = begin(command);
      const draft = openDraft({ ...begun, newId: host.newId, refuseStale: stale.refuse(command.actor) });
      const result = await work(draft);
      await settle(turnsOf(command), begun.core, { parts: 'all', puttingBack: false });
      return { changes: begun.core.entries().map(begun.core.changeOf), result };
    },
    turnsOf,
    turns: turnsOf({ actor: SYNC_ACTOR }),
    bring: (work) =>
      queue(async () => {
        const command = { actor: SYNC_ACTOR, commandId: '', label: '' };
        const brought = await work(turnsOf(command));
        if (brought !== undefined) await bringIn(brought);
      }),
    idle: async () => void (await last),
    runBare: (command, work) => once(command, ({ core }) => work(core, turnsOf(command))),
  };
}

/** One record a step. */
function* touchedBy(set: ChangeSet, rowsThen: Pick<Touched, 'before' | 'after'>): Generator<void, Touched, void> {
  const rows = new Map<TableName, Set<string>>();
  for (const { table, id } of set.rows) {
    const ids = rows.get(table);
    if (ids === undefined) rows.set(table, new Set([id]));
    else ids.add(id);
    yield;
  }
  const { seq, id: changeSetId, kind } = set;
  return { seq, changeSetId, kind, rows, series: new Set(set.series.map((change) => change.series)), ...rowsThen };
}
