import { z } from 'zod';
import { reminderSchema } from './areas/reminders.ts';

/** What the engine asks Electron's main process about reminders, on the port that the journal has, too: show it, unless it was shown. */
export const reminderCallSchema = z.strictObject({
  call: z.literal('remind'),
  id: z.number().int().nonnegative(),
  reminder: reminderSchema,
});
export type ReminderCall = z.infer<typeof reminderCallSchema>;
/** A reminder as it travels. */
export type ReminderMessage = z.infer<typeof reminderSchema>;
