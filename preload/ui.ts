// On the application's page: what of the operating system it may ask for, and the engine's port. Nothing else of Electron.
import { contextBridge, ipcRenderer } from 'electron';
import { isAddress } from '../shared/contract/deep-link.ts';
import { CHANNELS, DESKTOP_BRIDGE, MENU_COMMANDS, type DesktopBridge, type EnginePortDelivery } from '../shared/contract/bridge.ts';

ipcRenderer.on(CHANNELS.enginePort, (event, nonce: string) => {
  const delivery: EnginePortDelivery = { satchel: 'engine-port', nonce };
  window.postMessage(delivery, '/', event.ports);
});

// what comes before the page listens is kept for it
let opening: string | undefined;
let opener: ((address: string) => void) | undefined;
ipcRenderer.on(CHANNELS.open, (_, address: unknown) => {
  if (!isAddress(address)) return;
  if (opener === undefined) opening = address;
  else opener(address);
});

const bridge: DesktopBridge = {
  connectEngine: (nonce) => ipcRenderer.send(CHANNELS.connectEngine, nonce),
  // main validates name and input, and answers what the contract says
  os: (name, input) => ipcRenderer.invoke(CHANNELS.os, name, input),
  onMenu: (listener) => {
    const hear = (_: unknown, command: unknown): void => {
      const known = MENU_COMMANDS.find((each) => each === command);
      if (known !== undefined) listener(known);
    };
    ipcRenderer.on(CHANNELS.menu, hear);
    return () => void ipcRenderer.off(CHANNELS.menu, hear);
  },
  onOpen: (listener) => {
    opener = listener;
    if (opening !== undefined) listener(opening);
    opening = undefined;
    return () => {
      if (opener === listener) opener = undefined;
    };
  },
};

contextBridge.exposeInMainWorld(DESKTOP_BRIDGE, bridge);
