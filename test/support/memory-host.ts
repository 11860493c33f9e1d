// A host for tests: an in-memory IndexedDB, a clock that moves when told to, IDs in order.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { memoryBytes } from '#engine/bytes/memory-bytes.ts';
import { memoryKeys } from '#engine/host/memory-keys.ts';
import { noNet } from './fake-net.ts';
import type { Host } from '#engine/host/host.ts';

export type MemoryHost = Host & { readonly setNow: (instant: string) => void };

let hosts = 0;

/** A host on its own database; `changes` replace parts, for example `indexedDB` of an earlier host to restart on its store. */
export function memoryHost(changes: Partial<Host> = {}): MemoryHost {
  hosts += 1;
  const tag = String(hosts).padStart(4, '0');
  let now = Date.parse('2026-01-05T09:00:00.000Z');
  let ids = 0;
  return {
    kind: 'node',
    // each look at the clock finds it a millisecond later
    now: () => new Date(now++).toISOString(),
    newId: () => {
      ids += 1;
      return `0198aaaa-0000-7000-${tag}-${String(ids).padStart(12, '0')}`;
    },
    deviceId: 'device-one',
    databaseName: 'satchel',
    indexedDB: new IDBFactory(),
    keyRange: IDBKeyRange,
    bytes: memoryBytes(),
    net: noNet,
    keys: memoryKeys(),
    log: () => undefined,
    yieldTurn: () => new Promise((resolve) => void setTimeout(resolve, 0)),
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    setNow: (instant) => {
      now = Date.parse(instant);
    },
    ...changes,
  };
}
