/** One end of a message channel, whichever host made it. Messages arrive in the order in which they were posted, as structured clones. */
export type Port = {
  /** Throws where the message cannot be cloned. */
  readonly post: (message: unknown) => void;
  /** Starts delivery; called once. `onClose` is heard where the host tells that the other end is gone, at most once. */
  readonly open: (onMessage: (message: unknown) => void, onClose: () => void) => void;
  readonly close: () => void;
};

type DomListener = (event: { readonly data: unknown }) => void;
export type DomPort = {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: DomListener): void;
  start(): void;
  close(): void;
};

/** The page's or a worker's `MessagePort`. Its `close` event exists in newer browsers only; silence is noticed by the heartbeat. */
export function fromDomPort(port: DomPort): Port {
  return {
    post: (message) => port.postMessage(message),
    open: (onMessage, onClose) => {
      port.addEventListener('message', ({ data }) => onMessage(data));
      port.addEventListener('close', () => onClose());
      port.start();
    },
    close: () => port.close(),
  };
}

export type NodePort = {
  postMessage(message: unknown): void;
  on(event: string, listener: (message: unknown) => void): unknown;
  close(): void;
};

/** A `MessagePort` of `node:worker_threads`: its listeners get the message itself. */
export function fromNodePort(port: NodePort): Port {
  return {
    post: (message) => port.postMessage(message),
    open: (onMessage, onClose) => {
      port.on('message', onMessage);
      port.on('close', onClose);
    },
    close: () => port.close(),
  };
}

export type ElectronPort = {
  postMessage(message: unknown): void;
  on(event: string, listener: DomListener): unknown;
  start(): void;
  close(): void;
};

/** Electron's `MessagePortMain`: an event emitter that needs a start. */
export function fromElectronPort(port: ElectronPort): Port {
  return {
    post: (message) => port.postMessage(message),
    open: (onMessage, onClose) => {
      port.on('message', ({ data }) => onMessage(data));
      port.on('close', () => onClose());
      port.start();
    },
    close: () => port.close(),
  };
}

export type Broadcast = {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: DomListener): void;
  close(): void;
};

/** A `BroadcastChannel` whose name only the two ends know, so that it joins pages that cannot hand each other a port. */
export function fromBroadcast(channel: Broadcast): Port {
  return {
    post: (message) => channel.postMessage(message),
    open: (onMessage) => channel.addEventListener('message', ({ data }) => onMessage(data)),
    close: () => channel.close(),
  };
}
