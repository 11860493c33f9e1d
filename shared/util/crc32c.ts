const table = makeTable();

function makeTable(): Uint32Array {
  const values = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
    values[byte] = remainder;
  }
  return values;
}

/**
 * CRC-32C (Castagnoli, RFC 3720 appendix B.4) of the bytes, as an unsigned 32-bit number. `before` is the checksum of what
 * came before them, so that a checksum can be taken in parts. Finds damage, not malice.
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i += 1) crc = (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
