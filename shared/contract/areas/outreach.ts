import { z } from 'zod';
import { query } from '../define.ts';
import { refSchema } from './records.ts';
import { dateSchema, idSchema } from './schemas.ts';
import { stakeReason } from './today.ts';

/** Whom to ask again (T6). */
export const outreach = {
  /** Attempts to reach someone that nobody answered, those that weigh most first, each with its reasons. */
  'outreach.unanswered': query(
    z.strictObject({ whose: z.enum(['mine', 'all']).optional(), limit: z.number().int().min(1).max(500) }),
    z.strictObject({
      asOf: dateSchema,
      /** Days after which silence counts. */
      days: z.number(),
      lines: z.array(
        z.strictObject({
          id: idSchema,
          subject: z.string(),
          contact: refSchema.optional(),
          engagement: refSchema.optional(),
          account: z.string().optional(),
          channel: z.string().optional(),
          sentOn: dateSchema,
          silentDays: z.number(),
          /** How often they were asked since they were last heard of. */
          attempts: z.number(),
          /** They were put off until this day. */
          waitedUntil: dateSchema.optional(),
          weight: z.number(),
          reasons: z.array(stakeReason),
        }),
      ),
      total: z.number(),
      /** Put off until a later day. */
      waiting: z.number(),
      /** Whether the list is of one person's work; false where nobody in particular works here. */
      personal: z.boolean(),
    }),
  ),
} as const;
