import type { WorkerMessage } from './port-protocol.ts';
import type { OsInput, OsName, OsReply } from './os-contract.ts';

/**
 * What the preloads put on their pages, and what arrives there. Ports cannot pass through Electron's context bridge, so main
 * sends them to the preload, which posts them to its own page under the nonce that the page made up when it asked.
 */
export type DesktopBridge = {
  /**
   * Asks for the engine. Its port arrives as a `message` event on this window with an {@link EnginePortDelivery} as data and
   * `event.source === window`; again, under the same nonce, each time the engine was started anew.
   */
  readonly connectEngine: (nonce: string) => void;
  /** Asks the operating system; only what {@link OsName} lists. */
  readonly os: <N extends OsName>(name: N, input: OsInput<N>) => Promise<OsReply<N>>;
  /** Hears the application's menu; answers how to stop hearing it. */
  readonly onMenu: (listener: (command: MenuCommand) => void) => () => void;
  /** Hears which of its pages the application is to show: a reminder was clicked, or a link from outside. Also what came before it listened. */
  readonly onOpen: (listener: (address: string) => void) => () => void;
};

/** On `window.satchel` in the application's page; absent in a plain browser. */
export const DESKTOP_BRIDGE = 'satchel';

export type EnginePortDelivery = { readonly satchel: 'engine-port'; readonly nonce: string };

/** What the menu asks of the screen: IDs of the screen's own actions, so that menu, palette and keys do the same. */
export const MENU_COMMANDS = [
  'go-portfolio',
  'go-risks',
  'go-records',
  'go-import',
  'go-definitions',
  'go-settings',
  'palette',
  'log-touchpoint',
  'undo',
  'redo',
  'keys',
  'light',
  'dark',
  'system',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** On `window.satchelEngine` in the engine's page alone. */
export type EngineBridge = {
  /** The page listens: what is for the worker now arrives as {@link WorkerDelivery} under this nonce. */
  readonly ready: (nonce: string) => void;
  /** The worker could not be started or has ended; main starts the page anew. */
  readonly lost: (reason: string) => void;
};

export const ENGINE_BRIDGE = 'satchelEngine';

/** The page passes `message` and the event's ports on to the worker as they are. */
export type WorkerDelivery = { readonly satchel: 'worker'; readonly nonce: string; readonly message: WorkerMessage };

/** IPC channels between main and its preloads. */
export const CHANNELS = {
  connectEngine: 'engine:connect',
  enginePort: 'engine:port',
  engineReady: 'engine-page:ready',
  engineLost: 'engine-page:lost',
  toWorker: 'engine-page:worker',
  os: 'os',
  menu: 'menu',
  open: 'open',
} as const;
