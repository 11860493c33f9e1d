import type { AbortSignalLike } from './client/open-calls.ts';

/** One request to the central store. */
export type NetCall = {
  /** Base URL that the person signs in to or has signed in to, without a slash at its end; Electron's main process lets no other through. */
  readonly server: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query below the server, beginning with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  /** Milliseconds until the whole answer must have come. */
  readonly deadlineMs: number;
  /** Bytes that the unpacked answer may have. */
  readonly maxBytes: number;
  readonly signal?: AbortSignalLike;
};

/** An answer, whatever its status. */
export type NetReply = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
};

/** A stream of server-sent events. */
export type ListenCall = Pick<NetCall, 'server' | 'path' | 'headers'> & {
  readonly signal: AbortSignalLike;
  readonly onEvent: (data: string) => void;
};

/**
 * How a host reaches the central store. Rejects with AppError `network` (retryable) where it is not reached, is silent for too long or
 * redirects; `limit` where the answer is too large; `cancelled` where the signal ended it; `contract` where the server is no address that
 * may be asked; `permission` where the person did not allow it.
 */
export type Net = {
  readonly request: (call: NetCall) => Promise<NetReply>;
  /** Resolves when the server ends the stream or the signal does; an answer other than a stream rejects with its meaning (`unauthorized` for 401). */
  readonly listen: (call: ListenCall) => Promise<void>;
};

/** Secrets by name. Rejects with `storage` where they cannot be kept. */
export type KeyStore = {
  readonly get: (name: string) => Promise<string | undefined>;
  readonly set: (name: string, value: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
};
