import type { IDBFactory } from 'fake-indexeddb';

/* What of fake-indexeddb's inside is needed to end a database as a killed process does. */
type RawTransaction = { _state: string; _requests: unknown[]; _rollbackLog: (() => void)[] };
type RawConnection = { _closed: boolean; _closePending: boolean };
type RawDatabase = { transactions: RawTransaction[]; connections: RawConnection[] };

/**
 * Ends every connection to an in-memory IndexedDB as a killed process does: what was not committed is undone, nobody is told, and whoever still holds on to it can
 * write nothing more.
 */
export function cutDatabase(factory: IDBFactory): void {
  const { _databases: databases } = factory as unknown as { readonly _databases: ReadonlyMap<string, RawDatabase> };
  for (const database of databases.values()) {
    for (const transaction of database.transactions) {
      if (transaction._state === 'finished') continue;
      for (const undo of transaction._rollbackLog.splice(0).toReversed()) undo();
      transaction._requests = [];
      transaction._state = 'finished';
    }
    database.transactions = [];
    for (const connection of database.connections) {
      connection._closed = true;
      connection._closePending = true;
    }
    database.connections = [];
  }
}
