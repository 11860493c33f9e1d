// The engine's worker as shipped, over a store and handlers of a test: it keeps in IndexedDB which commands were begun and done.
import { runWorker } from '#engine/rpc/worker-shell.ts';
import type { EngineContext, Handlers } from '#engine/context.ts';
import { engineContract, type OperationName } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';

const request = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('IndexedDB failed'));
  });

const opening = indexedDB.open('tabs');
opening.onupgradeneeded = () => {
  opening.result.createObjectStore('log', { autoIncrement: true });
};
const database = request(opening);

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB failed'));
  });

async function note(entry: string): Promise<void> {
  const transaction = (await database).transaction('log', 'readwrite', { durability: 'strict' });
  transaction.objectStore('log').add(entry);
  await committed(transaction);
}

async function entries(): Promise<string[]> {
  const transaction = (await database).transaction('log');
  // only `note` writes there
  return (await request(transaction.objectStore('log').getAll())) as string[];
}

const listeners = new Set<(touched: Parameters<Parameters<EngineContext['feed']['subscribe']>[0]>[0]) => void>();
let changes = 0;
function announce(): void {
  changes += 1;
  const touched = {
    seq: changes,
    changeSetId: `c${changes}`,
    rows: new Map(),
    series: new Set<string>(),
    before: () => undefined,
    after: () => undefined,
    kind: 'do' as const,
  };
  for (const listener of listeners) listener(touched);
}

const refuse = (): never => {
  throw new AppError('internal', 'no handler in this test');
};

/** Tells that it begins, past the engine, and never ends. */
function spin(): never {
  new BroadcastChannel('tabs-test').postMessage('spinning');
  for (;;);
}

const handlers: Partial<Handlers<OperationName>> = {
  'records.undoable': async () => ({ undo: (await entries()).join(' ') }),
  /** `name: hold` does not end in the first engine that has it; `name: spin` never lets that one go. */
  'records.create': async (_context, { values }, { commandId }) => {
    const name = String(values['name']);
    const done = await entries();
    if (!done.includes(`done:${name}`)) {
      await note(`begun:${name}`);
      announce();
      const first = !done.includes(`begun:${name}`);
      if (first && name === 'hold') await new Promise(() => undefined);
      // no `evaluate` of Playwright's: Chromium does not end a worker in the middle of a debugger's task
      if (first && name === 'spin') spin();
      await note(`done:${name}`);
      announce();
    }
    return { changeSetId: commandId, id: name };
  },
};

// handlers of this test use the store above and the feed alone; nobody has a role in it
const feed = {
  subscribe: (listener: (touched: never) => void) => {
    listeners.add(listener as (touched: unknown) => void);
    return () => undefined;
  },
  announceDerived: () => undefined,
  onDerived: () => () => undefined,
};
const view = { get: () => undefined, all: () => [], count: () => 0, by: () => [] };
const parts = { feed, view, ready: () => Promise.resolve(), settings: () => ({ currentUser: null }) };
const context = Object.assign(parts, { whole: parts }) as unknown as EngineContext;

const rest = Object.fromEntries(Object.keys(engineContract).map((name) => [name, refuse]));
// every entry is the same refusal, which fits any handler's type
runWorker(self, { handlers: { ...(rest as unknown as Handlers<OperationName>), ...handlers }, reads: {} }, () => Promise.resolve(context));
