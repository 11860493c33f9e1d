const SEEDS = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

/**
 * A 32-bit checksum that finds torn and altered bytes (not forged ones), at about the speed of memory: four lanes of
 * multiply and rotate over 32-bit words, little-endian like everything in a browser.
 */
export function checksum(bytes: Uint8Array): number {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const count = aligned.byteLength >>> 2;
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, count);
  let [a, b, c, d]: [number, number, number, number] = [...SEEDS];
  let at = 0;
  for (; at + 3 < count; at += 4) {
    a = Math.imul(rotate(a ^ (words[at] ?? 0), 13), SEEDS[0]);
    b = Math.imul(rotate(b ^ (words[at + 1] ?? 0), 13), SEEDS[1]);
    c = Math.imul(rotate(c ^ (words[at + 2] ?? 0), 13), SEEDS[2]);
    d = Math.imul(rotate(d ^ (words[at + 3] ?? 0), 13), SEEDS[3]);
  }
  for (; at < count; at += 1) a = Math.imul(rotate(a ^ (words[at] ?? 0), 13), SEEDS[0]);
  for (let byte = count * 4; byte < aligned.byteLength; byte += 1) b = Math.imul(rotate(b ^ (aligned[byte] ?? 0), 11), SEEDS[1]);
  let hash = rotate(a, 1) ^ rotate(b, 7) ^ rotate(c, 12) ^ rotate(d, 18) ^ aligned.byteLength;
  hash = Math.imul(hash ^ (hash >>> 16), SEEDS[2]);
  hash = Math.imul(hash ^ (hash >>> 13), SEEDS[3]);
  return (hash ^ (hash >>> 16)) >>> 0;
}
