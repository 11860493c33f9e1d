// On the engine's hidden page: messages and ports for its worker. Nothing else of Electron.
import { contextBridge, ipcRenderer } from 'electron';
import { CHANNELS, ENGINE_BRIDGE, type EngineBridge, type WorkerDelivery } from '../shared/contract/bridge.ts';

ipcRenderer.on(CHANNELS.toWorker, (event, { nonce, message }: Omit<WorkerDelivery, 'satchel'>) => {
  const delivery: WorkerDelivery = { satchel: 'worker', nonce, message };
  window.postMessage(delivery, '/', event.ports);
});

const bridge: EngineBridge = {
  ready: (nonce) => ipcRenderer.send(CHANNELS.engineReady, nonce),
  lost: (reason) => ipcRenderer.send(CHANNELS.engineLost, reason),
};

// or Chromium would count the store among what it may clear when the disk runs short; the window's first, empty document has none
if (window.isSecureContext) navigator.storage.persist().catch(() => undefined);

contextBridge.exposeInMainWorld(ENGINE_BRIDGE, bridge);
