import { crc32c } from '../util/crc32c.ts';

/** What a checksum is taken of: which records a scope has, each in which version. */
export type Versioned = { readonly table: string; readonly id: string; readonly version: number };

const encoder = { encode: (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff) };
const LIMIT = 2 ** 48;

/**
 * Checksum of a scope (S12): the same for the same records in the same versions, in whatever order they come. Finds a device
 * that has missed something, not malice.
 */
export function scopeChecksum(records: Iterable<Versioned>): string {
  let sum = 0;
  let count = 0;
  for (const { table, id, version } of records) {
    sum = (sum + crc32c(encoder.encode(`${table}/${id}/${version}`))) % LIMIT;
    count += 1;
  }
  return `${count.toString(36)}-${sum.toString(36)}`;
}
