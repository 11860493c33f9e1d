import { createConnection } from '#shared/contract/client/connection.ts';
import type { WorkerMessage, WorkerReport } from '#shared/contract/port-protocol.ts';
import { fromDomPort } from '#shared/contract/port.ts';

export type EngineWorker = {
  readonly post: (message: WorkerMessage, ports: readonly MessagePort[]) => void;
  /** Ends it in the middle of whatever it does: the store keeps what was committed. */
  readonly end: () => void;
  /** Someone gets no answer from it: asks it for a sign of life at once. */
  readonly check: () => void;
};

type Listener = {
  readonly report: (report: WorkerReport) => void;
  /** It could not be started, or it is there and does not answer. It has been ended. */
  readonly dead: (reason: 'not-started' | 'hung') => void;
};

function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

/** Starts the engine's worker, the same bundle in every host, and watches its heartbeat. */
export function startEngineWorker({ report, dead }: Listener): EngineWorker {
  // by its address and not through the bundler: it is a bundle of its own
  const worker = new Worker(new URL('engine/worker.js', document.baseURI), { type: 'module', name: 'engine' });
  let alive = true;
  let started = false;

  const end = (): void => {
    alive = false;
    watch.close();
    worker.terminate();
  };
  const die = (reason: 'not-started' | 'hung'): void => {
    if (!alive) return;
    end();
    dead(reason);
  };

  const watch = createConnection({
    later,
    clientId: 'watch',
    onMessage: () => undefined,
    onWelcome: () => undefined,
    onGone: () => undefined,
    onLost: () => die('hung'),
  });
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerReport>) => {
    started = true;
    report(data);
  });
  // a script that cannot be loaded or fails at once; a worker at work survives its errors
  worker.addEventListener('error', () => {
    if (!started) die('not-started');
  });

  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ t: 'port' } satisfies WorkerMessage, [port2]);
  watch.attach(fromDomPort(port1));

  return { post: (message, ports) => worker.postMessage(message, [...ports]), end, check: watch.beat };
}
