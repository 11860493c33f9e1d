import { DESKTOP_BRIDGE, type DesktopBridge, type EnginePortDelivery } from '#shared/contract/bridge.ts';
import { createClient, type EngineClient, type EngineLink } from '#shared/contract/client/client.ts';
import type { Loss } from '#shared/contract/client/connection.ts';
import { fromDomPort } from '#shared/contract/port.ts';
import { uuidMaker } from '#shared/util/uuid.ts';
import { startBrowserHost } from '../browser/start.ts';

/** The one store of a browser profile. */
const DATABASE_NAME = 'satchel';

const newId = uuidMaker(Date.now, (bytes) => void crypto.getRandomValues(bytes));

function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

/** What Electron's preload offers; undefined in a plain browser. */
export function desktopBridge(): DesktopBridge | undefined {
  // put there by the preload, if by anyone
  return (window as unknown as Partial<Record<typeof DESKTOP_BRIDGE, DesktopBridge>>)[DESKTOP_BRIDGE];
}

function connectDesktop(bridge: DesktopBridge): EngineLink {
  const nonce = newId();
  // an engine that was busy for too long may still be there; one that is gone is started anew by main, which then sends a port
  const onLost = (how: Loss): void => {
    if (how === 'silent') bridge.connectEngine(nonce);
  };
  const client = createClient({ later, newId, onLost });
  window.addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<EnginePortDelivery>) => {
    if (source !== window || data.satchel !== 'engine-port' || data.nonce !== nonce || port === undefined) return;
    client.attach(fromDomPort(port));
  });
  bridge.connectEngine(nonce);
  return client;
}

function connectBrowser(): EngineLink {
  const client = createClient({ later, newId, onLost: () => host.reconnect() });
  const host = startBrowserHost(client, DATABASE_NAME, { later, newId });
  window.addEventListener('pagehide', () => {
    client.close();
    host.close();
  });
  // a page that comes back from the browser's cache has given everything up
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  return client;
}

/** Joins this page with the engine, in Electron and in a plain browser; called once, by the application's entry. */
export function connectEngine(): EngineClient {
  const bridge = desktopBridge();
  return bridge === undefined ? connectBrowser() : connectDesktop(bridge);
}
