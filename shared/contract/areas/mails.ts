import { z } from 'zod';
import { command } from '../define.ts';
import { changeDone, idSchema, valuesSchema } from './schemas.ts';

const refusals = ['rule', 'validation', 'not-found', 'permission', 'conflict'] as const;
const idsSchema = z.array(idSchema);

/** Mails: written here, kept in this device's outbox until there is a way (TCH-04, TCH-05). */
export const mails = {
  /** Writes a mail and puts it into the outbox in one step. `values`: fields of a mail. */
  'mails.queue': command(z.strictObject({ values: valuesSchema }), changeDone, refusals),
  /** Puts a draft, or one that was not delivered, into the outbox. */
  'mails.send': command(z.strictObject({ id: idSchema }), changeDone, refusals),
  /** Takes a mail that still waits out of the outbox again: it is a draft then. */
  'mails.takeBack': command(z.strictObject({ id: idSchema }), changeDone, refusals),
  /**
   * Invites to meetings of one touchpoint (also anew after a change), calls them off, or sends the notes of one: to everyone invited, or to
   * those named. No mail where nobody is invited or the meeting is a draft.
   */
  'mails.meeting': command(
    z.strictObject({
      kind: z.enum(['invitation', 'cancellation', 'minutes']),
      meetings: idsSchema.min(1).max(400),
      people: z.strictObject({ contacts: idsSchema.max(500), users: idsSchema.max(500) }).optional(),
    }),
    z.strictObject({ changeSetId: idSchema, mail: idSchema.optional() }),
    refusals,
  ),
} as const;
