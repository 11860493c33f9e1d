import { unreadable } from './limits.ts';

/** A file's text with the encoding it was found to have, in the words of the Encoding standard. */
export type DecodedText = { readonly text: string; readonly encoding: string; readonly bom: boolean };

const BOMS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const SAMPLE = 4_096;

/** UTF-16 without a mark: every other byte of Western text is zero. */
function utf16Guess(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even += 1;
    if (bytes[index + 1] === 0) odd += 1;
  }
  const half = length / 2;
  if (odd > half * 0.7 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.7 && odd < half * 0.1) return 'utf-16be';
  return undefined;
}

/** Whether the start of a file looks like anything but text: control characters that no table has. */
function looksBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, SAMPLE);
  let odd = 0;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 9 || (byte > 13 && byte < 27)) odd += 1;
  }
  return odd > length * 0.1;
}

function decode(bytes: Uint8Array, encoding: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text of a file: by its byte order mark, else UTF-16 where every other byte is zero, else UTF-8, else Windows-1252.
 * Throws AppError `file` for what is no text at all.
 */
export function decodeText(file: string, bytes: Uint8Array): DecodedText {
  for (const [encoding, mark] of BOMS) {
    if (bytes.length < mark.length || mark.some((byte, index) => bytes[index] !== byte)) continue;
    const text = decode(bytes.subarray(mark.length), encoding, false) ?? '';
    return { text, encoding, bom: true };
  }
  const wide = utf16Guess(bytes);
  if (wide !== undefined) return { text: decode(bytes, wide, false) ?? '', encoding: wide, bom: false };
  if (looksBinary(bytes)) throw unreadable('it holds no text', { file }, 'Save the table as CSV or XLSX and drop that file.');
  const utf8 = decode(bytes, 'utf-8', true);
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8', bom: false };
  return { text: decode(bytes, 'windows-1252', false) ?? '', encoding: 'windows-1252', bom: false };
}
