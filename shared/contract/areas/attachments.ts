import { z } from 'zod';
import { MAX_ATTACHMENT_BYTES, PART_BYTES } from '../../domain/attachments/limits.ts';
import { parseRef } from '../../model/any-reference.ts';
import { command, job, query } from '../define.ts';
import { changeDone, idSchema } from './schemas.ts';

/** A record of any type, as `anyReference` fields hold it. */
const recordSchema = z
  .string()
  .max(130)
  .refine((value) => parseRef(value) !== undefined, 'not a record');
const upload = z.strictObject({ uploadId: idSchema });
const refusals = ['not-found', 'limit', 'permission', 'rule', 'validation'] as const;

/** Files that hang on records (REC-33). A file comes in parts, so that it never passes through memory as a whole. */
export const attachments = {
  /** Begins to add a file to a record; refuses what is too large or has no room before anything is sent. */
  'attachments.begin': command(
    z.strictObject({
      about: recordSchema,
      name: z.string().max(1000),
      mediaType: z.string().max(200),
      size: z.number().int().min(0),
    }),
    upload,
    refusals,
  ),
  /** The next part, at most 512 KiB; `at`: where it begins. `not-found` where the engine was started anew since: begin again. */
  'attachments.part': command(
    upload.extend({
      at: z.number().int().min(0).max(MAX_ATTACHMENT_BYTES),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= PART_BYTES, 'a part is too large'),
    }),
    z.strictObject({ received: z.number() }),
    refusals,
  ),
  /** All parts are there: keeps them and makes the record. */
  'attachments.finish': job(upload, changeDone, refusals),
  'attachments.abandon': command(upload, z.strictObject({})),
  /** The files of a record, newest first. */
  'attachments.list': query(
    z.strictObject({ about: recordSchema }),
    z.strictObject({
      attachments: z.array(
        z.strictObject({
          id: idSchema,
          rev: z.number(),
          name: z.string(),
          mediaType: z.string(),
          size: z.number(),
          sha256: z.string(),
          addedAt: z.string(),
          /** Who added it, as a label. */
          addedBy: z.string(),
          /** The customer sees it, too. */
          visibleToCustomer: z.boolean(),
          /** Whether the system may be asked to open it; if not, it can only be saved. */
          opens: z.boolean(),
          /** Its name says that it is a picture which a page can show; its content decides. */
          picture: z.boolean(),
        }),
      ),
    }),
  ),
  /** A part of a file's content, at most 512 KiB; empty behind its end. */
  'attachments.read': query(
    z.strictObject({ id: idSchema, from: z.number().int().min(0), length: z.number().int().min(1).max(PART_BYTES) }),
    z.strictObject({ bytes: z.instanceof(Uint8Array) }),
    ['not-found'],
  ),
} as const;
