import { toErrorShape } from '#shared/errors/app-error.ts';
import { analyse } from '../risk/analyser.ts';
import type { EngineContext } from '../context.ts';
import { collect } from './collection.ts';
import { startNotices } from '../notices/notice-writer.ts';
import { figuresOf } from './figures.ts';

/** How long changes have to rest before risks are evaluated by themselves. */
export const REST_MS = 2000;
/** How often the day is looked at: timers stand still while the machine sleeps, so none is set for midnight. */
export const LOOK_MS = 60_000;

/**
 * Starts what the engine does by itself: figures follow the records and the day, sources run when they are due, risks are evaluated once changes
 * rest. All of it is idempotent, so it does not matter how often it runs or when it was interrupted. Answers how to stop it.
 */
export function runJobs(context: EngineContext): () => void {
  const { host, settings } = context;
  const figures = figuresOf(context);
  const notices = startNotices(context);
  let stopped = false;
  let cancelRest: (() => void) | undefined;
  let cancelLook: (() => void) | undefined;
  let running = false;
  let again = false;
  let day = settings().asOf;

  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await context.ready();
      await collect(context, figures);
      if (isNewest(context)) await analyse(context, figures, host.newId());
    } catch (thrown) {
      // the next run tries again; a person's own command says what is wrong
      host.log({ event: 'job-failed', code: toErrorShape(thrown).code });
    }
    running = false;
    if (again && !stopped) rest();
    again = false;
  };
  const rest = (): void => {
    cancelRest?.();
    cancelRest = host.later(REST_MS, () => void run());
  };
  const settle = (): Promise<void> => figures.settled().catch(() => host.log({ event: 'figures-failed' }));
  const look = (): void => {
    cancelLook = host.later(LOOK_MS, () => {
      if (settings().asOf !== day) {
        day = settings().asOf;
        void settle();
      }
      look();
    });
  };

  figures.onSettled(() => {
    if (!stopped) rest();
  });
  look();
  void settle();
  return () => {
    stopped = true;
    notices.stop();
    cancelRest?.();
    cancelLook?.();
  };
}

/** Whether today is not before what was analysed already: exploring the past raises no risks by itself. */
function isNewest({ view, settings }: EngineContext): boolean {
  const { asOf } = settings();
  for (const { startDate } of view.all('riskOccurrence')) if (startDate > asOf) return false;
  return true;
}
