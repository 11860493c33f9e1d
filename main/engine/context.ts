import type { NewValues, Patch, Row, TableName } from '#shared/model/dictionary.ts';
import type { Settings } from '#shared/model/settings.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import type { Progress } from '#shared/contract/define.ts';
import type { OperationName, Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Host } from './host/host.ts';
import type { ComputedCache } from './store/computed-cache.ts';
import type { Obstacle, Telling } from './records/obstacles.ts';
import type { ChangeHeader, ChangeSet, RowChange } from './store/change-set.ts';
import type { History } from './store/history.ts';

/** What every handler and job of the engine works with. */
export type EngineContext = {
  /**
   * The engine without limits, itself where this is it: for what is computed once for everyone (figures, indexes). Handlers are called
   * with a context limited to their caller; nothing of `whole` may be answered that `view` does not show.
   */
  readonly whole: EngineContext;
  readonly host: Host;
  /** Committed records, in memory; of these what the caller may see. */
  readonly view: ReadView;
  /**
   * Takes what of these record types (by default: all but series) lies packed since the start apart, with a turn for others in between.
   * Nobody has to wait for it: what is read before is taken apart at once.
   */
  readonly ready: (tables?: readonly TableName[]) => Promise<void>;
  /** Committed data points, in memory, packed. */
  readonly series: SeriesView;
  readonly records: RecordsWriter;
  readonly undo: Undo;
  readonly history: History;
  readonly computed: ComputedCache;
  readonly storage: () => StorageState;
  readonly feed: ChangeFeed;
  readonly settings: () => WorkspaceSettings;
  /** Derived fields that only the engine knows (computed health …), beside those of `shared/domain/derived`. */
  readonly derivedFields: DerivedRegistry;
};

/** Areas add the derived fields that they compute when the engine opens; lists, conditions and records then have them. */
export type DerivedRegistry = {
  readonly add: (tables: DerivedTables) => void;
  readonly all: () => DerivedTables;
};

/** How the store is. */
export type StorageState = {
  /** What was restored when it was opened, in words; undefined where nothing was lost. */
  readonly recovered: string | undefined;
  /** What ails the second copy, in words. */
  readonly problem: string | undefined;
  /** Change sets that the central store has not acknowledged. */
  readonly unsent: () => Promise<number>;
};

export type WorkspaceSettings = Omit<Settings, 'asOf'> & {
  /** The day that counts as today: the setting, else the host's day in the workspace's time zone. */
  readonly asOf: string;
  readonly asOfSet: boolean;
};

export type SeriesView = {
  /** The `dataPointSeries` record's points, sorted by end day. */
  readonly points: (seriesId: string) => PackedSeries | undefined;
};

/** The one way to change anything: one call = one transaction = one change set (design.md, idea 2). */
export type RecordsWriter = {
  /**
   * Runs `work` against a view with its own changes on top; then rules, numbering, audit, outbox and dirty marks, one strict
   * IndexedDB transaction, journal, change feed. Throws AppError and leaves nothing behind when refused. Calls queue up.
   */
  readonly run: <R>(
    command: CommandMeta,
    work: (draft: Draft) => R | Promise<R>,
  ) => Promise<{ readonly changeSetId: string; readonly result: R }>;
  /**
   * As `run`, up to the point of writing: rules and all, but nothing is kept. Answers everything that would change, with what
   * rules do as a consequence. Throws what `run` would throw. Does not queue up.
   */
  readonly rehearse: <R>(
    command: RehearsalMeta,
    work: (draft: Draft) => R | Promise<R>,
  ) => Promise<{ readonly changes: readonly Change[]; readonly result: R }>;
};

export type RehearsalMeta = Pick<CommandMeta, 'actor' | 'signal'>;

export type CommandMeta = {
  /** The client's command ID: a second run with the same ID answers with the first one's change set. */
  readonly commandId: string;
  /** User ID, or `system:` plus the job's name. */
  readonly actor: string;
  /** What was done, in words for undo and the activity stream, e.g. `Import of accounts.csv`. */
  readonly label: string;
  /** Derived or job-made changes that a person cannot undo. */
  readonly notUndoable?: boolean;
  readonly progress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
};

