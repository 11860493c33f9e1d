import { useCallback, useState } from 'react';
import { addDays } from '#shared/util/calendar-days.ts';
import { useCommand } from '../../data/use-command.ts';
import { useGuestNews } from '../../data/use-guest-news.ts';
import { useUndo } from '../../data/use-undo.ts';
import { formatDate } from '../../ui/format.ts';
import { currentActions } from '../../state/actions.ts';
import { contactOf, lineKey, type TodayLine } from './today-words.ts';

const nameOf = ({ kind, table, id }: TodayLine) => ({ kind, table, id });

/** Done, snooze and plan: the line goes at once and comes back where the engine refuses. */
export function useLineCommands(today: string | undefined, shown: ReadonlySet<string> | undefined) {
  const done = useCommand('today.done');
  const snooze = useCommand('today.snooze');
  const plan = useCommand('today.plan');
  const { toastSaved } = useUndo();
  const tellOf = useGuestNews();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  // what the engine no longer lists need not be hidden any more: an undo brings it back
  const [before, setBefore] = useState(shown);
  if (shown !== before) {
    setBefore(shown);
    const still = [...gone].filter((key) => shown?.has(key) === true);
    if (still.length !== gone.size) setGone(new Set(still));
  }

  const hide = useCallback((line: TodayLine) => setGone((keys) => new Set([...keys, lineKey(line)])), []);
  const show = useCallback((line: TodayLine) => setGone((keys) => new Set([...keys].filter((key) => key !== lineKey(line)))), []);

  const { send: sendDone } = done;
  const finish = useCallback(
    (line: TodayLine) => {
      if (line.kind === 'cadence' || line.kind === 'renewal') {
        // what ends such a line is the conversation itself
        currentActions()
          .find(({ id }) => id === 'log-touchpoint')
          ?.run();
        return;
      }
      hide(line);
      sendDone(nameOf(line)).then(
        ({ changeSetId }) => {
          if (line.kind === 'meeting') void tellOf(`Done: ${line.title}`, changeSetId, line.id);
          else toastSaved(`Done: ${line.title}`, changeSetId);
        },
        () => show(line),
      );
    },
    [hide, show, sendDone, toastSaved, tellOf],
  );
  const { send: sendSnooze } = snooze;
  const putOff = useCallback(
    (line: TodayLine, until?: string) => {
      if (today === undefined) return;
      const day = until ?? addDays(today, 1);
      hide(line);
      sendSnooze({ ...nameOf(line), until: day }).then(
        ({ changeSetId }) => toastSaved(`Snoozed until ${formatDate(day)}: ${line.title}`, changeSetId),
        () => show(line),
      );
    },
    [today, hide, show, sendSnooze, toastSaved],
  );
  const { send: sendPlan } = plan;
  const planOn = useCallback(
    async (line: TodayLine, date: string) => {
      const contact = contactOf(line);
      const { changeSetId } = await sendPlan({ ...nameOf(line), date, ...(contact === undefined ? {} : { contact }) });
      toastSaved(`Planned for ${formatDate(date)}: ${line.title}`, changeSetId);
    },
    [sendPlan, toastSaved],
  );
  return { gone, finish, putOff, planOn, plan, error: done.error ?? snooze.error };
}
