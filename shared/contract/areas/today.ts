import { z } from 'zod';
import { cadenceKinds } from '../../domain/cadence/rhythm.ts';
import { todayKinds } from '../../domain/today/formula.ts';
import { command, query } from '../define.ts';
import { moneySum } from './portfolio.ts';
import { refSchema } from './records.ts';
import { dateSchema, idSchema, tableSchema } from './schemas.ts';

const kind = z.enum(todayKinds);
/** One line of Today, as commands name it. */
const line = { kind, table: tableSchema, id: idSchema };
const refusals = ['rule', 'validation', 'not-found', 'permission', 'conflict'] as const;

/** What is at stake with an engagement. */
const stakes = [
  z.strictObject({ why: z.literal('renewal'), on: dateSchema, days: z.number() }),
  z.strictObject({ why: z.literal('money'), value: moneySum }),
  z.strictObject({ why: z.literal('escalated') }),
  z.strictObject({ why: z.literal('risk'), priority: z.string(), open: z.number() }),
] as const;
export const stakeReason = z.discriminatedUnion('why', stakes);

/** Why a line stands where it stands; the screen puts each into words. */
const reason = z.discriminatedUnion('why', [
  z.strictObject({ why: z.literal('late'), days: z.number() }),
  z.strictObject({ why: z.literal('due'), on: dateSchema }),
  z.strictObject({ why: z.literal('at'), startsAt: z.string(), endsAt: z.string() }),
  z.strictObject({ why: z.literal('unwritten'), on: dateSchema }),
  z.strictObject({ why: z.literal('new') }),
  z.strictObject({ why: z.literal('cadence'), contact: z.enum(cadenceKinds), every: z.number(), last: dateSchema.optional() }),
  ...stakes,
]);

const factor = z.strictObject({ name: z.string(), share: z.number().optional(), times: z.number() });

/** What to do now (DSH-13, T1). */
export const today = {
  'today.list': query(
    z.strictObject({ whose: z.enum(['mine', 'all']).optional(), limit: z.number().int().min(1).max(500) }),
    z.strictObject({
      asOf: dateSchema,
      lines: z.array(
        z.strictObject({
          ...line,
          title: z.string(),
          number: z.string().optional(),
          engagement: refSchema.optional(),
          account: z.string().optional(),
          due: dateSchema.optional(),
          minutes: z.number(),
          fits: z.boolean(),
          score: z.number(),
          factors: z.array(factor),
          reasons: z.array(reason),
        }),
      ),
      total: z.number(),
      /** Lines that fit into the working day, and the minutes that they and its meetings take. */
      fitting: z.number(),
      minutes: z.strictObject({ day: z.number(), meetings: z.number(), planned: z.number() }),
      snoozed: z.number(),
      /** Whether the list is of one person's work; false where nobody in particular works here. */
      personal: z.boolean(),
    }),
  ),
  /** Ends what the line is about, or writes down that it was held. */
  'today.done': command(z.strictObject(line), z.strictObject({ changeSetId: idSchema }), refusals),
  /** Hides the line from the person until a day. */
  'today.snooze': command(z.strictObject({ ...line, until: dateSchema }), z.strictObject({ changeSetId: idSchema }), refusals),
  /** Puts it on a day: moves its date, or plans a touchpoint for a cadence or a renewal. `contact`: which kind of contact is due; else any. */
  'today.plan': command(
    z.strictObject({ ...line, date: dateSchema, contact: z.enum(cadenceKinds).optional() }),
    z.strictObject({ changeSetId: idSchema, touchpoint: idSchema.optional() }),
    refusals,
  ),
} as const;
