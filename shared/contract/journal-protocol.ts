import { z } from 'zod';
import type { ErrorShape } from '../errors/app-error.ts';
import type { ReminderCall } from './reminder-protocol.ts';
import type { CentralCall, CentralReply } from './central-protocol.ts';

/**
 * Messages on the port between the engine and the journal in Electron's main process. Every call is answered once, under its
 * ID; a snapshot and a recovery go in parts, each asked for after the one before was answered (back-pressure).
 */
const id = z.number().int().nonnegative();
const seq = z.number().int().positive();
// not instanceof alone: its inferred type would refuse bytes that lie in shared memory
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes');

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a digest');
const file = z.number().int().positive();

/** Bytes of attachments, which main keeps as files beside the journal: the same port, since both are what Chromium's folder must not be alone with. */
export const fileCallSchema = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('fileBegin'), id }),
  z.strictObject({ call: z.literal('filePart'), id, file, bytes }),
  z.strictObject({ call: z.literal('fileKeep'), id, file }),
  z.strictObject({ call: z.literal('fileDrop'), id, file }),
  z.strictObject({ call: z.literal('fileRead'), id, sha256, from: z.number().int().nonnegative(), length: z.number().int().positive() }),
  z.strictObject({ call: z.literal('fileSize'), id, sha256 }),
  z.strictObject({ call: z.literal('fileList'), id }),
  z.strictObject({ call: z.literal('fileRemove'), id, sha256 }),
]);
export type FileCall = z.infer<typeof fileCallSchema>;
export type FileAnswer = null | number | Uint8Array | readonly string[] | { readonly sha256: string; readonly size: number };

export const journalCallSchema = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('lastSeq'), id }),
  z.strictObject({ call: z.literal('append'), id, seq, changeSet: bytes }),
  z.strictObject({ call: z.literal('snapshotBegin'), id, seq: z.number().int().nonnegative() }),
  z.strictObject({ call: z.literal('snapshotChunk'), id, bytes }),
  z.strictObject({ call: z.literal('snapshotEnd'), id }),
  z.strictObject({ call: z.literal('snapshotAbort'), id }),
  z.strictObject({ call: z.literal('recoverBegin'), id }),
  z.strictObject({ call: z.literal('recoverNext'), id }),
  z.strictObject({ call: z.literal('erase'), id }),
]);

export type JournalCall = z.infer<typeof journalCallSchema>;

/** What a recovery consists of, before its parts. */
export type RecoveryHead = {
  readonly found: boolean;
  readonly hasSnapshot: boolean;
  readonly snapshotSeq: number;
  readonly note?: string;
};

export type RecoveryPart =
  | { readonly part: 'snapshot'; readonly bytes: Uint8Array }
  | { readonly part: 'entries'; readonly entries: readonly { readonly seq: number; readonly changeSet: Uint8Array }[] }
  | { readonly part: 'end' };

export type JournalAnswer = null | number | RecoveryHead | RecoveryPart;
/** Everything that the engine asks main over this port. */
export type MainCall = JournalCall | FileCall | CentralCall | ReminderCall;

export type JournalReply =
  | { readonly id: number; readonly ok: JournalAnswer | FileAnswer }
  | { readonly id: number; readonly error: ErrorShape };
/** Everything that main says over it. */
export type MainReply = JournalReply | CentralReply;
