import { AppError } from '#shared/errors/app-error.ts';
import type { Host, JournalRecovery } from '../host/host.ts';
import { atOnce } from '../host/in-turns.ts';
import { splitChangeSet } from './change-parts.ts';
import { decodeCommit } from './commit-codec.ts';
import { NEW_HEAD, writeCommit, writeHead, type Commit, type Head } from './commit.ts';
import { deleteDatabase, openDatabase, type Database } from './database.ts';
import { restoreSnapshot, TornSnapshot } from './snapshot.ts';
import { storageError } from './storage-error.ts';

/** A database that can be worked with, and how it came to be so. */
export type Opened = {
  readonly database: Database;
  readonly head: Head;
  /** What was restored, in words; undefined where nothing was lost. */
  readonly recovered: string | undefined;
  /** The journal lacks commits that the store has. */
  readonly journalBehind: boolean;
};

type Found = { readonly database: Database; readonly head: Head | undefined };

/** The name of an error; IndexedDB's are no instances of Error everywhere. */
function nameOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown ? String(thrown.name) : 'unknown';
}

async function find(host: Host): Promise<Found | undefined> {
  let database: Database;
  try {
    database = await openDatabase(host);
  } catch (thrown) {
    // a newer version's store is whole, but not ours to read
    if (nameOf(thrown) === 'VersionError') throw storageError(thrown);
    host.log({ event: 'store-unreadable', name: nameOf(thrown) });
    return undefined;
  }
  try {
    return { database, head: await database.relaxed.table<Head, string>('meta').get('head') };
  } catch (thrown) {
    host.log({ event: 'store-unreadable', name: nameOf(thrown) });
    database.close();
    return undefined;
  }
}

/**
 * Opens the database. A store that is expected but empty or unreadable is never taken for a first start: it is restored from the
 * second copy (design.md, Store). So is what the second copy has beyond the store.
 */
export async function openOrRecover(host: Host): Promise<Opened> {
  const found = await find(host);
  const journalSeq = await journalEnd(host);
  if (found?.head !== undefined && found.head.seq >= journalSeq)
    return { database: found.database, head: found.head, recovered: undefined, journalBehind: found.head.seq > journalSeq };
  if (found !== undefined && found.head === undefined && journalSeq === 0 && host.storeExpected !== true) {
    await writeHead(found.database, NEW_HEAD);
    return { database: found.database, head: NEW_HEAD, recovered: undefined, journalBehind: false };
  }
  return recover(host, found);
}

/** Restores everything from the second copy; for a store whose content turned out to be unreadable. */
export async function recoverAll(host: Host, database: Database): Promise<Opened> {
  return recover(host, { database, head: undefined });
}

async function journalEnd(host: Host): Promise<number> {
  if (host.journal === undefined) return 0;
  return host.journal.lastSeq();
}

async function recover(host: Host, found: Found | undefined): Promise<Opened> {
  const recovery = await host.journal?.recover();
  if (recovery === undefined) {
    found?.database.close();
    throw lost();
  }
  const commits = decodeAll(recovery);
  const have = found?.head?.seq ?? 0;
  // only the last commits are missing: they follow on what is there
  if (found?.head !== undefined && have >= recovery.snapshotSeq) {
    const missing = commits.filter((commit) => commit.set.seq > have);
    const head = await replay(found.database, missing, found.head);
    return opened(
      found.database,
      head,
      `${missing.length} of the last changes were missing and were restored from the second copy.`,
      recovery,
    );
  }
  const database = found?.database ?? (await emptied(host));
  try {
    const head = await restoreInto(database, recovery);
    return opened(database, head, 'The records on this computer could not be read and were restored from their second copy.', recovery);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Begins anew where the old database cannot even be opened. */
async function emptied(host: Host): Promise<Database> {
  await deleteDatabase(host);
  return openDatabase(host);
}

/** Replaces everything in a database by what the second copy has; answers where it stands then. */
export async function restoreInto(database: Database, recovery: JournalRecovery): Promise<Head> {
  const commits = decodeAll(recovery);
  try {
    await database.empty();
    const base = recovery.snapshot === undefined ? NEW_HEAD : await restoreSnapshot(database, recovery.snapshot);
    const later = commits.filter((commit) => commit.set.seq > base.seq);
    const head = await replay(database, later, base);
    await writeHead(database, head);
    return head;
  } catch (thrown) {
    if (thrown instanceof TornSnapshot)
      throw new AppError('storage', `The second copy of your records is damaged too (${thrown.message}). Restore a backup.`);
    throw storageError(thrown);
  }
}

function opened(database: Database, head: Head, words: string, { note }: JournalRecovery): Opened {
  return { database, head, recovered: note === undefined ? words : `${words} ${note}`, journalBehind: false };
}

function decodeAll(recovery: JournalRecovery): Commit[] {
  return recovery.entries.map((entry) => {
    const commit = decodeCommit(entry.changeSet);
    if (commit === undefined)
      throw new AppError('storage', `Change ${entry.seq} of the second copy is damaged, so the records cannot be restored from it.`);
    return commit;
  });
}

/** Does commits again, in order; the head is written with each, so that only the first must follow on what is there. */
async function replay(database: Database, commits: readonly Commit[], from: Head): Promise<Head> {
  let head = from;
  for (const commit of commits) {
    if (commit.set.seq !== head.seq + 1)
      throw new AppError('storage', `Change ${head.seq + 1} is missing from the second copy, so the records cannot be restored from it.`);
    await writeCommit(database, { ...commit, stored: atOnce(splitChangeSet(commit.set)) });
    head = commit.head;
  }
  return head;
}

function lost(): AppError {
  return new AppError(
    'storage',
    'Your records are missing from this computer or cannot be read, and there is no second copy to restore them from. Nothing was overwritten.',
    { wayOut: 'Restore a backup, or start with a new portfolio.' },
  );
}
