import type { OperationName } from '#shared/contract/engine-contract.ts';
import type { Port } from '#shared/contract/port.ts';
import type { AppError } from '#shared/errors/app-error.ts';
import type { EngineContext, Handlers, ReadsOf } from '../context.ts';
import type { Host } from '../host/host.ts';
import { callersOf } from '../people/callers.ts';
import { createCommandDesk } from './command-desk.ts';
import { createLiveDesk } from './live-desk.ts';
import { handlerIn, readsIn, type Serving } from './serving.ts';
import { serveClient, type Session } from './session.ts';
import { createTurns } from './turns.ts';

/** A client that was not heard of for so long has closed without a word; it loses its subscriptions, not its connection. */
const SILENT_MS = 15 * 60_000;
/** Milliseconds between two looks at the calendar. */
const DAY_WATCH_MS = 60_000;

export type RpcServer = {
  /** Differs with every start of an engine. */
  readonly epoch: string;
  /** Serves a client on this port. Clients that come before the store is open wait. */
  readonly accept: (port: Port) => void;
  /** The store is open: waiting clients are welcomed and answered. */
  readonly serve: (context: EngineContext) => void;
  /** The store cannot be opened: everyone is told, now and later. */
  readonly fail: (error: AppError) => void;
};

export type Operations = { readonly handlers: Handlers<OperationName>; readonly reads: ReadsOf<OperationName> };

/** The engine's side of the contract: serves any number of clients over ports. */
export function createRpcServer(host: Host, { handlers, reads }: Operations): RpcServer {
  const sessions = new Set<Session>();
  const turns = createTurns(host.yieldTurn);
  const lives = createLiveDesk(turns);
  let context: EngineContext | undefined;
  let failure: AppError | undefined;
  const serving: Serving = {
    host,
    epoch: host.newId(),
    handler: handlerIn(handlers),
    reads: readsIn(reads),
    turns,
    commands: createCommandDesk(),
    lives,
    context: () => context,
  };

  const restSilent = (): void => {
    const limit = Date.parse(host.now()) - SILENT_MS;
    for (const session of sessions) if (Date.parse(session.heardAt()) < limit) session.rest();
  };

  /** At midnight every figure may change though no record did. */
  const watchDay = (opened: EngineContext, known: string): void => {
    host.later(DAY_WATCH_MS, () => {
      const { asOf } = opened.settings();
      if (asOf !== known) lives.refreshAll();
      watchDay(opened, asOf);
    });
  };

  return {
    epoch: serving.epoch,
    accept: (port) => {
      restSilent();
      const session = serveClient(serving, port, () => sessions.delete(session));
      sessions.add(session);
      if (failure !== undefined) session.fail(failure);
    },
    serve: (opened) => {
      context = opened;
      lives.follow(opened.feed);
      callersOf(opened).onChange(lives.refreshAll);
      watchDay(opened, opened.settings().asOf);
      for (const session of sessions) session.ready();
    },
    fail: (error) => {
      failure = error;
      for (const session of sessions) session.fail(error);
    },
  };
}
