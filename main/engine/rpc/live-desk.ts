import { AppError, toErrorShape, type ErrorShape } from '#shared/errors/app-error.ts';
import type { EngineMessage } from '#shared/contract/port-protocol.ts';
import type { EngineContext, Reads, Touched } from '../context.ts';
import { sameOutput } from './same-output.ts';
import type { Turns } from './turns.ts';

export type LiveQuery = {
  readonly id: number;
  /** Whose subscription it is. */
  readonly client: object;
  /** Tables and derived topics whose change asks for a new run; undefined: every change does. */
  readonly reads: Reads | undefined;
  readonly run: (signal: AbortSignal) => unknown;
  /** Throws where the message cannot be cloned. */
  readonly post: (message: EngineMessage) => void;
  readonly onFailure: (thrown: unknown) => void;
};

export type LiveDesk = {
  /** Runs the query and then again after every change that touches it; answers its acknowledgement and its end. */
  readonly add: (query: LiveQuery) => Subscription;
  readonly follow: (feed: EngineContext['feed']) => void;
  /** Runs every subscription again, as when the day that counts as today has changed. */
  readonly refreshAll: () => void;
};

export type Subscription = { readonly ack: (n: number) => void; readonly stop: () => void };

type Live = LiveQuery & {
  dirty: boolean;
  /** Waiting for its turn, or running. */
  busy: boolean;
  /** Number of the push that the client has not acknowledged. */
  unacknowledged: number | undefined;
  pushes: number;
  /** What was pushed last, an output or an error. */
  last: { readonly output: unknown } | { readonly error: ErrorShape } | undefined;
  stopped: boolean;
  readonly controller: AbortController;
};

function concerns(touched: Touched): (reads: Reads) => boolean {
  const points = touched.series.size > 0;
  return (reads) => reads.some((read) => touched.rows.has(read as never) || (points && read === 'dataPointSeries'));
}

function concernsTopics(topics: ReadonlySet<string>): (reads: Reads) => boolean {
  return (reads) => reads.some((read) => read.startsWith('derived:') && (topics.has(read) || topics.has(read.slice('derived:'.length))));
}

/**
 * Live queries: one run in the air per subscription, at most one push that is not acknowledged, newest wins; changes of one
 * turn make one run, and a result that looks the same as the last one is not pushed.
 */
export function createLiveDesk(turns: Turns): LiveDesk {
  const lives = new Set<Live>();

  const push = (live: Live, message: EngineMessage): void => {
    live.unacknowledged = live.pushes;
    try {
      live.post(message);
    } catch {
      const error = toErrorShape(new AppError('internal', 'The result could not be handed over.'));
      live.post({ t: 'push-error', id: live.id, n: live.pushes, error });
    }
  };

  const settle = (live: Live, last: NonNullable<Live['last']>): void => {
    live.busy = false;
    if (live.stopped) return;
    // a result that was overtaken by a change is still shown: under steady change nothing would be otherwise
    if (live.last === undefined || !sameOutput(live.last, last)) {
      live.last = last;
      live.pushes += 1;
      const { id, pushes: n } = live;
      push(live, 'output' in last ? { t: 'push', id, n, output: last.output } : { t: 'push-error', id, n, error: last.error });
    }
    pump(live);
  };

  const run = (live: Live): void => {
    live.dirty = false;
    if (live.stopped) return;
    // async: a handler that throws at once is a rejection as well
    const answer = (async () => live.run(live.controller.signal))();
    answer.then(
      (output) => settle(live, { output }),
      (thrown: unknown) => {
        if (!live.stopped) live.onFailure(thrown);
        settle(live, { error: toErrorShape(thrown) });
      },
    );
  };

  function pump(live: Live): void {
    if (!live.dirty || live.busy || live.stopped || live.unacknowledged !== undefined) return;
    live.busy = true;
    turns.add('live', live.client, () => run(live));
  }

  const mark = (concerned: (reads: Reads) => boolean): void => {
    for (const live of lives) {
      if (live.reads !== undefined && !concerned(live.reads)) continue;
      live.dirty = true;
      pump(live);
    }
  };

  return {
    add: (query) => {
      const live: Live = {
        ...query,
        dirty: true,
        busy: false,
        unacknowledged: undefined,
        pushes: 0,
        last: undefined,
        stopped: false,
        controller: new AbortController(),
      };
      lives.add(live);
      pump(live);
      return {
        ack: (n) => {
          if (n !== live.unacknowledged) return;
          live.unacknowledged = undefined;
          pump(live);
        },
        stop: () => {
          live.stopped = true;
          lives.delete(live);
          live.controller.abort(new AppError('cancelled', 'Stopped.'));
        },
      };
    },
    follow: (feed) => {
      feed.subscribe((touched) => mark(concerns(touched)));
      feed.onDerived((topics) => mark(concernsTopics(topics)));
    },
    refreshAll: () => mark(() => true),
  };
}
