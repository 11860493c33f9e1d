import {
  pipeName,
  storeLock,
  tabsChannel,
  type TabMessage,
  type WorkerMessage,
  type WorkerReport,
} from '#shared/contract/port-protocol.ts';
import { fromBroadcast, fromDomPort, type Port } from '#shared/contract/port.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import type { EngineContext } from '../context.ts';
import { mainBytes } from '../bytes/main-bytes.ts';
import type { Host } from '../host/host.ts';
import { keysOf, mailOf, netOf } from '../host/central-port.ts';
import { journalOf } from '../host/journal-port.ts';
import { callMain, type MainPort } from '../host/main-calls.ts';
import { createWorkerHost, type KeptByMain } from '../host/worker-host.ts';
import { logFailure } from './failure-log.ts';
import { createRpcServer, type Operations, type RpcServer } from './server.ts';

type StartMessage = Extract<WorkerMessage, { t: 'start' }>;

type Scope = {
  postMessage(report: WorkerReport): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<WorkerMessage>) => void): void;
  addEventListener(type: 'unhandledrejection', listener: (event: PromiseRejectionEvent) => void): void;
};

/** Other tabs of a browser cannot be handed a port: each opens a broadcast channel of its own and names it here. */
function acceptTabs(databaseName: string, epoch: string, accept: (port: Port) => void): void {
  const tabs = new BroadcastChannel(tabsChannel(databaseName));
  tabs.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.t !== 'connect' || typeof data.pipe !== 'string') return;
    const pipe = new BroadcastChannel(pipeName(databaseName, data.pipe));
    accept(fromBroadcast(pipe));
    pipe.postMessage({ t: 'pipe' } satisfies TabMessage);
  });
  tabs.postMessage({ t: 'engine', epoch } satisfies TabMessage);
}

/** Holds the store's lock until this worker ends, so that no second engine opens the store while the first is being torn down. */
function lockStore(databaseName: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(storeLock(databaseName), () => {
      resolve();
      return new Promise<never>(() => undefined);
    });
    held.catch(reject);
  });
}

function keptByMain(port: MainPort): KeptByMain {
  const ask = callMain(port);
  return {
    journal: journalOf(ask),
    bytes: mainBytes(ask),
    net: netOf(ask),
    keys: keysOf(ask),
    mail: mailOf(ask),
    remind: async (reminder) => void (await ask({ call: 'remind', reminder })),
  };
}

async function openStore(host: Host, server: RpcServer, open: (host: Host) => Promise<EngineContext>): Promise<WorkerReport> {
  try {
    await lockStore(host.databaseName);
    server.serve(await open(host));
    return { t: 'ready', epoch: server.epoch };
  } catch (thrown) {
    logFailure(host, 'open', thrown);
    const error =
      thrown instanceof AppError
        ? thrown
        : new AppError('storage', 'Satchel’s store could not be opened. Nothing in it was changed.', {}, true);
    server.fail(error);
    return { t: 'failed', error: toErrorShape(error) };
  }
}

/**
 * What the engine's worker does: on `start` it opens the store once it is the only one to have it, serves the ports that its
 * page hands over and, in a browser, the other tabs.
 */
export function runWorker(scope: Scope, operations: Operations, open: (host: Host) => Promise<EngineContext>): void {
  const early: Port[] = [];
  let toStart: StartMessage | undefined;
  let kept: KeptByMain | undefined;
  let server: RpcServer | undefined;

  const start = (message: StartMessage): void => {
    const made = createWorkerHost(message, kept, (report) => scope.postMessage(report));
    const restart = (why: AppError): void => {
      server?.fail(why);
      scope.postMessage({ t: 'failed', error: toErrorShape(why) });
    };
    const host: Host = { ...made, restart };
    const created = createRpcServer(host, operations);
    server = created;
    scope.addEventListener('unhandledrejection', ({ reason }) => logFailure(host, 'background', reason));
    for (const port of early.splice(0)) created.accept(port);
    if (message.host === 'browser') acceptTabs(message.databaseName, created.epoch, created.accept);
    void openStore(host, created, open).then((report) => scope.postMessage(report));
  };

  scope.addEventListener('message', ({ data, ports: [port] }) => {
    if (data.t === 'start') toStart ??= data;
    else if (port === undefined) return;
    else if (data.t === 'journal-port') kept ??= keptByMain(port);
    else if (server === undefined) early.push(fromDomPort(port));
    else server.accept(fromDomPort(port));
    // in Electron the store is not opened without its second copy
    if (server === undefined && toStart !== undefined && (toStart.host === 'browser' || kept !== undefined)) start(toStart);
  });
}
