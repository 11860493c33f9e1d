import { z } from 'zod';
import { CADENCES } from '../../model/tables/meeting.ts';
import { command, query } from '../define.ts';
import { changeDone, dateSchema, idSchema, valuesSchema } from './schemas.ts';

const cadences = Object.keys(CADENCES) as (keyof typeof CADENCES)[]; // Object.keys loses the literal type
const refusals = ['rule', 'validation', 'not-found', 'permission', 'conflict'] as const;
const done = changeDone.extend({ meetings: z.number() });
const SCOPES = ['one', 'following', 'all'] as const;

/** Series of meetings (TCH-03). `meetings` in an answer: how many were made, changed or cancelled. */
export const meetings = {
  /** A meeting (or all of its series in the same state) as a calendar file: an invitation, or a cancellation once it is cancelled. */
  'meetings.calendar': query(
    z.strictObject({ meeting: idSchema, series: z.boolean().optional() }),
    z.strictObject({ fileName: z.string(), text: z.string(), meetings: z.number() }),
    ['not-found', 'rule'],
  ),
  /** Plans a series with all its meetings. `values`: fields of a meeting series. */
  'series.create': command(z.strictObject({ values: valuesSchema, cadence: z.enum(cadences), repeatUntil: dateSchema }), done, refusals),
  /**
   * Changes one meeting, it and those after it, or all that are still to come. What was changed in a single meeting by hand stays;
   * moving a series to an earlier day cancels what was still to come and plans it anew.
   */
  'series.change': command(
    z.strictObject({
      meeting: idSchema,
      scope: z.enum(SCOPES),
      patch: valuesSchema,
      cadence: z.enum(cadences).optional(),
      repeatUntil: dateSchema.optional(),
    }),
    done,
    refusals,
  ),
  /** Cancels one meeting, it and those after it, or the whole series: what was held stays. */
  'series.cancel': command(z.strictObject({ meeting: idSchema, scope: z.enum(SCOPES) }), done, refusals),
} as const;
