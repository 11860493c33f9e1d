import type { ErrorShape } from '../errors/app-error.ts';
import type { Progress } from './define.ts';

/** Grows when an older client or engine could not understand a message any more. */
export const PROTOCOL = 1;

/**
 * Messages on a port between a client (screen, command line) and the engine. Structured clone, no transfer.
 * A client says `hello`, the engine answers `welcome` with its epoch once its store is open; each welcome starts afresh: open
 * queries and subscriptions are asked again, open commands are sent again under the same command ID and answered once.
 */
export type ClientMessage =
  | { readonly t: 'hello'; readonly protocol: number; readonly clientId: string }
  | {
      readonly t: 'call';
      /** Chosen by the client, unique on this port. */
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      /** Commands and jobs have one, queries have none. */
      readonly commandId?: string;
      /** When the caller gives up; 0: at the operation's own time (never, for jobs). */
      readonly deadlineMs: number;
    }
  | { readonly t: 'cancel'; readonly id: number }
  /** Subscribes to a query. The engine sends at most one `push` that is not yet acknowledged (back-pressure); newer results replace waiting ones. */
  | { readonly t: 'live'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'ack'; readonly id: number; readonly n: number }
  | { readonly t: 'stop'; readonly id: number }
  | { readonly t: 'ping'; readonly n: number }
  | { readonly t: 'bye' };

export type EngineMessage =
  | { readonly t: 'welcome'; readonly protocol: number; readonly epoch: string }
  /** The engine does not know this client (any more): it says hello again. */
  | { readonly t: 'again' }
  | { readonly t: 'result'; readonly id: number; readonly output: unknown }
  /** Ends the call or the subscription. */
  | { readonly t: 'error'; readonly id: number; readonly error: ErrorShape }
  | { readonly t: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly t: 'push'; readonly id: number; readonly n: number; readonly output: unknown }
  /** A subscribed query failed this time (its record may have gone, and may come back): the subscription goes on. Acknowledged like a push. */
  | { readonly t: 'push-error'; readonly id: number; readonly n: number; readonly error: ErrorShape }
  | { readonly t: 'pong'; readonly n: number }
  /** The engine cannot serve at all. */
  | { readonly t: 'fatal'; readonly error: ErrorShape };

/** To the engine's worker from its page. A port comes along in the event's `ports`. */
export type WorkerMessage =
  | {
      readonly t: 'start';
      readonly databaseName: string;
      readonly host: 'electron' | 'browser';
      readonly deviceId: string;
      /** The profile says that a store existed: an empty one is then data loss, not a first start. */
      readonly storeExpected: boolean;
    }
  /** A client's port. */
  | { readonly t: 'port' }
  /** The port to the journal on disk; in Electron the store is not opened before it has come. */
  | { readonly t: 'journal-port' };

/** From the engine's worker to its page. */
export type WorkerReport =
  | { readonly t: 'ready'; readonly epoch: string }
  | { readonly t: 'failed'; readonly error: ErrorShape }
  | { readonly t: 'log'; readonly entry: Readonly<Record<string, string | number | boolean>> };

/** Between the tabs of one browser, on the channel `satchel:` plus the database's name. */
export type TabMessage =
  /** An engine runs now: tabs without a connection, or with one to an older engine, ask for a pipe. */
  | { readonly t: 'engine'; readonly epoch: string }
  /** A tab opened the broadcast channel {@link pipeName}; the engine opens the other end and posts `pipe` on it. */
  | { readonly t: 'connect'; readonly pipe: string }
  /** On the pipe itself: the engine's end is open. */
  | { readonly t: 'pipe' };

/** The channel on which the tabs of one store find their engine. */
export const tabsChannel = (databaseName: string) => `satchel:${databaseName}`;
/** The channel that joins one tab with the engine. */
export const pipeName = (databaseName: string, pipe: string) => `satchel:${databaseName}:${pipe}`;
/** The lock that the tab whose worker is the engine holds. */
export const leaderLock = (databaseName: string) => `satchel-leader:${databaseName}`;
/** The lock that the engine's worker itself holds while its store is open, so that no second one opens it while the first is being torn down. */
export const storeLock = (databaseName: string) => `satchel-store:${databaseName}`;
