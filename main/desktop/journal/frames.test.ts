import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameHeader, scanFrames, type Frame } from './frames.ts';

const payloads = fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 8 });

function file(contents: readonly Uint8Array[]): { bytes: Uint8Array; starts: number[] } {
  const parts = contents.flatMap((payload, i) => [frameHeader(i + 1, payload), payload]);
  const starts: number[] = [];
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (i % 2 === 0) starts.push(at);
    at += part.length;
  }
  return { bytes: Uint8Array.from(parts.flatMap((part) => [...part])), starts };
}

const plain = (frames: readonly Frame[]) => frames.map(({ seq, payload }) => [seq, [...payload]]);
const expected = (contents: readonly Uint8Array[]) => contents.map((payload, i) => [i + 1, [...payload]]);

test('what was written is read back, whatever it holds, also a frame inside a payload', () => {
  fc.assert(
    fc.property(payloads, (contents) => {
      const nested = [...contents, file(contents).bytes];
      const scan = scanFrames(file(nested).bytes);
      expect(plain(scan.frames)).toEqual(expected(nested));
      expect(scan).toMatchObject({ altered: [], tail: undefined });
    }),
  );
});

test('DSK-01 a file cut at any byte keeps every whole entry before the cut, and says where it ends', () => {
  const contents = [3, 0, 40, 1].map((length) => new Uint8Array(length).fill(length));
  const { bytes, starts } = file(contents);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const whole = [...starts.slice(1), bytes.length].filter((end) => end <= cut).length;
    const scan = scanFrames(bytes.subarray(0, cut));
    expect(plain(scan.frames)).toEqual(expected(contents).slice(0, whole));
    const end = starts[whole] ?? bytes.length;
    expect(scan.altered).toEqual([]);
    expect(scan.tail?.from).toBe(cut === end || cut === 0 ? undefined : end);
  }
});

test('DSK-01 one flipped bit anywhere hides the entry it is in, no other, and is noticed', () => {
  const contents = [5, 17, 0, 30].map((length, i) => new Uint8Array(length).fill(i + 65));
  const { bytes, starts } = file(contents);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const altered = Uint8Array.from(bytes, (byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    const hit = starts.findLastIndex((start) => start <= bit >> 3);
    const scan = scanFrames(altered);
    expect(plain(scan.frames)).toEqual(expected(contents).filter((_, i) => i !== hit));
    const bad = [...scan.altered, ...(scan.tail === undefined ? [] : [scan.tail])];
    expect(bad.map(({ from }) => from)).toEqual([starts[hit]]);
    expect(scan.tail === undefined).toBe(hit !== contents.length - 1);
  }
});

test('no bytes at all make it throw or read an entry that was not written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
      const scan = scanFrames(noise);
      expect(scan.frames).toEqual([]);
      expect(scan.tail === undefined).toBe(noise.length === 0);
    }),
  );
});
