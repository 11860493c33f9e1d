import { z } from 'zod';
import type { ReminderMessage } from '#shared/contract/reminder-protocol.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

const shownSchema = z.strictObject({ shown: z.array(z.string().max(200)).max(5_000) });
/** So many are remembered: more than a person has in the days for which a reminder is news. */
const MOST = 1_000;

export type ReminderDesk = { readonly remind: (reminder: ReminderMessage) => Promise<void> };

/**
 * Shows each reminder once, whatever is restarted: what was shown is kept in a file of its own. Should the machine stop between showing and keeping it,
 * it is shown again rather than lost.
 */
export function reminderDesk(path: string, show: (reminder: ReminderMessage) => void): ReminderDesk {
  const file = readJsonFile(path, shownSchema);
  let shown: readonly string[] = file.found === 'good' ? file.value.shown : [];
  let line: Promise<void> = Promise.resolve();
  const one = async (reminder: ReminderMessage): Promise<void> => {
    if (shown.includes(reminder.key)) return;
    show(reminder);
    shown = [...shown, reminder.key].slice(-MOST);
    await writeJsonFile(path, { shown });
  };
  return {
    // one after the other, or two engines that follow each other could both show the same
    remind: (reminder) => {
      const done = line.then(() => one(reminder));
      line = done.catch(() => undefined);
      return done;
    },
  };
}
