import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packBlock, unpackBlock } from './block.ts';

const block = fc.record({ json: fc.jsonValue(), binaries: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }) });

test('a block reads back as it was written, wherever it lies in memory', () => {
  fc.assert(
    fc.property(block, fc.nat(9), ({ json, binaries }, offset) => {
      const packed = packBlock({ json, binaries });
      const moved = new Uint8Array(packed.length + offset);
      moved.set(packed, offset);
      const read = unpackBlock(moved.subarray(offset));
      expect(read?.json).toEqual(JSON.parse(JSON.stringify(json)));
      expect(read?.binaries.map((one) => [...one])).toEqual(binaries.map((one) => [...one]));
    }),
  );
});

test('a block that was cut or altered anywhere is refused', () => {
  fc.assert(
    fc.property(block, fc.nat(), fc.integer({ min: 1, max: 255 }), (content, where, change) => {
      const packed = packBlock(content);
      const at = where % packed.length;
      expect(unpackBlock(packed.subarray(0, at))).toBeUndefined();
      packed[at] = (packed[at] ?? 0) ^ change;
      expect(unpackBlock(packed)).toBeUndefined();
    }),
  );
});
