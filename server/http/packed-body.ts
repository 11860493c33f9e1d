import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { SyncError } from './sync-error.ts';

/** A body on its way in, as fastify reads it: unpacked bytes are held against its limit, packed ones against the length that was announced. */
type Unpacked = Readable & { receivedEncodedLength?: number };

/**
 * Unpacks a body that came with `content-encoding: gzip`. It is read as it is unpacked, so one that grows beyond the limit ends there, whatever it
 * would have become. Throws SyncError for any other packing.
 */
export function unpacked(payload: Readable, encoding: string | undefined): Readable {
  if (encoding === undefined || encoding === 'identity') return payload;
  if (encoding !== 'gzip') throw new SyncError('malformed', 'A body may be packed with gzip alone.');
  const stream: Unpacked = createGunzip();
  stream.receivedEncodedLength = 0;
  payload.on('data', (part: Buffer) => {
    stream.receivedEncodedLength = (stream.receivedEncodedLength ?? 0) + part.length;
  });
  payload.on('error', (thrown) => stream.destroy(thrown));
  // ended early, by the limit or by what is no gzip: the rest is not read
  stream.on('close', () => payload.unpipe());
  return payload.pipe(stream as Unpacked & NodeJS.WritableStream); // zlib's stream is both
}
