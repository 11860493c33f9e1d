import type { AppError } from '../../errors/app-error.ts';
import { PROTOCOL, type ClientMessage, type EngineMessage } from '../port-protocol.ts';
import type { Port } from '../port.ts';

export type ConnectionState =
  /** No engine has answered yet. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready'; readonly epoch: string }
  /** The engine that answered is gone; another one is awaited. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'failed'; readonly error: AppError };

/**
 * Milliseconds between heartbeats, and how many may go unanswered. Counted in beats, so that a sleeping laptop misses none.
 * Half a minute in all: ending an engine that is only busy, on a slow machine with a large import, costs more than waiting for a dead one.
 */
export const HEARTBEAT = { everyMs: 3_000, misses: 10 } as const;

/** The other end is gone, or does not answer its heartbeat (it may be busy and come back). */
export type Loss = 'closed' | 'silent';

type Wiring = {
  readonly later: (milliseconds: number, run: () => void) => () => void;
  readonly clientId: string;
  readonly onMessage: (message: EngineMessage) => void;
  /** Everything open must be sent (again). */
  readonly onWelcome: (epoch: string) => void;
  /** The port is given up, whoever said so: what is open waits for the next one. */
  readonly onGone: () => void;
  readonly onLost: (how: Loss) => void;
};

export type Connection = {
  readonly attach: (port: Port) => void;
  readonly detach: () => void;
  readonly fail: (error: AppError) => void;
  readonly close: () => void;
  /** Beats now, besides the timer (which a browser slows down in a hidden page). */
  readonly beat: () => void;
  /** There is an engine whose heart beats, though it may not have welcomed us yet. */
  readonly isAttached: () => boolean;
  /** Heartbeats are unanswered: it is busy, hangs or is gone, which will show. */
  readonly isSilent: () => boolean;
  /** Posts to the engine; goes nowhere while there is none. Throws where the message cannot be cloned. */
  readonly post: (message: ClientMessage) => void;
  readonly state: () => ConnectionState;
  readonly onState: (listener: () => void) => () => void;
};

/** Whether a message has the form of the engine's. The engine is trusted; this only sorts out what others post on a page's port. */
function isEngineMessage(message: unknown): message is EngineMessage {
  return typeof message === 'object' && message !== null && 't' in message && typeof message.t === 'string';
}

/** One port at a time, its greeting and its heartbeat. */
export function createConnection({ later, clientId, onMessage, onWelcome, onGone, onLost }: Wiring): Connection {
  const listeners = new Set<() => void>();
  let state: ConnectionState = { kind: 'connecting' };
  let current: Port | undefined;
  let greeting = false;
  let missed = 0;
  let stopHeartbeat = (): void => undefined;

  const become = (next: ConnectionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };

  const drop = (): void => {
    if (current === undefined) return;
    stopHeartbeat();
    current.close();
    current = undefined;
    onGone();
  };

  const lose = (how: Loss): void => {
    drop();
    if (state.kind === 'ready') become({ kind: 'lost' });
    onLost(how);
  };

  const hello = (port: Port): void => {
    greeting = true;
    port.post({ t: 'hello', protocol: PROTOCOL, clientId } satisfies ClientMessage);
  };

  const beat = (): void => {
    if (current === undefined) return;
    missed += 1;
    if (missed > HEARTBEAT.misses) return lose('silent');
    current.post({ t: 'ping', n: missed } satisfies ClientMessage);
  };

  const startHeartbeat = (): void => {
    stopHeartbeat = later(HEARTBEAT.everyMs, () => {
      startHeartbeat();
      beat();
    });
  };

  const receive = (port: Port, message: EngineMessage): void => {
    if (message.t === 'again') {
      // one hello answers for all that was sent before it
      if (!greeting) hello(port);
      return;
    }
    if (message.t === 'welcome') {
      greeting = false;
      become({ kind: 'ready', epoch: message.epoch });
      onWelcome(message.epoch);
      return;
    }
    onMessage(message);
  };

  return {
    attach: (port) => {
      drop();
      if (state.kind === 'ready') become({ kind: 'lost' });
      if (state.kind === 'failed') become({ kind: 'connecting' });
      current = port;
      missed = 0;
      startHeartbeat();
      port.open(
        (message) => {
          if (current !== port || !isEngineMessage(message)) return;
          missed = 0;
          receive(port, message);
        },
        () => {
          if (current === port) lose('closed');
        },
      );
      hello(port);
    },
    detach: () => {
      drop();
      if (state.kind === 'ready') become({ kind: 'lost' });
    },
    fail: (error) => {
      drop();
      become({ kind: 'failed', error });
    },
    close: () => {
      current?.post({ t: 'bye' } satisfies ClientMessage);
      drop();
      listeners.clear();
    },
    beat,
    isAttached: () => current !== undefined,
    isSilent: () => missed > 1,
    post: (message) => current?.post(message),
    state: () => state,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
