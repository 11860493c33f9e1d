import { AppError } from '../../errors/app-error.ts';
import type { Progress } from '../define.ts';
import type { ClientMessage } from '../port-protocol.ts';

/** The part of the platform's `AbortSignal` that is used here. */
export type AbortSignalLike = {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};

type CallMessage = Extract<ClientMessage, { t: 'call' }>;
type Outcome = { readonly output: unknown } | { readonly error: AppError };

type OpenCall = {
  readonly message: CallMessage;
  readonly settle: (outcome: Outcome) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** The engine that it was sent to last. */
  epoch: string | undefined;
  /** Engines that may have died of it. */
  deaths: number;
  cancelled: boolean;
  disarm: () => void;
};

type Wiring = {
  readonly later: (milliseconds: number, run: () => void) => () => void;
  readonly post: (message: ClientMessage) => void;
  /** An engine is there, though it may still be opening its store. */
  readonly isAttached: () => boolean;
  /** It does not answer its heartbeat. */
  readonly isSilent: () => boolean;
  readonly graceMs: number;
  readonly connectMs: number;
};

type Options = { readonly signal?: AbortSignalLike; readonly onProgress?: (progress: Progress) => void };

export type OpenCalls = {
  readonly open: (call: Omit<CallMessage, 't'>, options: Options, epoch: string | undefined) => Promise<unknown>;
  readonly settle: (id: number, outcome: Outcome) => void;
  readonly progress: (id: number, progress: Progress) => void;
  /** A (new) engine answers: sends everything open there. */
  readonly resend: (epoch: string) => void;
  /** The engine is gone: everything open waits for the next one. */
  readonly wait: () => void;
  readonly refuseAll: (error: AppError) => void;
};

/** A call of which so many engines may have died is given up, so that it does not kill each new one. */
const MOST_DEATHS = 3;

const notSent = () => new AppError('contract', 'This request holds a value that cannot be handed to the engine.');
const noEngine = () =>
  new AppError(
    'engine-lost',
    'Satchel’s engine does not answer and could not be started again. Close Satchel and open it again: everything that was saved is kept.',
    {},
    true,
  );
const deadly = () =>
  new AppError(
    'engine-lost',
    'Satchel’s engine stopped three times before it could confirm this, so this was given up. Look whether it was saved before you try again.',
    {},
    true,
  );

function late({ commandId, deadlineMs }: CallMessage): AppError {
  const time = `${deadlineMs / 1000} seconds`;
  const words =
    commandId === undefined
      ? `Satchel did not answer within ${time}. Try again.`
      : `Satchel did not confirm this within ${time}. It may still have been saved: look before you try again.`;
  return new AppError('deadline', words, {}, true);
}

/** The calls that await their answer, each with its deadline; an answer is taken once. */
export function createOpenCalls({ later, post, isAttached, isSilent, graceMs, connectMs }: Wiring): OpenCalls {
  const calls = new Map<number, OpenCall>();

  const settle = (id: number, outcome: Outcome): void => {
    const call = calls.get(id);
    if (call === undefined) return;
    calls.delete(id);
    call.disarm();
    call.settle(outcome);
  };

  const arm = (call: OpenCall, milliseconds: number): void => {
    const { message } = call;
    call.disarm();
    call.disarm = later(milliseconds, () => {
      // a change whose engine has fallen silent is sent again to the next one, so that its fate need not stay open
      if (message.commandId !== undefined && isSilent()) arm(call, graceMs);
      else settle(message.id, { error: late(message) });
    });
  };

  const send = (call: OpenCall, epoch: string): void => {
    const { message } = call;
    call.epoch = epoch;
    if (message.deadlineMs > 0) arm(call, message.deadlineMs + graceMs);
    else call.disarm();
    try {
      post(message);
    } catch {
      return settle(message.id, { error: notSent() });
    }
    if (call.cancelled) post({ t: 'cancel', id: message.id });
  };

  /**
   * Counts the last engine's death against what it may have died of. Changes are made in the order in which they were sent, so
   * of those only the oldest was being worked on: the ones behind it merely waited, and outlive any number of engines.
   */
  const blame = (epoch: string): void => {
    const orphans = [...calls.values()].filter((call) => call.epoch !== undefined && call.epoch !== epoch);
    const oldestChange = orphans.find(({ message }) => message.commandId !== undefined);
    for (const call of orphans) if (call.message.commandId === undefined || call === oldestChange) call.deaths += 1;
  };

  const wait = (call: OpenCall): void => {
    call.disarm();
    call.disarm = later(connectMs, () => {
      // recovering a large store takes its time
      if (isAttached()) wait(call);
      else settle(call.message.id, { error: noEngine() });
    });
  };

  const cancel = (call: OpenCall): void => {
    const { id, commandId } = call.message;
    const sent = call.epoch !== undefined;
    call.cancelled = true;
    if (sent) post({ t: 'cancel', id });
    // a change may have been made already: only the engine knows, so its answer is awaited
    if (commandId === undefined || !sent) settle(id, { error: new AppError('cancelled', 'Stopped. Nothing was changed.') });
  };

  return {
    open: (message, { signal, onProgress }, epoch) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => cancel(call);
        const call: OpenCall = {
          message: { t: 'call', ...message },
          settle: (outcome) => {
            signal?.removeEventListener('abort', onAbort);
            if ('error' in outcome) reject(outcome.error);
            else resolve(outcome.output);
          },
          onProgress,
          epoch: undefined,
          deaths: 0,
          cancelled: false,
          disarm: () => undefined,
        };
        calls.set(message.id, call);
        if (signal?.aborted === true) return onAbort();
        signal?.addEventListener('abort', onAbort);
        if (epoch === undefined) wait(call);
        else send(call, epoch);
      }),
    settle,
    progress: (id, progress) => calls.get(id)?.onProgress?.(progress),
    resend: (epoch) => {
      blame(epoch);
      for (const call of calls.values()) {
        if (call.deaths < MOST_DEATHS) send(call, epoch);
        else settle(call.message.id, { error: deadly() });
      }
    },
    wait: () => {
      for (const call of calls.values()) wait(call);
    },
    refuseAll: (error) => {
      for (const id of calls.keys()) settle(id, { error });
    },
  };
}
