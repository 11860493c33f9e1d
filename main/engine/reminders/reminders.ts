import type { Output } from '#shared/contract/engine-contract.ts';
import { remindersDue, type Reminder } from '#shared/domain/reminders/reminders.ts';
import { toErrorShape } from '#shared/errors/app-error.ts';
import type { EngineContext, Handlers, ReadsOf } from '../context.ts';

/** How often the clock is looked at: timers stand still while the machine sleeps, so none is set for a meeting. */
export const REMIND_MS = 20_000;
/** After a change of a meeting. */
export const REST_BEFORE_REMINDING_MS = 1_000;
const TOPIC = 'derived:reminders' as const;
type Names = 'reminders.due';

/** What whoever sits here should have been reminded of by now (TCH-10). */
export function dueNow({ view, settings, host }: EngineContext): readonly Reminder[] {
  const { currentUser, reminderMinutes, quietHours, timeZone } = settings();
  const person = currentUser === null ? undefined : view.get('user', currentUser)?.id;
  return remindersDue({ view, person, now: host.now(), minutesBefore: reminderMinutes, quietHours, timeZone });
}

/**
 * Reminds as time passes and meetings change: main shows what the engine names, once each, whatever is restarted; pages of a browser ask what is
 * due. Answers how to stop.
 */
export function startReminders(context: EngineContext): () => void {
  const { host, feed } = context;
  const told = new Set<string>();
  let known = '';
  let cancelTick: (() => void) | undefined;
  let cancelRest: (() => void) | undefined;

  const look = async (): Promise<void> => {
    await context.ready(['meeting', 'account', 'user', 'setting']);
    const due = dueNow(context);
    for (const reminder of due) {
      if (told.has(reminder.key) || host.remind === undefined) continue;
      // main keeps what was shown: told a second time, it does nothing
      await host.remind(reminder);
      told.add(reminder.key);
    }
    const now = due.map(({ key, body }) => `${key} ${body}`).join('\n');
    if (now === known) return;
    known = now;
    feed.announceDerived(new Set([TOPIC]));
  };
  // one look after the other, or two would tell of the same
  let last: Promise<void> = Promise.resolve();
  const safely = (): void => {
    last = last.then(look).catch((thrown: unknown) => host.log({ event: 'reminders-failed', code: toErrorShape(thrown).code }));
  };
  const tick = (): void => {
    cancelTick = host.later(REMIND_MS, () => {
      safely();
      tick();
    });
  };
  const stopFeed = feed.subscribe(({ rows }) => {
    if (!rows.has('meeting') && !rows.has('setting')) return;
    cancelRest?.();
    cancelRest = host.later(REST_BEFORE_REMINDING_MS, safely);
  });
  safely();
  tick();
  return () => {
    stopFeed();
    cancelTick?.();
    cancelRest?.();
  };
}

/** Reminders for pages that show them themselves. */
export const reminderHandlers: Handlers<Names> = {
  'reminders.due': (context): Output<'reminders.due'> => ({ reminders: [...dueNow(context)] }),
};

export const reminderReads: ReadsOf<Names> = { 'reminders.due': ['meeting', 'setting', 'user', TOPIC] };
