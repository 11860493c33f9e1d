import type { MailGate } from '#shared/contract/mail-gate.ts';
import type { KeyStore, Net } from '#shared/contract/net.ts';
import type { WorkerMessage, WorkerReport } from '#shared/contract/port-protocol.ts';
import { uuidMaker } from '#shared/util/uuid.ts';
import { privateFiles } from '../bytes/private-files.ts';
import { browserKeys } from './browser-keys.ts';
import { fetchNet } from './fetch-net.ts';
import type { ByteStore, Host, Journal } from './host.ts';

type Start = Extract<WorkerMessage, { t: 'start' }>;

/** A turn of the event loop that is not held back as timers are: a message to oneself. */
function createYield(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(0);
    });
}

function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

async function estimateStorage(): Promise<{ usedBytes: number; freeBytes: number; persisted: boolean }> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { usedBytes: usage, freeBytes: Math.max(0, quota - usage), persisted: await navigator.storage.persisted() };
}

/** What Electron's main process keeps for the engine, outside Chromium's folder. */
export type KeptByMain = {
  readonly journal: Journal;
  readonly bytes: ByteStore;
  readonly net: Net;
  readonly keys: KeyStore;
  readonly mail: MailGate;
  readonly remind: NonNullable<Host['remind']>;
};

/** The host inside a dedicated worker, in Electron's hidden page (`kept` by main) and in a plain browser alike. */
export function createWorkerHost(start: Start, kept: KeptByMain | undefined, report: (report: WorkerReport) => void): Host {
  const newId = uuidMaker(Date.now, (bytes) => void crypto.getRandomValues(bytes));
  return {
    kind: start.host,
    now: () => new Date().toISOString(),
    newId,
    deviceId: start.deviceId,
    databaseName: start.databaseName,
    storeExpected: start.storeExpected,
    indexedDB,
    keyRange: IDBKeyRange,
    log: (entry) => report({ t: 'log', entry }),
    yieldTurn: createYield(),
    later,
    ...(kept === undefined ? {} : { journal: kept.journal, mail: kept.mail, remind: kept.remind }),
    bytes: kept?.bytes ?? privateFiles(start.databaseName, newId),
    net: kept?.net ?? fetchNet(later),
    keys: kept?.keys ?? browserKeys(indexedDB, start.databaseName),
    estimateStorage,
  };
}
