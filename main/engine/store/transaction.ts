import type { Database } from './database.ts';

/** Writes within one transaction. Rows go in batches, so that a large command neither waits for each row nor floods memory. */
export type BatchWriter = {
  /** `batch`: how many at a time, where each is large. */
  readonly put: (store: string, rows: readonly unknown[], batch?: number) => Promise<void>;
  readonly remove: (store: string, keys: readonly IDBValidKey[]) => Promise<void>;
  readonly get: (store: string, key: IDBValidKey) => Promise<unknown>;
};

/** Copying so many rows out of memory takes some milliseconds. */
const BATCH = 400;

function answered(request: IDBRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('refused'));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
}

/** Begins a strict transaction, on a new connection where the browser has closed the old one. */
async function begin({ strict, isClosed }: Database, stores: string[]): Promise<IDBTransaction> {
  const onOpen = () => strict.backendDB().transaction(stores, 'readwrite', { durability: 'strict' });
  if (isClosed()) throw new DOMException('The store was closed', 'InvalidStateError');
  if (strict.isOpen())
    try {
      return onOpen();
    } catch {
      strict.close({ disableAutoOpen: false });
    }
  await strict.open();
  return onOpen();
}

/**
 * Runs `work` in one strict read-write transaction on the connection's bare database: all of it is kept or, when `work` or any write fails,
 * nothing. Bare, because Dexie's bookkeeping per row costs a quarter more, and one place alone writes.
 */
export async function transact(
  database: Database,
  stores: readonly string[],
  onBatch: (rows: number) => void,
  work: (writer: BatchWriter) => Promise<void>,
): Promise<void> {
  const transaction = await begin(database, [...new Set(stores)]);
  const done = completed(transaction);
  // the batch before last must be answered before another one goes in
  let before: Promise<void> = Promise.resolve();
  const inBatches = async <T>(all: readonly T[], ask: (one: T) => IDBRequest, size = BATCH): Promise<void> => {
    for (let from = 0; from < all.length; from += size) {
      const batch = all.slice(from, from + size);
      onBatch(batch.length);
      let last: IDBRequest | undefined;
      for (const one of batch) last = ask(one);
      if (last === undefined) return;
      const now = answered(last);
      // its failure shows in `done` too; nobody waits for the very last one
      now.catch(() => undefined);
      await before;
      before = now;
    }
  };
  const writer: BatchWriter = {
    put: (name, rows, batch) => {
      const store = transaction.objectStore(name);
      return inBatches(rows, (row) => store.put(row), batch);
    },
    remove: (name, keys) => {
      const store = transaction.objectStore(name);
      return inBatches(keys, (key) => store.delete(key));
    },
    get: async (name, key) => {
      const request = transaction.objectStore(name).get(key);
      await answered(request);
      return request.result;
    },
  };
  try {
    await work(writer);
    await before;
  } catch (thrown) {
    abort(transaction);
    // a refused write aborts with its reason (a full disk …), which says more than what it brought down
    await done.catch(() => undefined);
    throw transaction.error ?? thrown;
  }
  await done;
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // it was aborted already
  }
}
