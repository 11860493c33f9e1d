import type { ListenCall, Net, NetCall, NetReply } from '../contract/net.ts';
import { AppError } from '../errors/app-error.ts';
import { readEvents } from './event-stream.ts';
import { isServerAddress } from './server-address.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Reader = {
  read(): Promise<{ readonly done: boolean; readonly value?: Bytes | undefined }>;
  cancel(): Promise<void>;
};
type Response = {
  readonly status: number;
  readonly headers: { forEach(each: (value: string, name: string) => void): void };
  readonly body: { getReader(): Reader } | null;
};

/** The platform's part: the same names in a worker, on Node and in Electron's main process, where shared code knows none of them. */
export type FetchWorld = {
  readonly fetch: (
    url: string,
    init: {
      readonly method: string;
      readonly headers: Record<string, string>;
      readonly body?: Bytes | string;
      readonly redirect: 'error';
      readonly cache: 'no-store';
      readonly credentials: 'omit';
      readonly referrerPolicy: 'no-referrer';
      readonly signal: never;
    },
  ) => Promise<Response>;
  readonly newAbort: () => { readonly signal: unknown; readonly abort: () => void };
  readonly newDecoder: () => { decode(bytes: Bytes, options: { stream: boolean }): string };
  readonly later: (milliseconds: number, run: () => void) => () => void;
};

/** The server says something every 15 s; a stream that is silent for three times as long has broken without a word. */
const SILENCE_MS = 45_000;
const CONNECT_MS = 20_000;
const HTTP_OK = 200;
const PATH = /^\/[\w.~!$&'()*+,;=:@%/?-]*$/;

const unreachable = (): AppError =>
  new AppError('network', 'The central store cannot be reached. Your work goes on here and is sent later.', {}, true);
const tooLarge = (): AppError => new AppError('limit', 'The answer of the central store is larger than Satchel reads.');

/** The way to the central store over the platform's `fetch`: no redirects, cookies or cache; time and size are bounded. */
export function boundedFetch(world: FetchWorld): Net {
  return { request: (call) => request(world, call), listen: (call) => listen(world, call) };
}

/** Refuses an address that is none of a central store. Throws AppError `contract`. */
export function refuseAddress({ server, path }: Pick<NetCall, 'server' | 'path'>): void {
  if (!isServerAddress(server) || !PATH.test(path) || path.startsWith('//') || path.split(/[/?]/).includes('..'))
    throw new AppError('contract', 'This address is not asked.');
}

type Opened = { readonly response: Response; readonly stop: () => void; readonly why: () => AppError };

async function open(
  world: FetchWorld,
  { server, method, path, headers = {}, body, signal }: Omit<NetCall, 'deadlineMs' | 'maxBytes'>,
  deadlineMs: number,
): Promise<Opened & { readonly restart: (milliseconds: number) => void; readonly close: () => void }> {
  refuseAddress({ server, path });
  const ending = world.newAbort();
  let why = unreachable;
  const cancel = (): void => {
    why = () => new AppError('cancelled', 'Cancelled.');
    ending.abort();
  };
  const timeOut = (): void => {
    why = () => new AppError('network', 'The central store did not answer in time. Your work goes on here and is sent later.', {}, true);
    ending.abort();
  };
  if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled.');
  signal?.addEventListener('abort', cancel);
  let stopClock = world.later(deadlineMs, timeOut);
  const close = (): void => {
    stopClock();
    signal?.removeEventListener('abort', cancel);
  };
  try {
    const response = await world.fetch(`${server}${path}`, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: ending.signal as never, // each platform's own kind
    });
    return {
      response,
      why: () => why(),
      stop: ending.abort,
      restart: (milliseconds) => {
        stopClock();
        stopClock = world.later(milliseconds, timeOut);
      },
      close,
    };
  } catch {
    // what the platform says about a fault differs everywhere and may name addresses
    close();
    throw why();
  }
}

async function request(world: FetchWorld, call: NetCall): Promise<NetReply> {
  const { response, why, stop, close } = await open(world, call, call.deadlineMs);
  try {
    const body = await readAll(response, call.maxBytes);
    return { status: response.status, headers: headersOf(response), body };
  } catch (thrown) {
    stop();
    throw thrown instanceof AppError ? thrown : why();
  } finally {
    close();
  }
}

function headersOf({ headers }: Response): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  headers.forEach((value, name) => {
    found[name.toLowerCase()] = value;
  });
  return found;
}

async function readAll({ body }: Response, maxBytes: number): Promise<Bytes> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const parts: Bytes[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) break;
    size += value.length;
    if (size > maxBytes) throw tooLarge();
    parts.push(value);
  }
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const REFUSALS: Readonly<Record<number, () => AppError>> = {
  401: () => new AppError('unauthorized', 'The central store asks you to sign in again. Your work stays here.'),
};

async function listen(world: FetchWorld, call: ListenCall): Promise<void> {
  const { response, why, stop, close, restart } = await open(
    world,
    { ...call, method: 'GET', headers: { accept: 'text/event-stream', ...call.headers } },
    CONNECT_MS,
  );
  try {
    const isStream = headersOf(response)['content-type']?.startsWith('text/event-stream') === true;
    if (response.status !== HTTP_OK || !isStream || response.body === null) throw (REFUSALS[response.status] ?? unreachable)();
    const reader = response.body.getReader();
    const decoder = world.newDecoder();
    const read = readEvents(call.onEvent);
    for (;;) {
      restart(SILENCE_MS);
      const { done, value } = await reader.read();
      if (done || value === undefined) return;
      if (!read(decoder.decode(value, { stream: true }))) throw tooLarge();
    }
  } catch (thrown) {
    if (call.signal.aborted) return;
    throw thrown instanceof AppError ? thrown : why();
  } finally {
    close();
    stop();
  }
}
