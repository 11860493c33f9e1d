import { z } from 'zod';
import { cadenceKinds } from '../../domain/cadence/rhythm.ts';
import { command, query } from '../define.ts';
import { bandSchema } from './health.ts';
import { moneySum } from './portfolio.ts';
import { refSchema } from './records.ts';
import { dateSchema, idSchema, windowSchema } from './schemas.ts';

export const PLANNER_SORTS = ['value', 'health', 'lastTouch', 'title'] as const;
const refusals = ['rule', 'validation', 'not-found', 'permission', 'conflict'] as const;

const item = z.strictObject({
  table: z.enum(['touchpoint', 'meeting']),
  id: idSchema,
  label: z.string(),
  /** The touchpoint of a meeting. */
  touchpoint: idSchema.optional(),
  day: dateSchema,
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  state: z.string(),
  type: z.string().optional(),
});
const shown = {
  from: dateSchema,
  days: z.number().int().min(1).max(62),
  whose: z.enum(['mine', 'all']).optional(),
  search: z.string().max(200).optional(),
  /** Touchpoints or meetings alone, or those of one category (`touchpoint/renewal`) or type (`meeting/qbr`). */
  type: z
    .string()
    .regex(/^(touchpoint|meeting)(\/[A-Za-z0-9]{1,60})?$/)
    .optional(),
  priority: z.string().max(60).optional(),
  state: z.enum(['open', 'over']).optional(),
};
const contact = z.enum(cadenceKinds);
/** The contact that is due and not planned; `days`: how late it is, below 0 before its day. */
const due = z.strictObject({ contact, on: dateSchema, days: z.number() });

/** The week or month with all engagements (TCH-06, TCH-07). */
export const planner = {
  /** Engagements with what is planned and held on the days from `from` on, and when their cadence is due. */
  'planner.rows': query(
    z.strictObject({ ...shown, sort: z.enum(PLANNER_SORTS).optional(), due: z.boolean().optional(), window: windowSchema }),
    z.strictObject({
      total: z.number(),
      rows: z.array(
        z.strictObject({
          engagement: refSchema,
          account: z.string(),
          value: moneySum,
          health: z.number().optional(),
          band: bandSchema.optional(),
          lastTouch: dateSchema.optional(),
          due: due.optional(),
          items: z.array(item),
        }),
      ),
    }),
  ),
  /** The same touchpoints and meetings one under the other, by day and time. */
  'planner.items': query(
    z.strictObject({ ...shown, window: windowSchema }),
    z.strictObject({ total: z.number(), rows: z.array(item.extend({ engagement: refSchema })) }),
  ),
  /**
   * Moves a touchpoint or a meeting by days; a meeting keeps its time on the clock of its zone. What is planned together moves together;
   * `updates`: mails to guests that wait to be sent (where the workspace always tells them); `meetings`: those that moved.
   */
  'planner.move': command(
    z.strictObject({ table: z.enum(['touchpoint', 'meeting']), id: idSchema, days: z.number().int().min(-366).max(366) }),
    z.strictObject({ changeSetId: idSchema, day: dateSchema, updates: z.number(), meetings: z.array(idSchema) }),
    refusals,
  ),
  /** What the cadence of an engagement asks for, kind by kind, and how far that is met (ENG-09, TCH-07). */
  'planner.cadence': query(
    z.strictObject({ engagement: idSchema }),
    z.strictObject({
      tier: z.string().optional(),
      contacts: z.array(
        z.strictObject({
          contact,
          /** Days between two of them, or before the renewal. */
          every: z.number(),
          last: dateSchema.optional(),
          planned: dateSchema.optional(),
          due: dateSchema,
          /** How late it is; below 0 before its day. */
          days: z.number(),
          /** How late in intervals; 0 while it is not. */
          debt: z.number(),
          /** Something is planned early enough. */
          covered: z.boolean(),
        }),
      ),
    }),
  ),
  /** Contacts that are due and not planned, each with a day for it. */
  'planner.gaps': query(
    z.strictObject({ whose: z.enum(['mine', 'all']).optional(), limit: z.number().int().min(1).max(200) }),
    z.strictObject({
      proposals: z.array(
        z.strictObject({
          engagement: refSchema,
          contact,
          due: dateSchema,
          date: dateSchema,
          /** When all who take part work and nobody has another meeting; absent where there is no such time on that day. */
          startsAt: z.string().optional(),
          /** The customer's zone, where it is another one. */
          zone: z.string().optional(),
        }),
      ),
      total: z.number(),
    }),
  ),
  /** Plans touchpoints on days, all in one change set; one with a time gets the draft of a meeting. */
  'planner.fill': command(
    z.strictObject({
      plans: z
        .array(
          z.strictObject({
            engagement: idSchema,
            contact,
            date: dateSchema,
            startsAt: z.iso.datetime().optional(),
          }),
        )
        .min(1)
        .max(200),
    }),
    z.strictObject({ changeSetId: idSchema, touchpoints: z.number() }),
    refusals,
  ),
} as const;
