import { z } from 'zod';
import type { ErrorShape } from '../errors/app-error.ts';

/**
 * Messages on the port between the engine and the journal in Electron's main process. Every call is answered once, under its
 * ID; a snapshot and a recovery go in parts, each asked for after the one before was answered (back-pressure).
 */
const id = z.number().int().nonnegative();
const seq = z.number().int().positive();
// not instanceof alone: its inferred type would refuse bytes that lie in shared memory
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes');

export const journalCallSchema = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('lastSeq'), id }),
  z.strictObject({ call: z.literal('append'), id, seq, changeSet: bytes }),
  z.strictObject({ call: z.literal('snapshotBegin'), id, seq: z.number().int().nonnegative() }),
  z.strictObject({ call: z.literal('snapshotChunk'), id, bytes }),
  z.strictObject({ call: z.literal('snapshotEnd'), id }),
  z.strictObject({ call: z.literal('snapshotAbort'), id }),
  z.strictObject({ call: z.literal('recoverBegin'), id }),
  z.strictObject({ call: z.literal('recoverNext'), id }),
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

export type JournalReply = { readonly id: number; readonly ok: JournalAnswer } | { readonly id: number; readonly error: ErrorShape };
