import { randomFillSync } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { memoryBytes } from '#engine/bytes/memory-bytes.ts';
import { fetchNet } from '#engine/host/fetch-net.ts';
import type { Host } from '#engine/host/host.ts';
import { memoryKeys } from '#engine/host/memory-keys.ts';
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
  /** The way to the central store; by default the network. */
  readonly net?: Host['net'];
  /** Where secrets lie; by default in memory. */
  readonly keys?: Host['keys'];
  /** How mails leave; by default they do not. */
  readonly mail?: Host['mail'];
};

function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  // what only waits does not keep the command line from ending
  timer.unref();
  return () => clearTimeout(timer);
}

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
    net: options.net ?? fetchNet(later),
    keys: options.keys ?? memoryKeys(),
    ...(options.journal && { journal: options.journal }),
    ...(options.mail && { mail: options.mail }),
    log: options.log ?? (() => undefined),
    yieldTurn: () => new Promise((resolve) => setImmediate(resolve)),
    later,
  };
}
