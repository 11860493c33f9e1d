import { PROTOCOL, type ClientMessage, type EngineMessage } from '#shared/contract/port-protocol.ts';
import type { Port } from '#shared/contract/port.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import type { EngineContext } from '../context.ts';
import { idOf, readClientMessage } from './client-message.ts';
import { logFailure } from './failure-log.ts';
import type { Subscription } from './live-desk.ts';
import { openCommand, openQuery, type OpenCall, type Reply } from './open-call.ts';
import { operationName, operationOf, readInput } from './request.ts';
import type { Serving } from './serving.ts';
import { performReady } from './when-ready.ts';

/** What one client may have open at once, and how often it may send what makes no sense. */
export const CLIENT_LIMITS = { calls: 1_000, lives: 1_000, faults: 100 } as const;

type MessageOf<T extends ClientMessage['t']> = Extract<ClientMessage, { t: T }>;

export type Session = {
  /** The store is open now: a client that has said hello is welcomed. */
  readonly ready: () => void;
  readonly fail: (error: AppError) => void;
  /** Forgets what the client has open, as it has fallen silent; should it speak again, it is asked to start afresh. */
  readonly rest: () => void;
  /** When the client was last heard of, UTC ISO. */
  readonly heardAt: () => string;
};

const tooMany = (what: string) => new AppError('limit', `Too many ${what} are open at once. Try again in a moment.`, {}, true);
const starting = () => new AppError('engine-lost', 'Satchel is still starting. Try again in a moment.', {}, true);

/** Serves one client on its port until it leaves. Whatever it sends, others are not harmed and the engine goes on. */
export function serveClient(serving: Serving, port: Port, onEnd: () => void): Session {
  const { host, turns } = serving;
  const calls = new Map<number, OpenCall>();
  const lives = new Map<number, Subscription>();
  // stands for this client in the queues that all share
  const client = {};
  let greeted = false;
  let known = false;
  let ended = false;
  let faults = 0;
  let heardAt = host.now();

  const post = (message: EngineMessage): void => {
    if (!ended) port.post(message);
  };
  const postError = (id: number, thrown: unknown): void => post({ t: 'error', id, error: toErrorShape(thrown) });

  /** Running commands go on to their end; the client may come back for the answer under the command's ID. */
  const dropAll = (): void => {
    turns.drop(client);
    for (const call of calls.values()) call.drop();
    calls.clear();
    for (const live of lives.values()) live.stop();
    lives.clear();
  };

  const end = (): void => {
    if (ended) return;
    ended = true;
    dropAll();
    port.close();
    onEnd();
  };

  const fatal = (error: AppError): void => {
    post({ t: 'fatal', error: toErrorShape(error) });
    end();
  };

  const fault = (id: number | undefined, message: string): void => {
    const error = new AppError('contract', message);
    faults += 1;
    if (faults > CLIENT_LIMITS.faults) return fatal(error);
    if (id !== undefined) postError(id, error);
  };

  const start = (context: EngineContext, message: MessageOf<'call'>): OpenCall => {
    const { id, commandId } = message;
    const name = operationName(message.name);
    const { kind, deadlineMs: own } = operationOf(name);
    if ((kind === 'query') !== (commandId === undefined))
      throw new AppError('contract', `The request ${name} ${kind === 'query' ? 'carries no' : 'must carry a'} command ID.`);
    const input = readInput(name, message.input);
    const deadlineMs = message.deadlineMs === 0 ? own : message.deadlineMs;
    const reply: Reply = { post, onEnd: () => calls.delete(id) };
    const request = { id, name, input, deadlineMs };
    return commandId === undefined ? openQuery(serving, context, request, reply) : openCommand(serving, context, request, commandId, reply);
  };

  const receiveCall = (message: MessageOf<'call'>): void => {
    const { id } = message;
    if (calls.has(id) || lives.has(id)) return fault(id, 'This request ID is in use.');
    if (calls.size >= CLIENT_LIMITS.calls) return postError(id, tooMany('requests'));
    // until its turn comes
    const waiting: OpenCall = {
      cancel: (reason) => {
        calls.delete(id);
        postError(id, reason);
      },
      drop: () => undefined,
    };
    calls.set(id, waiting);
    turns.add('call', client, () => {
      if (calls.get(id) !== waiting) return;
      try {
        const context = serving.context();
        if (context === undefined) throw starting();
        calls.set(id, start(context, message));
      } catch (error) {
        calls.delete(id);
        logFailure(host, message.name, error);
        postError(id, error);
      }
    });
  };

  const receiveLive = (message: MessageOf<'live'>): void => {
    const { id } = message;
    if (calls.has(id) || lives.has(id)) return fault(id, 'This request ID is in use.');
    if (lives.size >= CLIENT_LIMITS.lives) return postError(id, tooMany('subscriptions'));
    try {
      const name = operationName(message.name);
      if (operationOf(name).kind !== 'query') throw new AppError('contract', `${name} cannot be subscribed to.`);
      const input = readInput(name, message.input);
      const run = async (signal: AbortSignal): Promise<unknown> => {
        const context = serving.context();
        if (context === undefined) throw starting();
        return performReady(serving, context, { name, input, call: { commandId: '', signal, progress: () => undefined } });
      };
      lives.set(
        id,
        serving.lives.add({
          id,
          client,
          reads: serving.reads(name, input),
          run,
          post,
          onFailure: (thrown) => logFailure(host, name, thrown),
        }),
      );
    } catch (error) {
      logFailure(host, message.name, error);
      postError(id, error);
    }
  };

  const hello = ({ protocol }: MessageOf<'hello'>): void => {
    if (protocol !== PROTOCOL)
      return fatal(new AppError('contract', 'This window and the engine are of different versions. Close Satchel and open it again.'));
    // a second hello starts afresh
    dropAll();
    greeted = true;
    known = true;
    if (serving.context() !== undefined) post({ t: 'welcome', protocol: PROTOCOL, epoch: serving.epoch });
  };

  const receive = (message: ClientMessage): void => {
    switch (message.t) {
      case 'hello':
        return hello(message);
      case 'bye':
        return end();
      case 'ping':
        return post({ t: 'pong', n: message.n });
      case 'call':
        return receiveCall(message);
      case 'live':
        return receiveLive(message);
      case 'cancel':
        return calls.get(message.id)?.cancel(new AppError('cancelled', 'Stopped. Nothing was changed.'));
      case 'ack':
        return lives.get(message.id)?.ack(message.n);
      case 'stop':
        lives.get(message.id)?.stop();
        lives.delete(message.id);
    }
  };

  port.open((data) => {
    if (ended) return;
    heardAt = host.now();
    const message = readClientMessage(data);
    if (message === undefined) return fault(idOf(data), 'The engine does not know this message.');
    if (!greeted && message.t !== 'hello' && message.t !== 'bye') return post({ t: 'again' });
    receive(message);
  }, end);

  return {
    ready: () => {
      if (greeted) post({ t: 'welcome', protocol: PROTOCOL, epoch: serving.epoch });
    },
    fail: fatal,
    rest: () => {
      // a port on which no one ever spoke: a tab that asked twice
      if (!known) return end();
      greeted = false;
      dropAll();
    },
    heardAt: () => heardAt,
  };
}
