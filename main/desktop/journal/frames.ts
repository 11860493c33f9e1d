import { crc32c } from '#shared/util/crc32c.ts';

/**
 * How entries lie in a journal file: one after another, each with a header of 24 bytes (little-endian): mark, payload
 * length, sequence number (8 bytes), checksum of the payload, checksum of the header. The header has its own checksum so
 * that an altered length cannot pass for a file that merely ends too early.
 */
export const HEADER_BYTES = 24;

// "SJF1"
const MARK = 0x31464a53;

export type Frame = { readonly seq: number; readonly payload: Uint8Array };

/** A stretch of a file that is no intact frame. `seq` where its header is still readable. */
export type BadStretch = { readonly from: number; readonly to: number; readonly seq?: number };

export type Scan = {
  readonly frames: readonly Frame[];
  /** All but one that reaches to the end of the file. */
  readonly altered: readonly BadStretch[];
  /** What stands at the end without being a whole frame: an entry that was being written, as a rule. */
  readonly tail: BadStretch | undefined;
};

type Header = { readonly length: number; readonly seq: number; readonly payloadCrc: number };

/** The header for a payload; the frame is the header followed by the payload. */
export function frameHeader(seq: number, payload: Uint8Array): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, MARK, true);
  view.setUint32(4, payload.length, true);
  view.setBigUint64(8, BigInt(seq), true);
  view.setUint32(16, crc32c(payload), true);
  view.setUint32(20, crc32c(header.subarray(0, 20)), true);
  return header;
}

function headerAt(bytes: Uint8Array, at: number): Header | undefined {
  if (at + HEADER_BYTES > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, HEADER_BYTES);
  if (view.getUint32(0, true) !== MARK) return undefined;
  if (view.getUint32(20, true) !== crc32c(bytes.subarray(at, at + 20))) return undefined;
  return { length: view.getUint32(4, true), seq: Number(view.getBigUint64(8, true)), payloadCrc: view.getUint32(16, true) };
}

function nextHeader(bytes: Uint8Array, from: number): number {
  for (let at = from; at + HEADER_BYTES <= bytes.length; at += 1) {
    if (bytes[at] === (MARK & 0xff) && headerAt(bytes, at) !== undefined) return at;
  }
  return bytes.length;
}

/** Reads every intact frame, also those behind damage, and says where the damage lies. Never throws. */
export function scanFrames(bytes: Uint8Array): Scan {
  const frames: Frame[] = [];
  const bad: BadStretch[] = [];
  let at = 0;
  while (at < bytes.length) {
    const header = headerAt(bytes, at);
    const end = header === undefined ? 0 : at + HEADER_BYTES + header.length;
    const payload = header === undefined || end > bytes.length ? undefined : bytes.subarray(at + HEADER_BYTES, end);
    if (header !== undefined && payload !== undefined && crc32c(payload) === header.payloadCrc) {
      frames.push({ seq: header.seq, payload });
      at = end;
      continue;
    }
    // an intact header vouches for its length; without one, or past the end of the file, the next frame has to be looked for
    const next = payload === undefined ? nextHeader(bytes, at + 1) : end;
    bad.push({ from: at, to: next, ...(header === undefined ? {} : { seq: header.seq }) });
    at = next;
  }
  const last = bad.at(-1);
  const tail = last?.to === bytes.length ? last : undefined;
  return { frames, altered: tail === undefined ? bad : bad.slice(0, -1), tail };
}
