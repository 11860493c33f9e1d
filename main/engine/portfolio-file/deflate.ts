import { AppError } from '#shared/errors/app-error.ts';
import { joined } from './format.ts';

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > limit) throw new AppError('limit', 'A section of the file unpacks to more than Satchel ever writes.');
    parts.push(part);
  }
  return joined(parts);
}

const piped = (bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> =>
  new Blob([bytes]).stream().pipeThrough(through);

/** Deflates bytes (raw, without header). */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return collect(piped(bytes, new CompressionStream('deflate-raw')), Number.POSITIVE_INFINITY);
}

/** Inflates bytes, at most `limit` of them; throws AppError `limit` beyond it, and whatever the stream throws on damage. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  return collect(piped(bytes, new DecompressionStream('deflate-raw')), limit);
}
