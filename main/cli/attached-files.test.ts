import { expect, test } from 'vitest';
import { unpackPortfolio } from '#engine/portfolio-file/unpack.ts';
import { BYTES_SECTION, takeBytes } from '#engine/portfolio-file/attached-bytes.ts';
import { memoryBytes } from '#engine/bytes/memory-bytes.ts';
import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { openPortfolio } from './portfolio.ts';

const text = (content: string) => new TextEncoder().encode(content);
const options = { fileName: 'p.satchel', passphrase: undefined, asOf: undefined };

async function withFile(name: string, bytes: Uint8Array<ArrayBuffer>) {
  const portfolio = await openPortfolio({ ...options, bytes: undefined });
  const { client } = portfolio;
  const { id: account } = await client.command('records.create', { table: 'account', values: { name: 'Acme' } });
  const { uploadId } = await client.command('attachments.begin', { about: `account/${account}`, name, mediaType: '', size: bytes.length });
  for (let at = 0; at < bytes.length; at += PART_BYTES)
    await client.command('attachments.part', { uploadId, at, bytes: bytes.slice(at, at + PART_BYTES) });
  const { id } = await client.job('attachments.finish', { uploadId });
  return { portfolio, id };
}

test('REC-33 DSK-03 a portfolio file carries the attached files, empty ones too, and brings them back to the byte', async () => {
  const large = new Uint8Array(5 * 1024 * 1024).map((_, at) => at % 253);
  for (const content of [text('the plan'), new Uint8Array(), large]) {
    const { portfolio, id } = await withFile('plan.txt', content);
    const bytes = await portfolio.bytes();
    await portfolio.close();
    const again = await openPortfolio({ ...options, bytes });
    const parts: Uint8Array[] = [];
    for (let from = 0; ; from += PART_BYTES) {
      const part = (await again.client.call('attachments.read', { id, from, length: PART_BYTES })).bytes;
      if (part.length === 0) break;
      parts.push(part);
    }
    expect(Buffer.concat(parts).equals(Buffer.from(content))).toBe(true);
    await again.close();
  }
});

test('DSK-03 an attached file that is not what it was is refused by name of the damage', async () => {
  const { portfolio } = await withFile('plan.txt', text('the plan'));
  const { sections } = await unpackPortfolio(await portfolio.bytes(), { fileName: 'p.satchel', passphrase: undefined });
  await portfolio.close();
  const files = sections.filter(({ name }) => name === BYTES_SECTION);
  expect(files).toHaveLength(1);
  const altered = files.map((section) => ({ ...section, bytes: section.bytes.map((byte, at) => (at === 70 ? byte ^ 1 : byte)) }));
  await expect(takeBytes(memoryBytes(), altered, 'p.satchel')).rejects.toMatchObject({
    code: 'file',
    message: expect.stringContaining('p.satchel: the content of an attached file'),
  });
});
