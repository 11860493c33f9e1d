import type { JournalAnswer, JournalCall, JournalReply, RecoveryHead, RecoveryPart } from '#shared/contract/journal-protocol.ts';
import { AppError, fromErrorShape } from '#shared/errors/app-error.ts';
import type { Journal, JournalRecord, JournalRecovery } from './host.ts';

/** The part of a MessagePort that is needed; the port must not have been started. */
export type JournalPort = {
  // methods, not functions: the ports of a page and of Node declare their events differently
  postMessage(message: JournalCall): void;
  addEventListener(type: 'message' | 'close', listener: (event: Event) => void): void;
  start(): void;
};

// a call without its ID, per kind of call
type Ask = JournalCall extends infer C ? (C extends JournalCall ? Omit<C, 'id'> : never) : never;
type Waiting = { readonly resolve: (answer: JournalAnswer) => void; readonly reject: (error: AppError) => void };

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Asks over the port; every call is answered or, when the port closes, rejected as retryable. */
function caller(port: JournalPort): (ask: Ask) => Promise<JournalAnswer> {
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

async function recovered(ask: (ask: Ask) => Promise<JournalAnswer>): Promise<JournalRecovery | undefined> {
  // answers are typed by their calls, in main/desktop/journal
  const head = (await ask({ call: 'recoverBegin' })) as RecoveryHead;
  if (!head.found) return undefined;
  const parts: Uint8Array[] = [];
  const entries: JournalRecord[] = [];
  for (;;) {
    const next = (await ask({ call: 'recoverNext' })) as RecoveryPart;
    if (next.part === 'end') break;
    if (next.part === 'snapshot') parts.push(next.bytes);
    else entries.push(...next.entries);
  }
  return {
    snapshot: head.hasSnapshot ? join(parts) : undefined,
    snapshotSeq: head.snapshotSeq,
    entries,
    ...(head.note === undefined ? {} : { note: head.note }),
  };
}

/** The journal behind a port that Electron's main process handed over (`journal-port`). */
export function journalOverPort(port: JournalPort): Journal {
  const ask = caller(port);
  return {
    // answers are typed by their calls, in main/desktop/journal
    lastSeq: async () => (await ask({ call: 'lastSeq' })) as number,
    append: async ({ seq, changeSet }) => void (await ask({ call: 'append', seq, changeSet })),
    snapshot: async (seq, chunks) => {
      await ask({ call: 'snapshotBegin', seq });
      try {
        for await (const bytes of chunks) await ask({ call: 'snapshotChunk', bytes });
      } catch (error) {
        await ask({ call: 'snapshotAbort' });
        throw error;
      }
      await ask({ call: 'snapshotEnd' });
    },
    recover: () => recovered(ask),
  };
}
