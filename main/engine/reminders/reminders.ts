import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { isTimeZone } from '#shared/util/calendar-days.ts';
import { ownPreferenceOf, remindingOf } from '#shared/domain/reminders/own-preference.ts';
import { settingProblem } from '#shared/domain/validate/setting-value.ts';
import { remindersDue, type Reminder } from '#shared/domain/reminders/reminders.ts';
import { AppError, toErrorShape } from '#shared/errors/app-error.ts';
import type { EngineContext, Handlers, ReadsOf } from '../context.ts';

/** How often the clock is looked at: timers stand still while the machine sleeps, so none is set for a meeting. */
export const REMIND_MS = 20_000;
/** After a change of a meeting. */
export const REST_BEFORE_REMINDING_MS = 1_000;
const TOPIC = 'derived:reminders' as const;
type Names = 'reminders.due' | 'reminders.own' | 'reminders.keep';

/** What whoever sits here should have been reminded of by now (TCH-10). */
export function dueNow({ view, settings, host }: EngineContext): readonly Reminder[] {
  const { currentUser } = settings();
  const person = currentUser === null ? undefined : view.get('user', currentUser)?.id;
  const { reminderMinutes, quietHours, timeZone } = remindingOf(view, person, settings());
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
    await context.ready(['meeting', 'account', 'user', 'setting', 'ownPreference']);
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
    if (!rows.has('meeting') && !rows.has('setting') && !rows.has('ownPreference') && !rows.has('user')) return;
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

function checkWishes({ quietHours, timeZone, reminderMinutes }: Parsed<'reminders.keep'>): void {
  const wrong = (field: string, message: string): AppError => new AppError('validation', message, { table: 'ownPreference', field });
  const quiet = settingProblem('quietHours', quietHours);
  if (quiet !== undefined) throw wrong('quietHours', quiet);
  const minutes = settingProblem('reminderMinutes', reminderMinutes);
  if (minutes !== undefined) throw wrong('reminderMinutes', minutes);
  if (typeof timeZone === 'string' && !isTimeZone(timeZone))
    throw wrong('timeZone', `There is no time zone “${timeZone}”. Write one such as Europe/Vienna.`);
}

/** Reminders for pages that show them themselves. */
export const reminderHandlers: Handlers<Names> = {
  'reminders.due': (context): Output<'reminders.due'> => ({ reminders: [...dueNow(context)] }),
  'reminders.own': ({ view, settings }, _input, { actor }) => {
    const person = view.get('user', actor)?.id;
    const own = ownPreferenceOf(view, person);
    const { quietHours, timeZone, reminderMinutes } = remindingOf(view, person, settings());
    return {
      own: {
        ...(own?.quietHours === undefined ? {} : { quietHours: own.quietHours }),
        ...(own?.timeZone === undefined ? {} : { timeZone: own.timeZone }),
        ...(own?.reminderMinutes === undefined ? {} : { reminderMinutes: own.reminderMinutes }),
      },
      used: { quietHours, timeZone, reminderMinutes },
    };
  },
  'reminders.keep': async (context, wishes, call) => {
    checkWishes(wishes);
    const { changeSetId } = await context.records.run({ ...call, label: 'Change own reminders' }, (draft) => {
      const owner = draft.view.get('user', call.actor)?.id;
      const known = ownPreferenceOf(draft.view, owner);
      if (known !== undefined) return draft.update('ownPreference', known.id, wishes);
      const given = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== null));
      draft.create('ownPreference', { topic: 'reminders', ...given, ...(owner === undefined ? {} : { owner }) });
    });
    return { changeSetId };
  },
};

export const reminderReads: ReadsOf<Names> = {
  'reminders.due': ['meeting', 'setting', 'user', 'ownPreference', TOPIC],
  'reminders.own': ['ownPreference', 'setting', 'user'],
};
