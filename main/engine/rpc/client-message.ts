import { config, z } from 'zod';
import type { ClientMessage } from '#shared/contract/port-protocol.ts';

// zod would probe `new Function`, which our content security policy reports
config({ jitless: true });

const id = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const name = z.string().max(100);

const clientMessage = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('hello'), protocol: z.number().int(), clientId: z.string().min(1).max(64) }),
  z.strictObject({
    t: z.literal('call'),
    id,
    name,
    input: z.unknown(),
    commandId: z.string().min(1).max(64).exactOptional(),
    deadlineMs: z.number().int().min(0).max(86_400_000),
  }),
  z.strictObject({ t: z.literal('cancel'), id }),
  z.strictObject({ t: z.literal('live'), id, name, input: z.unknown() }),
  z.strictObject({ t: z.literal('ack'), id, n: id }),
  z.strictObject({ t: z.literal('stop'), id }),
  z.strictObject({ t: z.literal('ping'), n: id }),
  z.strictObject({ t: z.literal('bye') }),
]);

/** The message, or undefined where it is none that a client may send. */
export function readClientMessage(message: unknown): ClientMessage | undefined {
  const read = clientMessage.safeParse(message);
  return read.success ? read.data : undefined;
}

/** The ID in a malformed message, so that the sender can be told. */
export function idOf(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null || !('id' in message)) return undefined;
  const read = id.safeParse(message.id);
  return read.success ? read.data : undefined;
}
