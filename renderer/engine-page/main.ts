// Electron's hidden page: it only starts the engine's worker and passes on what main hands over.
import { ENGINE_BRIDGE, type EngineBridge, type WorkerDelivery } from '#shared/contract/bridge.ts';
import { startEngineWorker } from './worker-life.ts';

// the engine's preload has put it there
const bridge = (window as unknown as Record<typeof ENGINE_BRIDGE, EngineBridge>)[ENGINE_BRIDGE];
const nonce = crypto.randomUUID();
const worker = startEngineWorker({
  report: (report) => {
    // oxlint-disable-next-line no-console -- main keeps this page's console; its entries hold codes only
    if (report.t === 'log') console.warn(report.entry);
  },
  dead: bridge.lost,
});

window.addEventListener('message', ({ source, data, ports }: MessageEvent<WorkerDelivery>) => {
  if (source !== window || data.satchel !== 'worker' || data.nonce !== nonce) return;
  worker.post(data.message, ports);
});
bridge.ready(nonce);
