import type { CentralAnswer } from '#shared/contract/central-protocol.ts';
import type { AbortSignalLike } from '#shared/contract/client/open-calls.ts';
import type { FileAnswer, JournalAnswer, MainCall, MainReply } from '#shared/contract/journal-protocol.ts';
import { AppError, fromErrorShape } from '#shared/errors/app-error.ts';

/** The part of a MessagePort that is needed; the port must not have been started. */
export type MainPort = {
  // methods, not functions: the ports of a page and of Node declare their events differently
  postMessage(message: MainCall): void;
  addEventListener(type: 'message' | 'close', listener: (event: Event) => void): void;
  start(): void;
};

// a call without its ID, per kind of call
type Ask = MainCall extends infer C ? (C extends MainCall ? Omit<C, 'id'> : never) : never;
type Answer = JournalAnswer | FileAnswer | CentralAnswer;
type Waiting = {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: AppError) => void;
  readonly onEvent: ((data: string) => void) | undefined;
};

/** `signal`: main is told to end it, and answers; `onEvent`: what a stream tells until then. */
export type AskOptions = { readonly signal?: AbortSignalLike | undefined; readonly onEvent?: (data: string) => void };

/** Asks Electron's main process, which keeps the journal, the bytes of attachments and the way to the central store; answers are typed by their calls there. */
export type AskMain = (ask: Ask, options?: AskOptions) => Promise<Answer>;

/** Asks over the port; every call is answered or, when the port closes, rejected as retryable. */
export function callMain(port: MainPort): AskMain {
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let closed = false;
  const lost = () => new AppError('storage', 'The second copy of your records cannot be reached. Restart Satchel.', {}, true);
  port.addEventListener('message', (event) => {
    // a port's `message` is a MessageEvent; main is trusted, and its replies are typed there
    const reply = (event as MessageEvent).data as MainReply;
    const call = waiting.get(reply.id);
    if ('event' in reply) return call?.onEvent?.(reply.event);
    waiting.delete(reply.id);
    if ('error' in reply) call?.reject(fromErrorShape(reply.error));
    else call?.resolve(reply.ok);
  });
  port.addEventListener('close', () => {
    closed = true;
    for (const { reject } of waiting.values()) reject(lost());
    waiting.clear();
  });
  port.start();
  const post = (ask: Ask): number => {
    nextId += 1;
    port.postMessage({ ...ask, id: nextId });
    return nextId;
  };
  return (ask, { signal, onEvent } = {}) =>
    new Promise((resolve, reject) => {
      if (closed) return reject(lost());
      const id = post(ask);
      const stop = (): void => {
        if (!closed) post({ call: 'netStop', of: id });
      };
      const settled = <A>(settle: (value: A) => void) => {
        return (value: A): void => {
          signal?.removeEventListener('abort', stop);
          settle(value);
        };
      };
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject), onEvent });
      signal?.addEventListener('abort', stop);
      if (signal?.aborted === true) stop();
    });
}
