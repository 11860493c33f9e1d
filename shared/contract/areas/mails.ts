import { z } from 'zod';
import { command, job, query, readingJob } from '../define.ts';
import { MAIL_SECURITIES } from '../mail-gate.ts';
import { changeDone, idSchema, valuesSchema } from './schemas.ts';

const refusals = ['rule', 'validation', 'not-found', 'permission', 'conflict'] as const;
const idsSchema = z.array(idSchema);
const placeSchema = z.string().max(130);
/** A mail with its files, or a calendar file. */
const MOST_BYTES = 25 * 2 ** 20;

/** Mails: written here, kept in this device's outbox until there is a way (TCH-04, TCH-05). */
export const mails = {
  /** Writes a mail, or changes a draft (`id`), and puts it into the outbox in one step. `values`: fields of a mail. */
  'mails.queue': command(z.strictObject({ id: idSchema.optional(), values: valuesSchema }), changeDone, refusals),
  /** Writes a mail, or changes one that was written, without sending it. */
  'mails.save': command(z.strictObject({ id: idSchema.optional(), values: valuesSchema }), changeDone, refusals),
  /** Hangs a file of another record (the touchpoint's) on a mail, too. */
  'mails.attach': command(z.strictObject({ id: idSchema, attachment: idSchema }), changeDone, refusals),
  /** What a mail begins with: its place, people it may go to, templates filled in from the place, files to go with it. */
  'mails.begin': query(
    z.strictObject({
      /** A draft to go on with. */
      id: idSchema.optional(),
      touchpoint: idSchema.optional(),
      /** An engagement or a piece of work, as `table/id`. */
      about: z.string().max(130).optional(),
      contact: idSchema.optional(),
      /** The mail to be answered. */
      answers: idSchema.optional(),
      /** The attempt to reach someone that nobody answered: the next one is begun. */
      chases: idSchema.optional(),
    }),
    z.strictObject({
      /** Where it may belong; the first is meant. `ref`: `table/id`. */
      places: z.array(z.strictObject({ ref: z.string(), label: z.string(), type: z.string() })),
      /** What a new one begins with, or what the draft says. */
      values: valuesSchema,
      /** Whom it may go to (BR-44). */
      people: z.array(z.strictObject({ ref: z.string(), label: z.string(), email: z.string() })),
      templates: z.array(z.strictObject({ id: idSchema, label: z.string(), subject: z.string(), body: z.string() })),
      files: z.array(z.strictObject({ id: idSchema, name: z.string() })),
      rev: z.number().optional(),
    }),
    ['not-found'],
  ),
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
      /** Nothing goes to whoever knows it already: the change may have been taken back meanwhile. */
      unlessKnown: z.boolean().optional(),
    }),
    z.strictObject({ changeSetId: idSchema, mail: idSchema.optional() }),
    refusals,
  ),
  /** What waits in this device's outbox, what went wrong, and whether there is a way at all. */
  'mails.outbox': query(
    z.strictObject({}),
    z.strictObject({
      /** `none`: this program has no way to a mail server (a browser); mails leave as files. */
      way: z.enum(['none', 'not-set-up', 'ready']),
      problem: z.string().optional(),
      nextTryAt: z.string().optional(),
      /** Those that wait, are uncertain or were not delivered, oldest first; at most 200. */
      mails: z.array(
        z.strictObject({
          id: idSchema,
          rev: z.number(),
          subject: z.string(),
          state: z.string(),
          kind: z.string(),
          to: z.array(z.string()),
          queuedAt: z.string().optional(),
          /** It waits for this time, which its writer chose. */
          sendAt: z.string().optional(),
          problem: z.string().optional(),
          /** Another device is to send it. */
          isElsewhere: z.boolean(),
        }),
      ),
      waiting: z.number(),
      /** Of those that wait: how many wait for the time that was chosen. */
      later: z.number(),
      needsPerson: z.number(),
    }),
  ),
  'mails.setup': query(
    z.strictObject({}),
    z.strictObject({
      canSend: z.boolean(),
      setup: z
        .strictObject({
          host: z.string(),
          port: z.number(),
          security: z.enum(MAIL_SECURITIES),
          user: z.string(),
          hasPassword: z.boolean(),
          name: z.string(),
          email: z.string(),
        })
        .optional(),
      /** What a new setup begins with: the caller's own name and address. */
      suggested: z.strictObject({ name: z.string(), email: z.string() }),
    }),
  ),
  /** Keeps how this device sends mails; without a password the one that is kept stays. Nothing given: forgets it all. */
  'mails.keepSetup': command(
    z.strictObject({
      setup: z
        .strictObject({
          host: z.string().max(253),
          port: z.number().int().min(1).max(65_535),
          security: z.enum(MAIL_SECURITIES),
          user: z.string().max(320),
          password: z.string().max(1_000).optional(),
          name: z.string().max(200),
          email: z.string().max(254),
        })
        .optional(),
    }),
    z.strictObject({}),
    ['validation', 'storage'],
  ),
  /** Sends a small mail to the sender's own address, to see whether the setup works. Answers what the server said. */
  'mails.tryOut': job(z.strictObject({}), z.strictObject({ isSent: z.boolean(), message: z.string(), to: z.string() }), [
    'not-found',
    'permission',
  ]),
  /** Tries at once what waits. */
  'mails.sendNow': command(z.strictObject({}), z.strictObject({})),
  /**
   * What a person knows of a mail that waits, failed or is uncertain: it has gone out (in another way), it is to be sent again, it is to be
   * sent from this device instead of another one.
   */
  'mails.settle': command(z.strictObject({ id: idSchema, as: z.enum(['sent', 'again', 'here']) }), changeDone, refusals),
  /** Reads a mail (.eml) or a calendar file (.ics) that was dropped in: what it is, where it belongs, what taking it in would do. */
  'mails.look': readingJob(
    z.strictObject({
      name: z.string().max(500),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MOST_BYTES, 'the file is too large'),
    }),
    z.strictObject({
      token: idSchema,
      /** The mail is here already. */
      known: idSchema.optional(),
      mail: z
        .strictObject({
          subject: z.string(),
          from: z.string(),
          to: z.array(z.string()),
          sentAt: z.string().optional(),
          text: z.string(),
          files: z.array(z.string()),
          isAutomatic: z.boolean(),
        })
        .optional(),
      entries: z.array(
        z.strictObject({
          summary: z.string(),
          startsAt: z.string(),
          endsAt: z.string(),
          deed: z.enum(['answer', 'change', 'cancel', 'add', 'known', 'nothing']),
          isRepeated: z.boolean(),
          answers: z.array(z.strictObject({ who: z.string(), answer: z.enum(['accepted', 'tentative', 'declined']) })),
          meeting: z.strictObject({ id: idSchema, label: z.string() }).optional(),
        }),
      ),
      /** Where it may belong, the likeliest first. */
      places: z.array(z.strictObject({ ref: z.string(), label: z.string(), type: z.string(), reason: z.string() })),
      isSure: z.boolean(),
    }),
    ['file', 'limit'],
  ),
  /** Takes in what was looked at, as one change; `place`: `table/id`, by default the likeliest. */
  'mails.take': command(
    z.strictObject({ token: idSchema, place: placeSchema.optional() }),
    z.strictObject({ changeSetId: idSchema, mail: idSchema.optional(), meetings: z.number(), answers: z.number() }),
    [...refusals, 'limit'],
  ),
  /** A mail as a file (.eml), for a mail program to send or to keep. */
  'mails.file': readingJob(z.strictObject({ id: idSchema }), z.strictObject({ fileName: z.string(), bytes: z.instanceof(Uint8Array) }), [
    'not-found',
    'validation',
    'limit',
  ]),
} as const;
