import { z } from 'zod';
import { query } from '../define.ts';
import { refSchema } from './records.ts';
import { dateSchema, idSchema } from './schemas.ts';

const points = z.number().optional();

/** Parts of the engagement score. */
export const engagementScore = {
  /** How good the conversations with a customer were in the last 90 days (ENG-04), with everything it is made of. */
  'engagementScore.quality': query(
    z.strictObject({ engagement: idSchema }),
    z.strictObject({
      from: dateSchema,
      asOf: dateSchema,
      /** 0 to 100; absent: nothing that could fill it was ever recorded. */
      score: points,
      responses: z.strictObject({ asked: z.number(), answered: z.number(), points }),
      meetings: z.strictObject({ points, judged: z.array(z.strictObject({ record: refSchema, day: dateSchema, points: z.number() })) }),
    }),
    ['not-found'],
  ),
} as const;
