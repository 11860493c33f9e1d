import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSha256, sha256 } from './sha256.ts';

const ofText = (text: string) => {
  const digest = sha256();
  digest.update(new TextEncoder().encode(text));
  return digest.hex();
};

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
])('the digest of %j is that of FIPS 180-4', (text, digest) => {
  expect(ofText(text)).toBe(digest);
});

test('however the bytes are cut into parts, the digest is that of Node', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (parts) => {
      const mine = sha256();
      const nodes = createHash('sha256');
      for (const part of parts) {
        mine.update(part);
        nodes.update(part);
      }
      expect(mine.hex()).toBe(nodes.digest('hex'));
    }),
  );
});

test('only a digest looks like one', () => {
  expect(isSha256(ofText('x'))).toBe(true);
  for (const text of ['', '../../etc/passwd', ofText('x').toUpperCase(), `${ofText('x')}\n`]) expect(isSha256(text)).toBe(false);
});
