import { AppError, fromErrorShape, type ErrorShape } from '../../errors/app-error.ts';
import type { OperationKind, Progress } from '../define.ts';
import type { CommandName, Input, JobName, OperationName, Output, QueryName } from '../engine-contract.ts';
import type { Port } from '../port.ts';
import type { ClientMessage, EngineMessage } from '../port-protocol.ts';
import { createConnection, type ConnectionState, type Loss } from './connection.ts';
import { createOpenCalls, type AbortSignalLike } from './open-calls.ts';
import { createSubscriptions } from './subscriptions.ts';

/** What the client needs of where it runs. */
export type ClientWorld = {
  /** Starts work later; answers a cancel. */
  readonly later: (milliseconds: number, run: () => void) => () => void;
  /** A new ID that no one else has. */
  readonly newId: () => string;
  /** Milliseconds after which a question or a command is given up, for those who would rather wait (the command line). */
  readonly deadlines?: { readonly query: number; readonly command: number };
  /** The engine on the attached port has gone or fallen silent: the host finds another and attaches it. */
  readonly onLost?: (how: Loss) => void;
};

export type CallOptions = { readonly signal?: AbortSignalLike };
/** `commandId`: of an earlier attempt, so that it is not done twice. */
export type CommandOptions = CallOptions & { readonly commandId?: string };
export type JobOptions = CommandOptions & { readonly onProgress?: (progress: Progress) => void };

export type LiveListener<O> = {
  readonly next: (output: O) => void;
  /** The query failed; a later change may make it answer again. */
  readonly error: (error: AppError) => void;
};

/** The engine as screens and the command line see it. Every failure is an {@link AppError}. */
export type EngineClient = {
  readonly call: <N extends QueryName>(name: N, input: Input<N>, options?: CallOptions) => Promise<Output<N>>;
  readonly command: <N extends CommandName>(name: N, input: Input<N>, options?: CommandOptions) => Promise<Output<N>>;
  readonly job: <N extends JobName>(name: N, input: Input<N>, options?: JobOptions) => Promise<Output<N>>;
  /** Hears the query's result now and whenever it changes; answers a stop. Goes on over restarts of the engine. */
  readonly live: <N extends QueryName>(name: N, input: Input<N>, listener: LiveListener<Output<N>>) => () => void;
  readonly state: () => ConnectionState;
  readonly onState: (listener: () => void) => () => void;
};

/** The client with the ends that its host holds. */
export type EngineLink = EngineClient & {
  /** Takes a port to an engine, the first one or a new one. Everything open is asked there (again). */
  readonly attach: (port: Port) => void;
  /** The engine is known to be gone: calls wait for the next port. */
  readonly detach: () => void;
  /** No engine can be had: everything open is refused with this. */
  readonly fail: (error: AppError) => void;
  /** Says goodbye and gives everything open up. */
  readonly close: () => void;
};

/** Milliseconds that the client waits beyond a deadline for the engine's own word on it. */
const GRACE_MS = 2_000;
/** Milliseconds that a call waits for a connection. */
const CONNECT_MS = 60_000;

/** As in `define.ts`, whose validators the page does not load. */
const DEADLINES = { query: 10_000, command: 30_000 };

/** Creates a client that has no connection yet; calls made before the first `attach` wait for it. */
export function createClient(world: ClientWorld): EngineLink {
  const deadlines: Record<OperationKind, number> = { ...DEADLINES, ...world.deadlines, job: 0 };
  let ids = 0;
  const nextId = (): number => (ids += 1);
  const post = (message: ClientMessage): void => connection.post(message);
  const calls = createOpenCalls({
    later: world.later,
    post,
    isAttached: () => connection.isAttached(),
    isSilent: () => connection.isSilent(),
    graceMs: GRACE_MS,
    connectMs: CONNECT_MS,
  });
  const lives = createSubscriptions(post);

  const receive = (message: EngineMessage): void => {
    switch (message.t) {
      case 'result':
        return calls.settle(message.id, { output: message.output });
      case 'error': {
        const error = fromErrorShape(message.error);
        return lives.has(message.id) ? lives.end(message.id, error) : calls.settle(message.id, { error });
      }
      case 'progress':
        return calls.progress(message.id, message.progress);
      case 'push':
        return lives.push(message.id, message.n, { output: message.output });
      case 'push-error':
        return lives.push(message.id, message.n, { error: fromErrorShape(message.error) });
      case 'fatal':
        return fail(message.error);
      case 'welcome':
      case 'again':
      case 'pong':
    }
  };

  const connection = createConnection({
    later: world.later,
    clientId: world.newId(),
    onMessage: receive,
    onWelcome: (epoch) => {
      calls.resend(epoch);
      lives.resend();
    },
    onGone: calls.wait,
    onLost: (how) => world.onLost?.(how),
  });

  const fail = (shape: ErrorShape): void => {
    const error = fromErrorShape(shape);
    connection.fail(error);
    calls.refuseAll(error);
    lives.tellAll(error);
  };

  const open = <N extends OperationName>(kind: OperationKind, name: N, input: Input<N>, options: JobOptions): Promise<Output<N>> => {
    const commandId = kind === 'query' ? {} : { commandId: options.commandId ?? world.newId() };
    const call = { id: nextId(), name, input, deadlineMs: deadlines[kind], ...commandId };
    const state = connection.state();
    if (state.kind === 'failed') return Promise.reject(state.error);
    // the engine answers an operation with its own output; its shape is the contract's
    return calls.open(call, options, state.kind === 'ready' ? state.epoch : undefined) as Promise<Output<N>>;
  };

  return {
    call: (name, input, options = {}) => open('query', name, input, options),
    command: (name, input, options = {}) => open('command', name, input, options),
    job: (name, input, options = {}) => open('job', name, input, options),
    live: (name, input, listener) =>
      // the listener hears this operation's own outputs
      lives.add({ id: nextId(), name, input }, listener as LiveListener<unknown>, connection.state().kind === 'ready'),
    state: connection.state,
    onState: connection.onState,
    attach: connection.attach,
    detach: connection.detach,
    fail: (error) => fail({ code: error.code, message: error.message, details: error.details, retryable: error.retryable }),
    close: () => {
      const closed = new AppError('cancelled', 'This window was closed.');
      calls.refuseAll(closed);
      lives.clear();
      connection.close();
    },
  };
}
