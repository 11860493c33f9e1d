import type { ErrorShape } from '../errors/app-error.ts';
import type { Progress } from './define.ts';

/**
 * Messages on a port between a client (screen, command line) and the engine. Structured clone, no transfer.
 * A client says `hello`, the engine answers `welcome` with its epoch; a new epoch means a new engine: open queries and
 * subscriptions are asked again, open commands are sent again under the same command ID and answered once.
 */
export type ClientMessage =
  | { readonly t: 'hello'; readonly protocol: 1; readonly clientId: string }
  | {
      readonly t: 'call';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      readonly commandId?: string;
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
  | { readonly t: 'welcome'; readonly protocol: 1; readonly epoch: string }
  | { readonly t: 'result'; readonly id: number; readonly output: unknown }
  | { readonly t: 'error'; readonly id: number; readonly error: ErrorShape }
  | { readonly t: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly t: 'push'; readonly id: number; readonly n: number; readonly output: unknown }
  | { readonly t: 'pong'; readonly n: number }
  | { readonly t: 'fatal'; readonly error: ErrorShape };

/** First message to the worker from its page: `port` hands over a client's port, `start` names the store and gives the journal's port. */
export type WorkerMessage =
  | {
      readonly t: 'start';
      readonly databaseName: string;
      readonly host: 'electron' | 'browser';
      readonly deviceId: string;
      readonly storeExpected: boolean;
    }
  | { readonly t: 'port' }
  | { readonly t: 'journal-port' };
