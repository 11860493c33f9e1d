import { z } from 'zod';
import type { Host } from '../host/host.ts';

/*
 * What a device knows of its own erasing (S15). It lies in a database of its own, beside the one that goes: it is there before anything is erased,
 * says after a kill that erasing goes on, and in the end who asked for it. No secret is in it.
 */
const markSchema = z.object({
  /** The tie on whose behalf it was asked for. */
  server: z.string(),
  tenant: z.string(),
  login: z.string(),
  /** When the organisation asked. */
  asked: z.string(),
  /** `ordered`: the store is to go; `erased`: it has gone; `all`: so has what pages keep by themselves. */
  phase: z.enum(['ordered', 'erased', 'all']),
});
export type Mark = z.infer<typeof markSchema>;

type Place = Pick<Host, 'indexedDB' | 'databaseName'>;

const STORE = 'mark';
const KEY = 'erasing';
const nameOf = ({ databaseName }: Place): string => `${databaseName}-erasing`;

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

async function within<T>(place: Place, work: (database: IDBDatabase) => Promise<T>): Promise<T> {
  const opening = place.indexedDB.open(nameOf(place), 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
  const database = await asked(opening);
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** The mark; undefined where nobody has asked for erasing, or it is over and was read. Rejects where it cannot be read: then nothing is to be shown. */
export async function readMark(place: Place): Promise<Mark | undefined> {
  const known = await place.indexedDB.databases();
  if (!known.some(({ name }) => name === nameOf(place))) return undefined;
  const value: unknown = await within(place, (database) => asked(database.transaction(STORE).objectStore(STORE).get(KEY)));
  // made by a start that was killed before it wrote anything
  return value === undefined ? undefined : markSchema.parse(value);
}

/** Resolves once the mark is on the disk. */
export function writeMark(place: Place, mark: Mark): Promise<void> {
  return within(place, (database) => {
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    transaction.objectStore(STORE).put(mark, KEY);
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB failed'));
    });
  });
}

/** The person has read it. */
export async function dropMark(place: Place): Promise<void> {
  await asked(place.indexedDB.deleteDatabase(nameOf(place)));
}
