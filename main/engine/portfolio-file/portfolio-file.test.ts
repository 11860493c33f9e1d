import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { packedPortfolio } from './pack.ts';
import { unpackPortfolio } from './unpack.ts';

const options = { createdAt: '2024-12-31T00:00:00.000Z', schema: 1, seq: 7 };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const sample = [
  { name: 'rows/account', bytes: bytesOf('Ünïcode "quoted"'), items: 2 },
  { name: 'rows/account', bytes: Uint8Array.of(0, 255, 7), items: 1 },
  { name: 'points', bytes: new Uint8Array(), items: 0 },
];
const parts = sample.map(({ name, bytes }) => ({ name, bytes }));
const refusal = async (bytes: Uint8Array, passphrase?: string): Promise<AppError> => {
  try {
    await unpackPortfolio(bytes, { fileName: 'p.satchel', passphrase });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
};

describe('portfolio file', () => {
  test('DSK-03 what was written is read back', async () => {
    const read = await unpackPortfolio(await packedPortfolio(sample, options), { fileName: 'p.satchel' });
    expect(read.sections).toEqual(parts);
    expect(read.counts).toEqual({ 'rows/account': 3, points: 0 });
    expect(read.header.createdAt).toBe(options.createdAt);
  });

  test('DSK-03 with a passphrase it opens with that passphrase only', async () => {
    const bytes = await packedPortfolio(sample, { ...options, passphrase: 'correct horse' });
    expect(new TextDecoder().decode(bytes)).not.toContain('quoted');
    expect((await unpackPortfolio(bytes, { fileName: 'p.satchel', passphrase: 'correct horse' })).sections).toEqual(parts);
    expect((await refusal(bytes, 'wrong')).message).toContain('the passphrase does not open it');
    expect((await refusal(bytes)).message).toContain('protected by a passphrase');
  });

  test('DSK-03 a file cut off at any byte is refused', async () => {
    const bytes = await packedPortfolio(sample, options);
    for (let length = 0; length < bytes.length; length += 1) {
      const error = await refusal(bytes.slice(0, length));
      expect(error.code).toBe('file');
      expect(error.details.file).toBe('p.satchel');
    }
  });

  test('DSK-03 any altered byte is refused', async () => {
    const bytes = await packedPortfolio(sample, options);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const altered = bytes.slice();
        altered[at] = (altered[at] ?? 0) ^ flip;
        expect((await refusal(altered)).code).toBe('file');
      }),
      { numRuns: 300 },
    );
  });

  test('DSK-03 damage is named: foreign file, added tail, swapped parts, newer version', async () => {
    expect((await refusal(bytesOf('name,industry\n'))).message).toContain('not a Satchel portfolio');
    const bytes = await packedPortfolio(sample, options);
    expect((await refusal(Uint8Array.of(...bytes, 0))).message).toContain('added after its end');
    const altered = bytes.slice();
    altered[bytes.length - 3] = (altered[bytes.length - 3] ?? 0) ^ 1;
    expect((await refusal(altered)).message).toContain('the part after the part "points" was altered');
  });
});
