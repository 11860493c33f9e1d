import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32c } from './crc32c.ts';

test.each([
  ['123456789', new TextEncoder().encode('123456789'), 0xe3069283],
  ['32 zeros (RFC 3720 B.4)', new Uint8Array(32), 0x8a9136aa],
  ['32 ones (RFC 3720 B.4)', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['0 to 31 (RFC 3720 B.4)', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ['nothing', new Uint8Array(), 0],
])('the CRC-32C of %s is the published one', (_, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

test('a checksum taken in parts is that of the whole', () => {
  fc.assert(fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => crc32c(b, crc32c(a)) === crc32c(Uint8Array.from([...a, ...b]))));
});

test('every single flipped bit changes it', () => {
  const bytes = new TextEncoder().encode('nothing typed is ever lost');
  const original = crc32c(bytes);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const altered = Uint8Array.from(bytes, (byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    expect(crc32c(altered)).not.toBe(original);
  }
});
