import type { CentralAnswer, CentralCall, CentralReply } from '#shared/contract/central-protocol.ts';
import type { MailGate } from '#shared/contract/mail-gate.ts';
import type { KeyStore, Net } from '#shared/contract/net.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';

export type CentralServiceOptions = {
  readonly net: Net;
  readonly keys: KeyStore;
  /** How mails leave. */
  readonly mail: MailGate;
  /** Resolves where the person lets Satchel talk to this server. Rejects with `permission` where not. */
  readonly allow: (server: string) => Promise<void>;
  readonly newAbort: () => AbortController;
};

/** What one engine asks about the central store; `stop` ends what is under way when it has gone. */
export type CentralService = {
  readonly take: (call: CentralCall, reply: (reply: CentralReply) => void) => void;
  readonly stop: () => void;
};

/** Requests and streams that one engine may have at a time: sync needs a handful. */
const MOST_OPEN = 32;

/** Answers an engine's requests: only to the server that the person agreed to, within bounds. One service per port. */
export function centralService({ net, keys, mail, allow, newAbort }: CentralServiceOptions): CentralService {
  const open = new Map<number, AbortController>();

  const outside = async <T>(id: number, server: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    if (open.size >= MOST_OPEN || open.has(id)) throw new AppError('limit', 'Too much is asked of the central store at once.', {}, true);
    const ending = newAbort();
    open.set(id, ending);
    try {
      await allow(server);
      return await run(ending.signal);
    } finally {
      open.delete(id);
    }
  };

  const answer = async (call: CentralCall, reply: (reply: CentralReply) => void): Promise<CentralAnswer> => {
    switch (call.call) {
      case 'netRequest': {
        const { id, server, method, path, body, deadlineMs, maxBytes } = call;
        const headers = plain(call.headers);
        return outside(id, server, (signal) =>
          net.request({ server, method, path, headers, deadlineMs, maxBytes, signal, ...(body === undefined ? {} : { body }) }),
        );
      }
      case 'netListen': {
        const { id, server, path } = call;
        const onEvent = (event: string): void => reply({ id, event });
        await outside(id, server, (signal) => net.listen({ server, path, headers: plain(call.headers), signal, onEvent }));
        return null;
      }
      case 'netStop':
        open.get(call.of)?.abort();
        return null;
      case 'keyGet':
        return (await keys.get(call.name)) ?? null;
      case 'keySet':
        await keys.set(call.name, call.value);
        return null;
      case 'keyRemove':
        await keys.remove(call.name);
        return null;
      case 'mailSend': {
        const { call: _call, id: _id, to, ...rest } = call;
        return mail.send({ ...rest, to });
      }
      case 'mailKnown':
        return mail.known(call.messageId);
    }
  };

  return {
    take: (call, reply) =>
      void answer(call, reply)
        .then((ok): CentralReply => ({ id: call.id, ok }))
        .catch((thrown: unknown): CentralReply => ({ id: call.id, error: toErrorShape(thrown) }))
        .then(reply),
    stop: () => {
      for (const ending of open.values()) ending.abort();
    },
  };
}

function plain(headers: Readonly<Partial<Record<string, string>>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
