import { AppError } from '#shared/errors/app-error.ts';
import type { Host, Journal } from '../host/host.ts';
import { encodeCommit } from './commit-codec.ts';
import type { Commit } from './commit.ts';
import { writeSnapshot, type SnapshotSource } from './snapshot.ts';

/** The journal outside the database, as the store uses it. */
export type SecondCopy = {
  /** Resolves once the commit is in the second copy. Never rejects: the store has it already; `problem` says what is wrong. */
  readonly record: (commit: Commit) => Promise<void>;
  /** Writes the whole state anew, so that what was purged is in no entry before it. Never rejects, as above. */
  readonly renew: () => Promise<void>;
  /** Why the second copy is not up to date, in words; undefined where it is. */
  readonly problem: () => string | undefined;
  readonly stop: () => void;
};

/** After so many entries or bytes the journal is shortened by a snapshot. */
const SNAPSHOT_AFTER_ENTRIES = 2000;
const SNAPSHOT_AFTER_BYTES = 64 * 1024 * 1024;
/** Quiet time before a snapshot that nothing waits for. */
const SNAPSHOT_DELAY_MS = 20_000;

/** A host without a journal has the database alone. */
export const NO_SECOND_COPY: SecondCopy = {
  record: () => Promise.resolve(),
  renew: () => Promise.resolve(),
  problem: () => undefined,
  stop: () => undefined,
};

/**
 * Keeps the journal in step with the store. `behind`: the store has commits that the journal never got; then the next
 * thing written is a snapshot, after which entries follow on again.
 */
export function createSecondCopy(host: Host, journal: Journal, source: () => SnapshotSource, behind: boolean): SecondCopy {
  let isBehind = behind;
  let problem: string | undefined;
  let entries = 0;
  let bytes = 0;
  let cancelTimer: (() => void) | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const attempt = async (event: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      problem = undefined;
    } catch (thrown) {
      const code = thrown instanceof AppError ? thrown.code : 'internal';
      host.log({ event, code });
      isBehind = true;
      problem =
        code === 'quota'
          ? 'The disk is full: your records are saved, but their second copy is not up to date. Free some space.'
          : 'Your records are saved, but their second copy could not be written.';
    }
  };
  const queue = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn;
    return turn;
  };
  const snapshot = () =>
    attempt('snapshot-failed', async () => {
      const from = source();
      await journal.snapshot(from.head.seq, writeSnapshot(from));
      isBehind = false;
      entries = 0;
      bytes = 0;
    });
  const later = () => {
    cancelTimer ??= host.later(SNAPSHOT_DELAY_MS, () => {
      cancelTimer = undefined;
      void queue(snapshot);
    });
  };
  if (behind) later();

  return {
    record: (commit) =>
      queue(async () => {
        // its state is in memory already, so a snapshot has it
        if (isBehind) return snapshot();
        await attempt('journal-failed', async () => {
          const changeSet = encodeCommit(commit);
          await journal.append({ seq: commit.set.seq, changeSet });
          entries += 1;
          bytes += changeSet.byteLength;
        });
        if (isBehind || entries >= SNAPSHOT_AFTER_ENTRIES || bytes >= SNAPSHOT_AFTER_BYTES) later();
      }),
    renew: () => queue(snapshot),
    problem: () => problem,
    stop: () => cancelTimer?.(),
  };
}
