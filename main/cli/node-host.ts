import { randomFillSync } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { memoryBytes } from '#engine/bytes/memory-bytes.ts';
import type { Host } from '#engine/host/host.ts';
import { uuidMaker } from '#shared/util/uuid.ts';

export type NodeHostOptions = {
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly clock?: () => number;
  readonly deviceId?: string;
  readonly databaseName?: string;
  /** A store to open again, as after a restart; by default a new one. */
  readonly indexedDB?: IDBFactory;
  readonly log?: Host['log'];
  /** What a store is restored from, for example a portfolio file. */
  readonly journal?: Host['journal'];
};

/** The host on Node: IndexedDB in memory, gone with the process. For the command line, tests and benches. */
export function createNodeHost({ clock = Date.now, ...options }: NodeHostOptions = {}): Host {
  return {
    kind: 'node',
    now: () => new Date(clock()).toISOString(),
    newId: uuidMaker(clock, (bytes) => void randomFillSync(bytes)),
    deviceId: options.deviceId ?? 'node',
    databaseName: options.databaseName ?? 'satchel',
    indexedDB: options.indexedDB ?? new IDBFactory(),
    keyRange: IDBKeyRange,
    bytes: memoryBytes(),
    ...(options.journal && { journal: options.journal }),
    log: options.log ?? (() => undefined),
    yieldTurn: () => new Promise((resolve) => setImmediate(resolve)),
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      // what only waits does not keep the command line from ending
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
