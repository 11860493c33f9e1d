import { z } from 'zod';
import { query } from '../define.ts';
import { bandSchema } from './health.ts';
import { moneySum } from './portfolio.ts';
import { refSchema } from './records.ts';
import { dateSchema, idSchema } from './schemas.ts';

/** One statement: what it says, and the record that it is taken from. */
const statement = z.strictObject({
  about: refSchema,
  says: z.string().optional(),
  on: dateSchema.optional(),
  overdue: z.boolean().optional(),
  value: moneySum.optional(),
});

/** One page to read before a call (T2, TCH-08); every statement leads to its record. */
export const brief = {
  'brief.read': query(
    z.strictObject({ engagement: idSchema.optional(), meeting: idSchema.optional() }),
    z.strictObject({
      asOf: dateSchema,
      engagement: refSchema,
      account: refSchema.optional(),
      meeting: z
        .strictObject({
          about: refSchema,
          startsAt: z.string(),
          endsAt: z.string(),
          timeZone: z.string().optional(),
          agenda: z.string().optional(),
        })
        .optional(),
      health: z.strictObject({
        score: z.number().optional(),
        band: bandSchema.optional(),
        change7: z.number().optional(),
        cause: z.string(),
      }),
      people: z.array(statement),
      contacts: z.array(statement),
      promises: z.array(statement),
      risks: z.array(statement),
      objectives: z.array(statement),
      renewal: z.array(statement),
      questions: z.array(z.strictObject({ about: refSchema, asks: z.string() })),
    }),
    ['not-found', 'validation'],
  ),
} as const;
