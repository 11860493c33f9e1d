import { MessageChannelMain, type BrowserWindow, type MessagePortMain, type WebContents } from 'electron';
import { CHANNELS, type WorkerDelivery } from '#shared/contract/bridge.ts';
import type { WorkerMessage } from '#shared/contract/port-protocol.ts';
import { fromElectronPort, type Port } from '#shared/contract/port.ts';
import type { ErrorShape } from '#shared/errors/app-error.ts';
import type { Log } from '../log.ts';
import { ENGINE_URL } from '../security/sender.ts';
import { controlEngine } from './control.ts';
import { ENGINE_LIMITS, supervise, supervisionAtRest, type Act, type Observation } from './supervision.ts';

const TICK_MS = 2000;
/** Ports that one page may have: its own and a few to spare. */
const PORTS_PER_PAGE = 8;
/** A page may ask for another port under the same nonce this often. */
const ASK_AGAIN_MS = 5000;

export type EngineHostOptions = {
  /** Makes the hidden window, in the session of the profile's store. */
  readonly makeWindow: () => BrowserWindow;
  /** What the worker is started with. */
  readonly start: () => Extract<WorkerMessage, { t: 'start' }>;
  readonly serveJournal: (port: Port) => void;
  readonly giveUp: (error: ErrorShape | undefined) => void;
  readonly log: Log;
};

export type EngineHost = {
  readonly start: () => void;
  /** Hands this page a port now and after each restart, until it navigates or goes. */
  readonly connect: (contents: WebContents, nonce: string) => void;
  /** The engine's page listens. */
  readonly pageReady: (nonce: string) => void;
  /** The engine's page says that its worker has ended. */
  readonly pageLost: () => void;
  /** Another attempt after giving up. */
  readonly retry: () => void;
  readonly contentsId: () => number | undefined;
  readonly restarts: () => number;
  readonly stop: () => void;
};

type Client = { readonly contents: WebContents; readonly nonce: string; readonly askedAt: number };
type Parcel = { readonly message: WorkerMessage; readonly ports: MessagePortMain[] };
/** One life of the engine. What an earlier one still says is not heard. */
type Life = {
  readonly window: BrowserWindow;
  readonly ours: MessagePortMain[];
  nonce: string | undefined;
  waiting: Parcel[];
  ping: () => void;
};

/**
 * Keeps the engine running: makes its window, hands out ports, watches over it, starts it anew. Traffic does not pass
 * through here; main is only introduced to both sides and steps out.
 */
export function engineHost(options: EngineHostOptions): EngineHost {
  const { log } = options;
  // of each page that asked: the nonces under which it wants its ports
  const clients = new Map<number, Client[]>();
  let supervision = supervisionAtRest;
  let life: Life | undefined;

  const deliver = (to: Life, { message, ports }: Parcel): void => {
    if (to.nonce === undefined) return void to.waiting.push({ message, ports });
    const parcel: Omit<WorkerDelivery, 'satchel'> = { nonce: to.nonce, message };
    to.window.webContents.postMessage(CHANNELS.toWorker, parcel, ports);
  };

  const introduce = (to: Life, { contents, nonce }: Client): void => {
    const { port1, port2 } = new MessageChannelMain();
    contents.postMessage(CHANNELS.enginePort, nonce, [port1]);
    deliver(to, { message: { t: 'port' }, ports: [port2] });
  };

  const watched = new WeakSet<WebContents>();
  const forgetWhenGone = (contents: WebContents): void => {
    if (watched.has(contents)) return;
    watched.add(contents);
    const { id } = contents;
    const forget = () => void clients.delete(id);
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) forget();
    });
    contents.on('render-process-gone', forget);
    contents.on('destroyed', forget);
  };

  const launch = (): void => {
    const window = options.makeWindow();
    const journal = new MessageChannelMain();
    const control = new MessageChannelMain();
    const born: Life = { window, ours: [journal.port1, control.port1], nonce: undefined, waiting: [], ping: () => undefined };
    life = born;
    const seeMine = (observation: Observation): void => {
      if (life === born) see(observation);
    };
    const gone = (reason: string): void => {
      if (life !== born) return;
      log({ event: 'engine-gone', reason });
      seeMine({ saw: 'gone' });
    };
    window.webContents.on('render-process-gone', (_, { reason }) => gone(reason));
    window.webContents.on('unresponsive', () => gone('unresponsive'));
    window.webContents.on('preload-error', () => gone('preload-error'));
    window.on('closed', () => gone('closed'));
    options.serveJournal(fromElectronPort(journal.port1));
    born.ping = controlEngine(fromElectronPort(control.port1), 'main', seeMine).ping;
    deliver(born, { message: options.start(), ports: [] });
    deliver(born, { message: { t: 'journal-port' }, ports: [journal.port2] });
    deliver(born, { message: { t: 'port' }, ports: [control.port2] });
    for (const client of [...clients.values()].flat()) introduce(born, client);
    window.loadURL(ENGINE_URL).catch(() => gone('page-not-loaded'));
  };

  const end = (): void => {
    const ending = life;
    life = undefined;
    if (ending === undefined) return;
    // from now on the dying engine's journal calls are not heard, so the next one finds a settled journal
    for (const port of ending.ours) port.close();
    if (ending.window.isDestroyed()) return;
    // a worker that hangs does not end with its page, but with its process
    ending.window.webContents.forcefullyCrashRenderer();
    ending.window.destroy();
  };

  const perform = (act: Act): void => {
    if (act === 'launch') return launch();
    if (act === 'end') return end();
    log({ event: 'engine-given-up', code: act.giveUp?.code ?? 'crash-loop' });
    options.giveUp(act.giveUp);
  };

  const see = (observation: Observation): void => {
    const before = supervision.phase;
    const [next, acts] = supervise(supervision, observation, performance.now(), ENGINE_LIMITS);
    supervision = next;
    if (next.phase !== before) log({ event: 'engine', phase: next.phase, restarts: next.restarts });
    for (const act of acts) perform(act);
  };

  const timer = setInterval(() => {
    life?.ping();
    see({ saw: 'tick' });
  }, TICK_MS);

  return {
    start: () => see({ saw: 'start' }),
    connect: (contents, nonce) => {
      const known = clients.get(contents.id);
      if (known === undefined) forgetWhenGone(contents);
      // a page asks again under its nonce when the engine was silent for long: a busy engine is still the right one
      const again = known?.find((each) => each.nonce === nonce);
      if (again === undefined && known !== undefined && known.length >= PORTS_PER_PAGE) return log({ event: 'too-many-ports' });
      if (again !== undefined && performance.now() - again.askedAt < ASK_AGAIN_MS) return log({ event: 'port-asked-too-often' });
      const client = { contents, nonce, askedAt: performance.now() };
      clients.set(contents.id, [...(known ?? []).filter((each) => each !== again), client]);
      if (life !== undefined) introduce(life, client);
    },
    pageReady: (nonce) => {
      if (life === undefined) return;
      // a page that loads a second time has lost its worker
      if (life.nonce !== undefined) return see({ saw: 'gone' });
      life.nonce = nonce;
      for (const parcel of life.waiting.splice(0)) deliver(life, parcel);
    },
    pageLost: () => {
      log({ event: 'engine-gone', reason: 'worker' });
      see({ saw: 'gone' });
    },
    retry: () => see({ saw: 'retry' }),
    contentsId: () => (life === undefined || life.window.isDestroyed() ? undefined : life.window.webContents.id),
    restarts: () => supervision.restarts,
    stop: () => {
      clearInterval(timer);
      see({ saw: 'stop' });
    },
  };
}
