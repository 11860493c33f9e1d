import type { MailGate } from '#shared/contract/mail-gate.ts';
import type { ReminderMessage } from '#shared/contract/reminder-protocol.ts';
import type { KeyStore, Net } from '#shared/contract/net.ts';
import type { AppError } from '#shared/errors/app-error.ts';

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
  /** The profile says that a store existed here: one that turns up empty is data loss, never a first start. */
  readonly storeExpected?: boolean;
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
  /** Where the bytes of attachments lie (ADR on attachments): files of main's in Electron, the origin's private files in a browser, memory on Node. */
  readonly bytes: ByteStore;
  /** Shows a reminder, unless it was shown; absent where pages do it themselves. */
  readonly remind?: (reminder: ReminderMessage) => Promise<void>;
  /** The way to the central store. */
  readonly net: Net;
  /** Where secrets lie: never in the store, never in clear on a disk. */
  readonly keys: KeyStore;
  /** How mails leave; absent in a browser, which has no way to a mail server. */
  readonly mail?: MailGate;
  /** Ends this engine and starts another one; absent where whoever opened it does so. */
  readonly restart?: (why: AppError) => void;
  /** `persisted` false: the browser may clear the store when it runs short of space (`volatile`). */
  readonly estimateStorage?: () => Promise<{ readonly usedBytes: number; readonly freeBytes: number; readonly persisted: boolean }>;
};

/**
 * On-disk journal of committed change sets and snapshots, kept by Electron's main process (design.md, Store). Entries are
 * numbered without gaps. At start the engine compares `lastSeq` with its store's newest change set: what the store has
 * beyond it is appended (or a snapshot taken); what the journal has beyond the store was lost there, and is recovered.
 */
export type Journal = {
  /** Number of the newest entry or snapshot on disk; 0 where there is none. */
  readonly lastSeq: () => Promise<number>;
  /**
   * Resolves once the entry is on disk. Called after the store has committed and before the command is answered. Rejects with
   * `quota` where the disk is full, and with `conflict` where `seq` does not follow `lastSeq` (the newest entry may be sent again).
   */
  readonly append: (entry: JournalRecord) => Promise<void>;
  /** Writes the state after change set `seq`; may be newer than the newest entry, which then continues after it. */
  readonly snapshot: (seq: number, chunks: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Newest intact snapshot and all entries after it; undefined where there is neither. Rejects with `storage`, naming the damage. */
  readonly recover: () => Promise<JournalRecovery | undefined>;
  /** Removes all of it, and whatever else is kept beside it of the workspace, for good (S15); then it is as on a first start. */
  readonly erase: () => Promise<void>;
};
export type JournalRecord = { readonly seq: number; readonly changeSet: Uint8Array };
export type JournalRecovery = {
  readonly snapshot: Uint8Array | undefined;
  /** The state that the snapshot holds; 0 without one. */
  readonly snapshotSeq: number;
  readonly entries: readonly JournalRecord[];
  /** What was found damaged and tolerated, in words for the user. */
  readonly note?: string;
};

/** Bytes that are found by what they are: their SHA-256 (`spec/sync.md` S16). The same content lies there once. */
export type ByteStore = {
  /** Begins to take bytes in. What is neither kept nor dropped is gone at the next start. Rejects with `quota` or `storage`. */
  readonly begin: () => Promise<IncomingBytes>;
  /** At most `length` bytes from an offset. Rejects with `not-found` where they are not here. */
  readonly read: (sha256: string, from: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** Size in bytes; undefined where they are not here. */
  readonly size: (sha256: string) => Promise<number | undefined>;
  readonly list: () => Promise<readonly string[]>;
  readonly remove: (sha256: string) => Promise<void>;
};
export type IncomingBytes = {
  /** Adds a part of some hundred kilobytes. Rejects with `quota` where there is no room. */
  readonly write: (part: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Resolves once they are on the disk under their digest. */
  readonly keep: () => Promise<KeptBytes>;
  readonly drop: () => Promise<void>;
};
export type KeptBytes = { readonly sha256: string; readonly size: number };
