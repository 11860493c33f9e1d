/**
 * What the engine needs from outside. Three hosts give it: the worker in Electron's hidden window, the same worker in a
 * plain browser, and Node (in-memory IndexedDB) for the command line, tests and benchmarks.
 */
export type Host = {
  readonly kind: 'electron' | 'browser' | 'node';
  /** The present instant, UTC ISO. Only hosts read clocks. */
  readonly now: () => string;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** Identity of this installation; numbers of records are allotted per device block. */
  readonly deviceId: string;
  readonly databaseName: string;
  readonly indexedDB: IDBFactory;
  readonly keyRange: typeof IDBKeyRange;
  /** Codes, counts and IDs only; never customer text. */
  readonly log: (entry: { readonly event: string; readonly [detail: string]: string | number | boolean }) => void;
  /** Gives other work (messages, rendering) a turn; slices of engine work end with it. */
  readonly yieldTurn: () => Promise<void>;
  /** Starts work later; answers a cancel. */
  readonly later: (milliseconds: number, run: () => void) => () => void;
  /** The second copy outside the database (Electron's main process); absent in the browser and in Node. */
  readonly journal?: Journal;
  readonly estimateStorage?: () => Promise<{ readonly usedBytes: number; readonly freeBytes: number }>;
};

/** On-disk journal of committed change sets and snapshots, kept by Electron's main process (design.md). */
export type Journal = {
  /** Resolves once the entry is on disk. Called after the store has committed and before the command is answered. */
  readonly append: (entry: JournalRecord) => Promise<void>;
  readonly snapshot: (chunks: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Newest snapshot and all entries after it; undefined where none exists. */
  readonly recover: () => Promise<{ readonly snapshot: Uint8Array | undefined; readonly entries: readonly JournalRecord[] } | undefined>;
};
export type JournalRecord = { readonly seq: number; readonly changeSet: Uint8Array };
