import { z } from 'zod';
import { QUALITY_MARKS } from '../../domain/touchpoints/quality-marks.ts';
import { ACTION_ITEM_STATES, ATTENDANCE, CADENCES, MEETING_RESPONSES } from '../../model/tables/meeting.ts';
import { command, query } from '../define.ts';
import { refSchema } from './records.ts';
import { changeDone, dateSchema, idSchema, valuesSchema } from './schemas.ts';

const cadences = Object.keys(CADENCES) as (keyof typeof CADENCES)[]; // Object.keys loses the literal type
const refusals = ['rule', 'validation', 'not-found', 'permission', 'conflict'] as const;
const done = changeDone.extend({ meetings: z.number() });
const SCOPES = ['one', 'following', 'all'] as const;
const keysOf = <K extends string>(choices: Readonly<Record<K, string>>) => Object.keys(choices) as K[]; // as above
const attendance = z.enum(keysOf(ATTENDANCE));
const response = z.enum(keysOf(MEETING_RESPONSES));
const quality = z.array(z.enum(QUALITY_MARKS)).max(QUALITY_MARKS.length);

/** Series of meetings (TCH-03). `meetings` in an answer: how many were made, changed or cancelled. */
export const meetings = {
  /** A meeting (or all of its series in the same state) as a calendar file: an invitation, or a cancellation once it is cancelled. */
  'meetings.calendar': query(
    z.strictObject({ meeting: idSchema, series: z.boolean().optional() }),
    z.strictObject({ fileName: z.string(), text: z.string(), meetings: z.number() }),
    ['not-found', 'rule'],
  ),
  /** Everything that is scheduled from a day on for so many days, as a calendar file to look at (TCH-09). */
  'meetings.week': query(
    z.strictObject({ from: dateSchema, days: z.number().int().min(1).max(366) }),
    z.strictObject({ fileName: z.string(), text: z.string(), meetings: z.number() }),
  ),
  /** What a meeting's page shows beside its fields: who was invited and came, how it was, what was agreed (TCH-02). */
  'meetings.page': query(
    z.strictObject({ meeting: idSchema }),
    z.strictObject({
      guests: z.array(z.strictObject({ person: refSchema, role: z.string().optional(), response, attendance, invited: z.boolean() })),
      quality,
      /** Nobody has said yet how it was. */
      unjudged: z.boolean(),
      items: z.array(
        z.strictObject({
          id: idSchema,
          subject: z.string(),
          assignedTo: refSchema.optional(),
          contact: refSchema.optional(),
          due: dateSchema.optional(),
          state: z.enum(keysOf(ACTION_ITEM_STATES)),
          task: refSchema.optional(),
          dropReason: z.string().optional(),
        }),
      ),
      /** The newest mails that told of it, by what they told; `outdated`: the meeting has changed since the invitation. */
      mails: z.array(z.strictObject({ mail: refSchema, kind: z.string(), state: z.string(), at: z.string().optional() })),
      outdated: z.boolean(),
      /** What guests do not know yet, and how many they are; `isFirst`: they were told nothing of the kind before. */
      untold: z
        .strictObject({ kind: z.enum(['invitation', 'cancellation', 'minutes']), guests: z.number(), isFirst: z.boolean() })
        .optional(),
      series: z.strictObject({ id: idSchema, cadence: z.string(), repeatUntil: dateSchema, meetings: z.number() }).optional(),
    }),
    ['not-found'],
  ),
  /** Ends a meeting that was held, with its notes; `tell`: everyone who was invited or came gets them, in the same step. */
  'meetings.complete': command(
    z.strictObject({ meeting: idSchema, notes: z.string().max(100_000).optional(), tell: z.boolean() }),
    z.strictObject({ changeSetId: idSchema, mail: idSchema.optional() }),
    refusals,
  ),
  /** Notes whether people came, or how they answered. `people`: `contact/<id>` or `user/<id>`. */
  'meetings.attend': command(
    z.strictObject({
      meeting: idSchema,
      people: z.array(z.string().max(100)).min(1).max(500),
      attendance: attendance.optional(),
      response: response.optional(),
    }),
    z.strictObject({ changeSetId: idSchema }),
    refusals,
  ),
  /** The five observations of how it was; what is not named was not so. */
  'meetings.judge': command(z.strictObject({ meeting: idSchema, quality }), z.strictObject({ changeSetId: idSchema }), refusals),
  /** Keeps what was agreed, an item a line: `send the deck @maria fri`. */
  'meetings.agree': command(
    z.strictObject({ meeting: idSchema, text: z.string().trim().min(1).max(20_000) }),
    z.strictObject({ changeSetId: idSchema, items: z.number() }),
    refusals,
  ),
  /** Makes success tasks of what was agreed, drops it, or takes it up again. */
  'meetings.settle': command(
    z.strictObject({
      items: z.array(idSchema).min(1).max(500),
      to: z.enum(keysOf(ACTION_ITEM_STATES)),
      reason: z.string().max(500).optional(),
    }),
    z.strictObject({ changeSetId: idSchema, items: z.number() }),
    refusals,
  ),
  /** Plans one meeting. `mail`, here and below: everyone invited is told by mail, in the same step. */
  'meetings.plan': command(z.strictObject({ values: valuesSchema, mail: z.boolean().optional() }), done, refusals),
  /** Plans a series with all its meetings. `values`: fields of a meeting series. */
  'series.create': command(
    z.strictObject({ values: valuesSchema, cadence: z.enum(cadences), repeatUntil: dateSchema, mail: z.boolean().optional() }),
    done,
    refusals,
  ),
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
      mail: z.boolean().optional(),
    }),
    done,
    refusals,
  ),
  /** Cancels one meeting, it and those after it, or the whole series: what was held stays. */
  'series.cancel': command(z.strictObject({ meeting: idSchema, scope: z.enum(SCOPES), mail: z.boolean().optional() }), done, refusals),
} as const;
