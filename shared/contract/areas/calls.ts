import { z } from 'zod';
import { QUALITY_MARKS } from '../../domain/touchpoints/quality-marks.ts';
import { command, query } from '../define.ts';
import { refSchema } from './records.ts';
import { changeDone, dateSchema, idSchema } from './schemas.ts';

const text = z.string().max(50_000);

/** Logging a call with its follow-ups (T3). */
export const calls = {
  /** What would be made of a call's notes: shown while they are typed. `unknown`: an @ that names nobody, or several. */
  'calls.read': query(
    z.strictObject({ text, engagement: idSchema.optional() }),
    z.strictObject({
      subject: z.string(),
      tasks: z.array(
        z.strictObject({
          subject: z.string(),
          due: dateSchema.optional(),
          assignedTo: refSchema.optional(),
          contact: refSchema.optional(),
          unknown: z.string().optional(),
        }),
      ),
    }),
  ),
  /** The engagement of the meeting that takes place just now, where one does. */
  'calls.now': query(z.strictObject({}), z.strictObject({ engagement: refSchema.optional(), meeting: refSchema.optional() })),
  /** Touchpoint, notes, tasks and quality of a call in one change set. */
  'calls.log': command(
    z.strictObject({
      engagement: idSchema,
      text: text.trim().min(1),
      channel: z.string().max(60).optional(),
      /** What it was about; a business review counts as one (ENG-09). */
      category: z.string().max(60).optional(),
      heldOn: dateSchema.optional(),
      quality: z.array(z.enum(QUALITY_MARKS)).max(QUALITY_MARKS.length).optional(),
    }),
    changeDone.extend({ tasks: z.number() }),
    ['rule', 'validation', 'not-found', 'permission'],
  ),
} as const;
