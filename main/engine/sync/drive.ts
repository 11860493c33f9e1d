import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import { readCursor } from '#shared/sync-core/cursor.ts';
import type { EngineContext } from '../context.ts';
import type { Host } from '../host/host.ts';
import { hashText } from '../records/numbering.ts';
import type { CentralStore } from './central-store.ts';
import type { Steps } from './sync.ts';

/** What does not work just now, and when it is tried again. */
export type Trouble = {
  readonly code: string;
  readonly message: string;
  readonly wayOut: string;
  readonly since: string;
  readonly nextTryAt?: string;
};

export type Driver = {
  /** Steps until nothing is left to do. Rejects with what went wrong. */
  readonly once: () => Promise<void>;
  /** Goes on by itself: after each deed, at news, now and then. Answers how to stop. */
  readonly start: () => () => void;
  /** Something is to be done soon. */
  readonly wake: () => void;
  readonly trouble: () => Trouble | undefined;
  readonly isWorking: () => boolean;
  readonly lastSync: () => string | undefined;
};

/** Deeds in a row go as one push. */
const REST_MS = 300;
/** How often the server is asked where no news tell (S17). */
const POLL_MS = 30_000;
/** With news it is only a safety net. */
const POLL_WITH_NEWS_MS = 300_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
/** How often checksums are compared. */
const COMPARE_MS = 6 * 3_600_000;
/** Far more steps than any queue takes; a server that always has more is left alone for a while. */
const MOST_STEPS = 20_000;

type DriverParts = {
  readonly host: Host;
  readonly central: CentralStore;
  readonly feed: EngineContext['feed'];
  readonly changed: () => void;
};

/** Drives the steps of sync. */
export function createDriver({ host, central, feed, changed }: DriverParts, steps: Steps): Driver {
  let running: Promise<void> | undefined;
  let trouble: Trouble | undefined;
  let failures = 0;
  let lastSync: string | undefined;
  let cancelNext: (() => void) | undefined;
  let dueAt = Infinity;
  let stopped = true;
  let hears = false;
  let compared = Date.parse(host.now());

  const run = async (): Promise<void> => {
    for (let count = 0; count < MOST_STEPS; count += 1) {
      const came = await steps.step();
      if (came === 'waits') return;
      if (came === 'more') {
        await host.yieldTurn();
        continue;
      }
      lastSync = host.now();
      return;
    }
  };
  const once = (): Promise<void> => {
    running ??= run()
      .then(
        () => {
          failures = 0;
          trouble = undefined;
        },
        (thrown: unknown) => {
          failures += 1;
          const { code, message, details } = toErrorShape(thrown);
          trouble = {
            code,
            message,
            wayOut: details.wayOut ?? 'Your work goes on here. It is tried again by itself.',
            since: trouble?.since ?? host.now(),
          };
          throw thrown;
        },
      )
      .finally(() => {
        running = undefined;
        changed();
      });
    changed();
    return running;
  };

  /** Full jitter: a server that comes back is not asked by everyone at once (S17). */
  const backOff = (thrown: unknown): number => {
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 12));
    const asked = thrown instanceof AppError ? (thrown.details.retryAfterMs ?? 0) : 0;
    return Math.max(asked, Math.round((most * (hashText(host.newId()) % 1000)) / 1000) + 100);
  };
  const schedule = (milliseconds: number): void => {
    if (stopped) return;
    const at = Date.parse(host.now()) + milliseconds;
    if (cancelNext !== undefined && at >= dueAt) return;
    cancelNext?.();
    dueAt = at;
    cancelNext = host.later(milliseconds, () => {
      cancelNext = undefined;
      void tick();
    });
  };
  const tick = async (): Promise<void> => {
    try {
      await once();
      await compareNowAndThen();
      schedule(hears ? POLL_WITH_NEWS_MS : POLL_MS);
    } catch (thrown) {
      host.log({ event: 'sync-failed', code: toErrorShape(thrown).code });
      const wait = backOff(thrown);
      if (trouble !== undefined) trouble = { ...trouble, nextTryAt: new Date(Date.parse(host.now()) + wait).toISOString() };
      cancelNext?.();
      cancelNext = undefined;
      schedule(wait);
    }
    changed();
  };
  const compareNowAndThen = async (): Promise<void> => {
    const now = Date.parse(host.now());
    if (steps.standing() === undefined || steps.halt() !== undefined || now - compared < COMPARE_MS) return;
    compared = now;
    if ((await steps.compare()) > 0) await once();
  };
  const isBehind = (head: number): boolean => {
    const cursor = steps.standing()?.cursor;
    const mark = cursor === undefined ? undefined : readCursor(cursor);
    return mark === undefined || head > mark.rows;
  };
  const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const cancel = host.later(milliseconds, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  /** Hears the server's news as long as somebody is signed in; they only wake a pull. */
  const listen = async (signal: AbortSignal): Promise<void> => {
    for (let tries = 0; !signal.aborted; tries += 1) {
      if (steps.standing() !== undefined && steps.halt() === undefined && trouble === undefined) {
        hears = true;
        await central
          .news((head) => {
            tries = 0;
            if (isBehind(head)) schedule(0);
          }, signal)
          .catch(() => undefined);
        hears = false;
      }
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 8));
      await pause(wait, signal);
    }
  };

  return {
    once,
    wake: () => schedule(0),
    trouble: () => trouble,
    isWorking: () => running !== undefined,
    lastSync: () => lastSync,
    start: () => {
      stopped = false;
      const news = new AbortController();
      const stopFeed = feed.subscribe(() => {
        if (steps.standing() !== undefined && steps.queue.waiting().length > 0) schedule(trouble === undefined ? REST_MS : POLL_MS);
      });
      schedule(0);
      void listen(news.signal);
      return () => {
        stopped = true;
        news.abort();
        steps.abort();
        stopFeed();
        cancelNext?.();
      };
    },
  };
}
