import { z } from 'zod';
import type { ErrorShape } from '../errors/app-error.ts';
import { isMailAddress } from '../domain/mail/mail-address.ts';
import { isMessageId } from '../domain/mail/write-mail.ts';
import { isMailServer, MAIL_SECURITIES, type MailKnown, type MailOutcome } from './mail-gate.ts';
import { SYNC_SCHEMA_HEADER } from './sync-contract.ts';
import type { NetReply } from './net.ts';

/**
 * What the engine asks Electron's main process about the central store, about secrets and about mails, on the port that the journal has, too. A call is
 * answered once, under its ID; a stream tells its events under that ID before.
 */
const id = z.number().int().nonnegative();
const MOST_MS = 600_000;
const MOST_BYTES = 64 * 2 ** 20;
const body = z.union([
  z.string().max(MOST_BYTES),
  // not instanceof alone: its inferred type would refuse bytes that lie in shared memory
  z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array && value.length <= MOST_BYTES, 'must be bytes'),
]);
const target = {
  id,
  server: z.string().max(300),
  path: z.string().max(4_000),
  headers: z.partialRecord(
    z.enum(['accept', 'authorization', 'content-type', 'content-encoding', SYNC_SCHEMA_HEADER]),
    z.string().max(1_000),
  ),
};
const name = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'must be the name of a secret');

const address = z.string().max(254).refine(isMailAddress, 'must be a plain address');
const messageId = z.string().max(300).refine(isMessageId, 'must be a Message-ID');
const MOST_PEOPLE = 1_000;
const mailServer = z
  .strictObject({
    host: z.string().max(253),
    port: z.number().int(),
    security: z.enum(MAIL_SECURITIES),
    user: z.string().min(1).max(320).optional(),
  })
  .refine(isMailServer, 'must be a mail server that may be used');

export const centralCallSchema = z.discriminatedUnion('call', [
  z.strictObject({
    call: z.literal('netRequest'),
    ...target,
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
    body: body.optional(),
    deadlineMs: z.number().int().positive().max(MOST_MS),
    maxBytes: z.number().int().positive().max(MOST_BYTES),
  }),
  z.strictObject({ call: z.literal('netListen'), ...target }),
  /** Ends a request or a stream; it is answered all the same. */
  z.strictObject({ call: z.literal('netStop'), id, of: id }),
  z.strictObject({ call: z.literal('keyGet'), id, name }),
  z.strictObject({ call: z.literal('keySet'), id, name, value: z.string().max(64_000) }),
  z.strictObject({ call: z.literal('keyRemove'), id, name }),
  z.strictObject({
    call: z.literal('mailSend'),
    id,
    server: mailServer,
    password: z.string().max(1_000).optional(),
    messageId,
    from: address,
    to: z.array(address).min(1).max(MOST_PEOPLE),
    message: z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array && value.length <= MOST_BYTES, 'must be bytes'),
    again: z.boolean().optional(),
  }),
  z.strictObject({ call: z.literal('mailKnown'), id, messageId }),
]);
export type CentralCall = z.infer<typeof centralCallSchema>;
export type CentralAnswer = null | string | NetReply | MailOutcome | MailKnown;

export type CentralReply =
  | { readonly id: number; readonly ok: CentralAnswer }
  | { readonly id: number; readonly error: ErrorShape }
  | { readonly id: number; readonly event: string };
