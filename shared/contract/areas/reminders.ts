import { z } from 'zod';
import { command, query } from '../define.ts';
import { idSchema } from './schemas.ts';

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
  /** How the caller is reminded: what they set themselves, and what holds. */
  'reminders.own': query(
    z.strictObject({}),
    z.strictObject({
      own: z.strictObject({
        quietHours: z.string().optional(),
        timeZone: z.string().optional(),
        reminderMinutes: z.number().optional(),
      }),
      used: z.strictObject({ quietHours: z.string(), timeZone: z.string(), reminderMinutes: z.number() }),
    }),
  ),
  /** Keeps what the caller wants for themselves; null: as the workspace says. */
  'reminders.keep': command(
    z.strictObject({
      quietHours: z.string().max(11).nullable().optional(),
      timeZone: z.string().max(60).nullable().optional(),
      reminderMinutes: z.number().nullable().optional(),
    }),
    z.strictObject({ changeSetId: idSchema }),
    ['validation', 'rule', 'permission', 'conflict'],
  ),
} as const;
