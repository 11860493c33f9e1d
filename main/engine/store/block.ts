import { checksum } from './checksum.ts';

/** Plain data with runs of bytes beside it: how journal entries, snapshots and the start-up image are written. */
export type Block = { readonly json: unknown; readonly binaries: readonly Uint8Array[] };

// "SBK1" read as a little-endian number
const MAGIC = 0x314b4253;
const HEAD_BYTES = 16;
const aligned = (bytes: number) => (bytes + 7) & ~7;

/** Packs a block: magic, checksum of all that follows, length of the JSON, count and lengths of the binaries; all aligned to 8 bytes. */
export function packBlock({ json, binaries }: Block): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const lengthsEnd = aligned(HEAD_BYTES + 4 * binaries.length);
  const size = binaries.reduce((sum, one) => sum + aligned(one.byteLength), lengthsEnd + aligned(text.byteLength));
  const bytes = new Uint8Array(size);
  const head = new Uint32Array(bytes.buffer, 0, 4 + binaries.length);
  head.set([MAGIC, 0, text.byteLength, binaries.length, ...binaries.map((one) => one.byteLength)]);
  bytes.set(text, lengthsEnd);
  let at = lengthsEnd + aligned(text.byteLength);
  for (const one of binaries) {
    bytes.set(one, at);
    at += aligned(one.byteLength);
  }
  head[1] = checksum(bytes.subarray(8));
  return bytes;
}

/** The checksum that a packed block says it has. */
export function blockSum(packed: Uint8Array): number {
  return new Uint32Array(packed.slice(0, 8).buffer)[1] ?? 0;
}

/** Whether a packed block is whole and unaltered. */
export function isWhole(packed: Uint8Array): boolean {
  if (packed.byteLength < HEAD_BYTES || packed.byteLength % 8 !== 0) return false;
  const [magic, sum] = new Uint32Array(packed.slice(0, 8).buffer);
  return magic === MAGIC && sum === checksum(packed.subarray(8));
}

/** Unpacks a block; undefined where it is torn or altered. The binaries share its memory. */
export function unpackBlock(packed: Uint8Array): Block | undefined {
  return isWhole(packed) ? readBlock(packed) : undefined;
}

/** As {@link unpackBlock} for a block that {@link isWhole}. */
export function readBlock(packed: Uint8Array): Block {
  const bytes = packed.byteOffset % 8 === 0 ? packed : packed.slice();
  const [, , textBytes = 0, count = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
  const lengths = new Uint32Array(bytes.buffer, bytes.byteOffset + HEAD_BYTES, count);
  const textStart = aligned(HEAD_BYTES + 4 * count);
  const json: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(textStart, textStart + textBytes)));
  let at = textStart + aligned(textBytes);
  const binaries = Array.from(lengths, (length) => {
    const one = bytes.subarray(at, at + length);
    at += aligned(length);
    return one;
  });
  return { json, binaries };
}
