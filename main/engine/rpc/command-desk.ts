import type { Progress } from '#shared/contract/define.ts';
import { AppError } from '#shared/errors/app-error.ts';

/** A command or job that runs, or has run, under its command ID. */
export type CommandRun = {
  readonly answer: Promise<unknown>;
  readonly abort: (reason: AppError) => void;
  /** Hears progress from now on; answers a stop. */
  readonly watch: (listener: (progress: Progress) => void) => () => void;
};

export type CommandDesk = {
  /**
   * Starts the work, or joins what was started under the same ID before. `forget`: the answer is not kept. Throws `contract` where the
   * ID belongs to another operation.
   */
  readonly take: (
    commandId: string,
    name: string,
    work: (signal: AbortSignal, progress: (progress: Progress) => void) => Promise<unknown>,
    options?: { readonly forget?: boolean },
  ) => CommandRun;
};

/** Answers that are kept for clients that lost theirs while this engine lives; after a restart `records.run` knows the ID. */
const KEPT_ANSWERS = 500;

/**
 * Command IDs answered once: a client that lost its connection sends its open commands again and gets the first answer.
 * A command that failed changed nothing, so it is forgotten and may be tried again under its ID.
 */
export function createCommandDesk(): CommandDesk {
  const runs = new Map<string, CommandRun & { readonly name: string }>();
  const finished: string[] = [];

  const start = (name: string, work: Parameters<CommandDesk['take']>[2], onEnd: (done: boolean) => void) => {
    const controller = new AbortController();
    const listeners = new Set<(progress: Progress) => void>();
    let over = false;
    const tell = (progress: Progress): void => {
      if (!over) for (const listener of listeners) listener(progress);
    };
    const end = (done: boolean): void => {
      over = true;
      listeners.clear();
      onEnd(done);
    };
    const answer = work(controller.signal, tell);
    answer.then(
      () => end(true),
      () => end(false),
    );
    return {
      name,
      answer,
      abort: (reason: AppError) => controller.abort(reason),
      watch: (listener: (progress: Progress) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  };

  return {
    take: (commandId, name, work, options) => {
      const known = runs.get(commandId);
      if (known !== undefined && known.name !== name) throw new AppError('contract', 'This command ID was used for another command.');
      if (known !== undefined) return known;
      const run = start(name, work, (done) => {
        if (!done || options?.forget === true) return void runs.delete(commandId);
        finished.push(commandId);
        const oldest = finished.length > KEPT_ANSWERS ? finished.shift() : undefined;
        if (oldest !== undefined) runs.delete(oldest);
      });
      runs.set(commandId, run);
      return run;
    },
  };
}
