import { AppError } from '#shared/errors/app-error.ts';

/** Milliseconds of work before others have a turn: a slow machine still keeps below 50 (design.md, idea 5). */
const SLICE_MS = 8;

/** Whether a slice of work has taken its time; asked between steps. */
export type SliceClock = {
  readonly isOver: () => boolean;
  /** A new slice begins. */
  readonly restart: () => void;
};

/** A clock for the slices of long work, each of so many milliseconds. */
export function sliceClock(milliseconds = SLICE_MS): SliceClock {
  let end = performance.now() + milliseconds;
  return {
    isOver: () => performance.now() >= end,
    restart: () => {
      end = performance.now() + milliseconds;
    },
  };
}

/** Throws AppError `cancelled` where the person has asked to stop. */
export function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', 'Cancelled. Nothing was changed.');
}

/** Takes the steps of long work, with a turn for others in between; a cancel ends it with AppError `cancelled`. */
export async function inTurns<R>(steps: Generator<void, R, void>, yieldTurn: () => Promise<void>, signal?: AbortSignal): Promise<R> {
  const clock = sliceClock();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (!clock.isOver()) continue;
    await yieldTurn();
    refuseCancelled(signal);
    clock.restart();
  }
}

/** Takes all steps at once, where nobody waits. */
export function atOnce<R>(steps: Generator<void, R, void>): R {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Walks over values, one a step. */
export function* eachStep<T>(values: Iterable<T>, act: (value: T) => void): Generator<void, void, void> {
  for (const value of values) {
    act(value);
    yield;
  }
}