export type UndoMeta = Omit<CommandMeta, 'label' | 'notUndoable'> & {
  /** Throws where the person may not take this back (or do it again) any more. */
  readonly allow?: (set: ChangeSet) => void;
  /** Take back what can be taken back, where others have changed some of it since. */
  readonly rest?: boolean | undefined;
};
/** `left`: parts that were left as they are because of what has happened to them since. */
export type UndoDone = { readonly changeSetId: string; readonly label: string; readonly left: number };
/** A person's command that can be taken back, or done again. `began`: the command; `current`: what it is now, after undo and redo. */
export type UndoStep = {
  readonly id: string;
  readonly began: ChangeHeader;
  readonly current: ChangeHeader;
  /** The first record that it changed, where these are not many. */
  readonly first: RowChange | undefined;
  readonly state: 'done' | 'undone';
};
/** What taking a step back would meet. */
export type UndoLook = {
  readonly set: ChangeSet;
  readonly obstacles: readonly Obstacle[];
  /** Nothing of it is left to be taken back. */
  readonly isNothing: boolean;
  readonly telling: Telling;
};
/** Undo and redo, per person, over the change sets: they outlive a restart. */
export type Undo = {
  /** Takes back one change set, by default the person's latest. Throws `conflict` naming record, field, who and when where others changed it since. */
  readonly undo: (by: UndoMeta, changeSetId?: string) => Promise<UndoDone>;
  /** Does again what was taken back, by default last. */
  readonly redo: (by: UndoMeta, changeSetId?: string) => Promise<UndoDone>;
  /** What the next undo and redo would be, in words. */
  readonly next: (actor: string) => Promise<{ readonly undo: string | undefined; readonly redo: string | undefined }>;
  /** The person's last hundred commands that can be taken back or done again, newest first. */
  readonly steps: (actor: string) => Promise<readonly UndoStep[]>;
  /** Tries a step without doing it. */
  readonly look: (by: UndoMeta, id: string) => Promise<UndoLook>;
};

export type Draft = {
  readonly view: ReadView;
  /** Fills defaults, validates, numbers; answers the new record's ID. */
  readonly create: <T extends TableName>(table: T, values: NewValues<T>, options?: { readonly id?: string }) => string;
  readonly update: <T extends TableName>(
    table: T,
    id: string,
    patch: Patch<T>,
    options?: { readonly baseRev?: number | undefined },
  ) => void;
  readonly close: (table: TableName, id: string, closureCode: string, closeNotes: string) => void;
  readonly cancel: (table: TableName, id: string, closeNotes: string) => void;
  readonly reopen: (table: TableName, id: string) => void;
  /** Deletes the record and what it owns (`ownedBy`). */
  readonly remove: (table: TableName, id: string) => void;
  /** Replaces points with the same end day and adds the others; undo restores what was there. */
  readonly putPoints: (seriesId: string, points: PackedSeries) => void;
  /** Takes the points of these end days (days since 1970-01-01) away. */
  readonly removePoints: (seriesId: string, ends: readonly number[]) => void;
  /** Rule-set fields that people cannot write (readOnly), for rules, analyser and the publication of definitions. */
  readonly setSystemFields: (table: TableName, id: string, set: Readonly<Record<string, unknown>>) => void;
};

export type Touched = {
  readonly seq: number;
  readonly changeSetId: string;
  /** Per table: IDs created, changed or deleted. */
  readonly rows: ReadonlyMap<TableName, ReadonlySet<string>>;
  /** Series whose points changed. */
  readonly series: ReadonlySet<string>;
  /** What was done, or taken back, or done again. */
  readonly kind: ChangeHeader['kind'];
  /** Rows before the change (created ones absent), so that dependents of an old reference are found too. */
  readonly before: (table: TableName, id: string) => Row | undefined;
  /** Rows as the commit left them, whatever has come after it; deleted ones absent. */
  readonly after: (table: TableName, id: string) => Row | undefined;
};

/** Tells committed changes to live queries and to the recomputation. `derived` is announced when computed figures changed. */
export type ChangeFeed = {
  readonly subscribe: (listener: (touched: Touched) => void) => () => void;
  readonly announceDerived: (topics: ReadonlySet<string>) => void;
  readonly onDerived: (listener: (topics: ReadonlySet<string>) => void) => () => void;
};

/** What a handler gets beside its input. `reads` declares tables and derived topics for live queries (design.md, idea 6). */
export type Call = {
  readonly commandId: string;
  readonly actor: string;
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
};

export type Handler<N extends OperationName> = (context: EngineContext, input: Parsed<N>, call: Call) => Output<N> | Promise<Output<N>>;
/** Tables (and derived topics such as `derived:health`) a live query depends on; by default everything. */
export type Reads = readonly (TableName | `derived:${string}`)[];
export type Handlers<N extends OperationName> = { readonly [K in N]: Handler<K> };
/** The same by operation; a function where it depends on what is asked. */
export type ReadsOf<N extends OperationName> = { readonly [K in N]?: Reads | ((input: Parsed<K>) => Reads) };
