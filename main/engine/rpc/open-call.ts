import type { EngineMessage } from '#shared/contract/port-protocol.ts';
import type { OperationName } from '#shared/contract/engine-contract.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import type { EngineContext } from '../context.ts';
import { logFailure } from './failure-log.ts';
import { operationOf } from './request.ts';
import type { Serving } from './serving.ts';
import { performReady } from './when-ready.ts';

/** A validated request. */
export type Request = {
  readonly id: number;
  readonly name: OperationName;
  readonly input: unknown;
  /** Milliseconds; 0: none. */
  readonly deadlineMs: number;
};

export type OpenCall = {
  /** The client asks for the end, and is answered. */
  readonly cancel: (reason: AppError) => void;
  /** The client has gone: no answer is due. */
  readonly drop: () => void;
};

/** Where a call's messages go. `onEnd` is called once, when it is answered. */
export type Reply = { readonly post: (message: EngineMessage) => void; readonly onEnd: () => void };

type Answer = { readonly result: (output: unknown) => void; readonly fail: (thrown: unknown) => void };

const seconds = (milliseconds: number) => (milliseconds === 1000 ? '1 second' : `${milliseconds / 1000} seconds`);
const late = (milliseconds: number, words: string) =>
  new AppError('deadline', `This took longer than ${seconds(milliseconds)} and was stopped. ${words}Try again.`, {}, true);

/** Answers a call once, with whatever comes first: its result, its failure, its deadline, its cancel. */
function answerOnce(serving: Serving, { id, name }: Request, { post, onEnd }: Reply): Answer {
  let answered = false;
  const settle = (message: EngineMessage): void => {
    if (answered) return;
    answered = true;
    onEnd();
    try {
      post(message);
    } catch {
      post({ t: 'error', id, error: toErrorShape(new AppError('internal', 'The result could not be handed over.')) });
    }
  };
  return {
    result: (output) => settle({ t: 'result', id, output }),
    fail: (thrown) => {
      if (!answered) logFailure(serving.host, name, thrown);
      settle({ t: 'error', id, error: toErrorShape(thrown) });
    },
  };
}

/** Runs a query. A cancel or its deadline answers at once; nothing depends on its end. */
export function openQuery(serving: Serving, context: EngineContext, request: Request, reply: Reply): OpenCall {
  const { name, input, deadlineMs } = request;
  const controller = new AbortController();
  const answer = answerOnce(serving, request, reply);
  const cancel = (reason: AppError): void => {
    controller.abort(reason);
    answer.fail(reason);
  };
  const forget = serving.host.later(deadlineMs, () => cancel(late(deadlineMs, '')));
  const call = { commandId: '', signal: controller.signal, progress: () => undefined };
  const work = performReady(serving, context, { name, input, call });
  void work.then(answer.result, answer.fail).finally(forget);
  return {
    cancel,
    drop: () => {
      forget();
      controller.abort(new AppError('cancelled', 'The client has gone.'));
    },
  };
}

/**
 * Runs a command or job, or joins it where it runs already. A cancel or its deadline asks it to stop; the answer waits for its
 * end, because only that tells whether the change was still made. Throws where the command ID belongs to another operation.
 */
export function openCommand(serving: Serving, context: EngineContext, request: Request, commandId: string, reply: Reply): OpenCall {
  const { id, name, input, deadlineMs } = request;
  const run = serving.commands.take(
    commandId,
    name,
    async (signal, progress) => performReady(serving, context, { name, input, call: { commandId, signal, progress } }),
    { forget: operationOf(name).repeatable === true },
  );
  const answer = answerOnce(serving, request, reply);
  const unwatch = run.watch(thinned(serving.host.later, (progress) => reply.post({ t: 'progress', id, progress })));
  let stopped: AppError | undefined;
  const cancel = (reason: AppError): void => {
    stopped ??= reason;
    run.abort(reason);
  };
  const forget =
    deadlineMs === 0 ? () => undefined : serving.host.later(deadlineMs, () => cancel(late(deadlineMs, 'Nothing was changed. ')));
  const drop = (): void => {
    forget();
    unwatch();
  };
  run.answer
    .finally(drop)
    .then(answer.result, (thrown: unknown) =>
      answer.fail(stopped !== undefined && thrown instanceof AppError && thrown.code === 'cancelled' ? stopped : thrown),
    );
  return { cancel, drop };
}

/** Passes on the newest value at most every 50 ms. */
function thinned<T>(later: Serving['host']['later'], pass: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | undefined;
  return (value) => {
    const first = waiting === undefined;
    waiting = { value };
    if (!first) return;
    later(50, () => {
      const newest = waiting;
      waiting = undefined;
      if (newest !== undefined) pass(newest.value);
    });
  };
}
