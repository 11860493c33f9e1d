import { z } from 'zod';
import { query } from '../define.ts';

export const reminderSchema = z.strictObject({
  key: z.string().max(200),
  title: z.string().max(600),
  body: z.string().max(4_000),
  /** Where it leads: the part of an address after `#`. */
  address: z
    .string()
    .regex(/^\/[^\s]*$/)
    .max(300),
  at: z.string(),
});

/** Reminders (TCH-10). */
export const reminders = {
  /** What one should have been reminded of by now: in a browser the page shows each once; in Electron main does. */
  'reminders.due': query(z.strictObject({}), z.strictObject({ reminders: z.array(reminderSchema) })),
} as const;
