import { AppError } from '#shared/errors/app-error.ts';
import type { Host } from '../host/host.ts';
import type { Commit } from './commit.ts';

/**
 * A browser whose disk runs full within a large transaction (some megabytes: more than its database keeps in memory until the end)
 * throws the whole database away, not just the transaction; within a small one it refuses it and keeps everything. So before a large
 * commit as much space as it needs is taken by a database that nobody misses, and given back.
 */
const LARGE_BYTES = 512 * 1024;
/** What a commit needs on the disk for each of its bytes: once in the write-ahead log, once in the database, and some room. */
const NEEDED_PER_BYTE = 2.5;
const NEEDED_ALWAYS = 8 * 1024 * 1024;
const PIECE = 1024 * 1024;

const SAMPLE = 20;
const ROW_OVERHEAD = 150;
const REMOVED_ROW = 400;
const SEGMENT_OVERHEAD = 120;
const CHANGE_BYTES = 300;

/** About how many bytes a commit writes. */
export function bytesOf({ puts, removes, segments, set }: Commit): number {
  let bytes = segments.reduce((sum, segment) => sum + segment.bytes.byteLength + SEGMENT_OVERHEAD, 0);
  for (const rows of puts.values()) {
    const step = Math.max(1, Math.floor(rows.length / SAMPLE));
    const sample = rows.filter((_, at) => at % step === 0);
    const mean = sample.reduce((sum, row) => sum + JSON.stringify(row).length, 0) / Math.max(1, sample.length);
    bytes += rows.length * (mean + ROW_OVERHEAD);
  }
  for (const ids of removes.values()) bytes += ids.length * REMOVED_ROW;
  return bytes + set.rows.length * CHANGE_BYTES;
}

/** Refuses (`quota`) a large commit that the disk has no room for, while refusing still costs nothing. */
export async function reserveSpace(host: Host, bytes: number): Promise<void> {
  // on Node the database lives in memory
  if (bytes < LARGE_BYTES || host.kind === 'node') return;
  try {
    await fill(host, bytes * NEEDED_PER_BYTE + NEEDED_ALWAYS);
  } catch {
    throw new AppError('quota', 'There is not enough space on the disk for this. Nothing was changed.', {
      wayOut: 'Free some space on the disk and try again.',
    });
  } finally {
    await dropReserve(host);
  }
}

const nameOf = (host: Host) => `${host.databaseName}-reserve`;

/** Gives back what a reservation left behind when the application was killed within it. */
export function dropReserve(host: Host): Promise<void> {
  return new Promise((resolve) => {
    const request = host.indexedDB.deleteDatabase(nameOf(host));
    request.onsuccess = () => resolve();
    // then it is dropped next time
    request.onerror = () => resolve();
  });
}

async function fill(host: Host, bytes: number): Promise<void> {
  const database = await opened(host);
  try {
    // noise cannot be packed; the same piece again and again is not looked through
    const piece = new Uint8Array(PIECE);
    for (let at = 0; at < PIECE; at += 1) piece[at] = (Math.imul(at + 1, 2_654_435_761) >>> 13) & 255;
    for (let taken = 0; taken < bytes; taken += PIECE) await put(database, piece);
  } finally {
    database.close();
  }
}

function opened(host: Host): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = host.indexedDB.open(nameOf(host), 1);
    request.onupgradeneeded = () => void request.result.createObjectStore('pieces', { autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
}

function put(database: IDBDatabase, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction('pieces', 'readwrite', { durability: 'relaxed' });
    transaction.objectStore('pieces').put(piece);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('not kept'));
  });
}
