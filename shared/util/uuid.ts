const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** IDs are made by the hundred thousand, so random bytes are fetched in bulk. */
const RANDOM_BYTES = 8 * 512;

function hexOf(bytes: Uint8Array, from: number, count: number): string {
  let text = '';
  for (let at = from; at < from + count; at += 1) text += HEX[bytes[at] ?? 0];
  return text;
}

/**
 * A UUIDv7: 48 bits of time, 12 bits that count (`rand_a`), 62 random bits; so IDs sort as they were made.
 * @param milliseconds since 1970, UTC
 * @param count 0 to 4095
 * @param random 8 bytes, from `at` on
 */
function uuidV7(milliseconds: number, count: number, random: Uint8Array, at: number): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  const variant = HEX[0x80 | ((random[at] ?? 0) & 0x3f)] ?? '';
  const low = count.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${low}-${variant}${hexOf(random, at + 1, 1)}-${hexOf(random, at + 2, 6)}`;
}

/**
 * A maker of UUIDv7 that never goes back: IDs made in the same millisecond, or while the clock stands still or is set back,
 * still sort in the order in which they were made.
 * @param clock milliseconds since 1970, UTC
 * @param fillRandom fills the given bytes with random ones
 */
export function uuidMaker(clock: () => number, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void): () => string {
  const random = new Uint8Array(RANDOM_BYTES);
  let used = RANDOM_BYTES;
  let last = 0;
  let count = 0;
  return () => {
    const now = clock();
    count = now > last ? 0 : count + 1;
    // where the count runs out, the next millisecond is borrowed
    if (now > last) last = now;
    else if (count > 0xfff) {
      last += 1;
      count = 0;
    }
    if (used === RANDOM_BYTES) {
      fillRandom(random);
      used = 0;
    }
    used += 8;
    return uuidV7(last, count, random, used - 8);
  };
}
