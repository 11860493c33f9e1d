import { tabsChannel, type TabMessage, type WorkerReport } from '#shared/contract/port-protocol.ts';
import { fromDomPort, type Port } from '#shared/contract/port.ts';
import { startEngineWorker, type EngineWorker } from '../engine-page/worker-life.ts';
import type { BrowserProfile } from './profile.ts';

export type Leader = {
  /** A (new) port to the engine that runs. */
  readonly connect: () => void;
  readonly close: () => void;
};

type Wiring = {
  readonly databaseName: string;
  readonly profile: BrowserProfile;
  readonly later: (milliseconds: number, run: () => void) => () => void;
  readonly onPort: (port: Port) => void;
  readonly onDown: () => void;
};

/** Milliseconds before the first, second, … new start in a row; the last one stays. */
const PAUSES_MS = [0, 1_000, 5_000, 15_000, 60_000];

/** The tab whose worker is the engine of all tabs. It starts the engine anew when that dies or hangs. */
export function createLeader({ databaseName, profile, later, onPort, onDown }: Wiring): Leader {
  let worker: EngineWorker | undefined;
  let restarts = 0;
  let stopWaiting = (): void => undefined;
  const tabs = new BroadcastChannel(tabsChannel(databaseName));
  // another tab asks the engine once a second while it gets no answer; in a hidden page that comes more often than timers do
  tabs.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.t === 'connect') worker?.check();
  });

  const connect = (): void => {
    if (worker === undefined) return;
    const { port1, port2 } = new MessageChannel();
    worker.post({ t: 'port' }, [port2]);
    onPort(fromDomPort(port1));
  };

  const onReport = (report: WorkerReport): void => {
    if (report.t === 'ready') {
      restarts = 0;
      profile.rememberStore();
    }
    if (report.t === 'failed') restart();
    // oxlint-disable-next-line no-console -- in a browser the console is the log; its entries hold codes only
    if (report.t === 'log') console.warn(report.entry);
  };

  function start(): void {
    worker = startEngineWorker({ report: onReport, dead: restart });
    const { deviceId, storeExpected } = profile;
    worker.post({ t: 'start', host: 'browser', databaseName, deviceId, storeExpected }, []);
    connect();
  }

  function restart(): void {
    worker?.end();
    worker = undefined;
    onDown();
    stopWaiting = later(PAUSES_MS[Math.min(restarts, PAUSES_MS.length - 1)] ?? 0, start);
    restarts += 1;
  }

  start();
  return {
    connect,
    close: () => {
      stopWaiting();
      tabs.close();
      worker?.end();
      worker = undefined;
    },
  };
}
