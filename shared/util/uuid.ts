/**
 * A UUIDv7: 48 bits of time, so that IDs sort by creation, and 74 random bits.
 * @param milliseconds since 1970, UTC
 * @param random at least 10 random bytes
 */
export function uuidV7(milliseconds: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(milliseconds / 2 ** 32));
  view.setUint32(2, milliseconds % 2 ** 32);
  bytes.set(random.subarray(0, 10), 6);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * A maker of UUIDv7 that never goes back: IDs made in the same millisecond, or while the clock stands still or is set back,
 * still sort in the order in which they were made.
 * @param clock milliseconds since 1970, UTC
 * @param fillRandom fills the given bytes with random ones
 */
export function uuidMaker(clock: () => number, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const now = clock();
    count = now > last ? 0 : count + 1;
    // the 12 bits beside the version count within a millisecond; where they run out, the next millisecond is borrowed
    if (now > last) last = now;
    else if (count > 0xfff) {
      last += 1;
      count = 0;
    }
    const random = new Uint8Array(10);
    fillRandom(random);
    random[0] = count >> 8;
    random[1] = count & 0xff;
    return uuidV7(last, random);
  };
}
