// An engine with handlers that a test chooses, a change feed that it pulls, and clients joined to it by real message ports.
import { SETTING_DEFAULTS } from '#shared/model/settings.ts';
import { memoryBytes } from '#engine/bytes/memory-bytes.ts';
import { memoryKeys } from '#engine/host/memory-keys.ts';
import { noNet } from './fake-net.ts';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { ChangeFeed, EngineContext, Handlers, ReadsOf, Touched, WorkspaceSettings } from '#engine/context.ts';
import type { Host } from '#engine/host/host.ts';
import { withWhole } from '#engine/people/with-whole.ts';
import { createRpcServer, type RpcServer } from '#engine/rpc/server.ts';
import { createClient, type EngineLink } from '#shared/contract/client/client.ts';
import { engineContract, type OperationName } from '#shared/contract/engine-contract.ts';
import { fromNodePort } from '#shared/contract/port.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

export type FakeEngine = {
  readonly clock: ManualClock;
  readonly server: RpcServer;
  readonly logged: readonly Record<string, unknown>[];
  /** Opens the store: clients are welcomed. */
  readonly serve: () => void;
  /** Makes it another day. */
  readonly setDay: (asOf: string) => void;
  /** Announces a committed change of one table. */
  readonly change: (table: TableName) => void;
  readonly derive: (...topics: string[]) => void;
  /** A client whose port the test holds. */
  readonly connect: () => { readonly client: EngineLink; readonly port: MessagePort };
  /** Joins a client to this engine. */
  readonly attach: (client: EngineLink) => MessagePort;
  /** A bare port, for clients that misbehave; `next` takes the messages in order. */
  readonly bare: () => { readonly post: (message: unknown) => void; readonly next: () => Promise<Record<string, unknown>> };
  readonly close: () => void;
};

const settings: WorkspaceSettings = {
  ...SETTING_DEFAULTS,
  asOf: '2026-01-01',
  asOfSet: false,
  workspaceName: 'Test',
};

function createFeed(): ChangeFeed & { readonly emit: (touched: Touched) => void } {
  const listeners = new Set<(touched: Touched) => void>();
  const derived = new Set<(topics: ReadonlySet<string>) => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (touched) => listeners.forEach((listener) => listener(touched)),
    announceDerived: (topics) => derived.forEach((listener) => listener(topics)),
    onDerived: (listener) => {
      derived.add(listener);
      return () => derived.delete(listener);
    },
  };
}

const notUsed = (): never => {
  throw new Error('not used by this test');
};

let ids = 0;
const newId = (): string => `id-${(ids += 1)}`;

export function createFakeHost(clock: ManualClock, logged: Record<string, unknown>[] = []): Host {
  return {
    kind: 'node',
    now: () => new Date(clock.now()).toISOString(),
    newId,
    deviceId: 'device-1',
    databaseName: 'fake',
    // no handler of these tests touches the store
    indexedDB: undefined as unknown as IDBFactory,
    keyRange: undefined as unknown as typeof IDBKeyRange,
    bytes: memoryBytes(),
    net: noNet,
    keys: memoryKeys(),
    log: (entry) => logged.push(entry),
    yieldTurn: () => new Promise((resolve) => setImmediate(resolve)),
    later: clock.later,
  };
}

/** A context whose parts a test replaces as it needs them. */
export function createFakeContext(host: Host): EngineContext {
  const parts: Omit<EngineContext, 'whole'> = {
    host,
    feed: createFeed(),
    settings: () => settings,
    view: { get: notUsed, all: notUsed, count: notUsed, by: notUsed },
    ready: () => Promise.resolve(),
    series: { points: notUsed },
    records: { run: notUsed, rehearse: notUsed },
    undo: { undo: notUsed, redo: notUsed, next: notUsed, steps: notUsed, look: notUsed },
    storage: notUsed,
    computed: { seq: notUsed, read: notUsed, write: notUsed, mark: notUsed, marked: notUsed },
    derivedFields: { add: notUsed, all: notUsed },
    history: { headers: notUsed, read: notUsed, find: notUsed, ofTable: notUsed, ofRecord: notUsed },
  };
  return withWhole(parts);
}

export function createFakeEngine(handlers: Partial<Handlers<OperationName>>, reads: ReadsOf<OperationName> = {}): FakeEngine {
  const clock = createManualClock();
  const logged: Record<string, unknown>[] = [];
  const host = createFakeHost(clock, logged);
  const feed = createFeed();
  const ports: MessagePort[] = [];
  const refuse = (): never => {
    throw new AppError('internal', 'no handler in this test');
  };
  const rest = Object.fromEntries(Object.keys(engineContract).map((name) => [name, refuse]));
  // every entry is the same refusal, which fits any handler's type
  const all = { ...(rest as unknown as Handlers<OperationName>), ...handlers };
  const server = createRpcServer(host, { handlers: all, reads });
  const context = withWhole({ ...createFakeContext(host), feed, settings: () => ({ ...settings, asOf: day }) });
  let changes = 0;
  let day = settings.asOf;

  const pair = (): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1);
    server.accept(fromNodePort(port2));
    return port1;
  };

  const attach = (client: EngineLink): MessagePort => {
    const port = pair();
    client.attach(fromNodePort(port));
    return port;
  };

  return {
    clock,
    server,
    logged,
    serve: () => server.serve(context),
    setDay: (asOf) => (day = asOf),
    change: (table) => {
      changes += 1;
      feed.emit({
        seq: changes,
        changeSetId: `c${changes}`,
        rows: new Map([[table, new Set(['r'])]]),
        series: new Set(),
        before: () => undefined,
        after: () => undefined,
        kind: 'do',
      });
    },
    derive: (...topics) => feed.announceDerived(new Set(topics)),
    attach,
    connect: () => {
      const client = createClient({ later: clock.later, newId });
      return { client, port: attach(client) };
    },
    bare: () => {
      const port = pair();
      const received: unknown[] = [];
      const takers: ((message: Record<string, unknown>) => void)[] = [];
      port.on('message', (message: Record<string, unknown>) => {
        const taker = takers.shift();
        if (taker === undefined) received.push(message);
        else taker(message);
      });
      return {
        post: (message) => port.postMessage(message),
        next: () =>
          new Promise((resolve) => {
            const message = received.shift();
            // messages of the engine are objects
            if (message === undefined) takers.push(resolve);
            else resolve(message as Record<string, unknown>);
          }),
      };
    },
    close: () => ports.forEach((port) => port.close()),
  };
}

/** Lets everything that is under way between ports and queues come to rest. */
export async function settle(rounds = 20): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
