import type { FileAnswer, JournalAnswer, JournalReply, MainCall } from '#shared/contract/journal-protocol.ts';
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
type Answer = JournalAnswer | FileAnswer;
type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (error: AppError) => void };

/** Asks Electron's main process, which keeps the journal and the bytes of attachments; answers are typed by their calls there. */
export type AskMain = (ask: Ask) => Promise<Answer>;

/** Asks over the port; every call is answered or, when the port closes, rejected as retryable. */
export function callMain(port: MainPort): AskMain {
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let closed = false;
  const lost = () => new AppError('storage', 'The second copy of your records cannot be reached. Restart Satchel.', {}, true);
  port.addEventListener('message', (event) => {
    // a port's `message` is a MessageEvent; main is trusted, and its replies are typed there
    const reply = (event as MessageEvent).data as JournalReply;
    const call = waiting.get(reply.id);
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
  return (ask) =>
    new Promise((resolve, reject) => {
      if (closed) return reject(lost());
      nextId += 1;
      waiting.set(nextId, { resolve, reject });
      port.postMessage({ ...ask, id: nextId });
    });
}
