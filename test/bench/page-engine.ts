// The built engine in its worker, with a client, in the page of a bench.
import { createClient, type EngineClient } from '#shared/contract/client/client.ts';
import { fromDomPort } from '#shared/contract/port.ts';
import type { WorkerMessage } from '#shared/contract/port-protocol.ts';

export type PageEngine = { readonly client: EngineClient; readonly close: () => void };

/** Starts the engine of the built application on a store of its own. */
export function startPageEngine(origin: string, databaseName: string, script = 'engine/worker.js'): PageEngine {
  const worker = new Worker(`${origin}${script}`, { type: 'module' });
  const say = (message: WorkerMessage, ports: MessagePort[] = []) => worker.postMessage(message, ports);
  const client = createClient({
    newId: () => crypto.randomUUID(),
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const { port1, port2 } = new MessageChannel();
  say({ t: 'start', databaseName, host: 'browser', deviceId: 'bench', storeExpected: false });
  say({ t: 'port' }, [port2]);
  client.attach(fromDomPort(port1));
  return {
    client,
    close: () => {
      client.close();
      worker.terminate();
    },
  };
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}

/** Writes values as bare IndexedDB does, in one strict transaction: what no store can do without. */
export async function rawPuts(name: string, values: readonly unknown[]): Promise<void> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
  const database = await asked(opening);
  const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore('rows');
  for (const value of values) store.put(value);
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
  database.close();
}
