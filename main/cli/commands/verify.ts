import { memoryBytes } from '#engine/bytes/memory-bytes.ts';
import { BYTES_SECTION, takeBytes } from '#engine/portfolio-file/attached-bytes.ts';
import { unpackPortfolio } from '#engine/portfolio-file/unpack.ts';
import { EXIT } from '../exit-code.ts';
import type { Command } from '../command-line.ts';
import { report, textTable } from '../report.ts';

/** `satchel verify`: reads a portfolio file whole and says what is in it, or names its damage (DSK-03). */
export const verify: Command = {
  name: 'verify',
  usage: 'verify P.satchel [--passphrase TEXT] [--json]',
  summary: 'Check that a portfolio file is complete and unaltered.',
  words: [1, 1],
  standalone: true,
  options: {},
  run: async ({ words, read, text }) => {
    const path = words[0] ?? '';
    const { header, counts, sections } = await unpackPortfolio(await read(path), {
      fileName: path,
      passphrase: text('passphrase') ?? process.env['SATCHEL_PASSPHRASE'],
    });
    await takeBytes(
      memoryBytes(),
      sections.filter(({ name }) => name === BYTES_SECTION),
      path,
    );
    const parts = Object.entries(counts).map(([name, items]) => ({ name, items }));
    return report(
      { file: path, sound: true, createdAt: header.createdAt, sealed: header.seal !== undefined, parts },
      [
        `${path} is complete and unaltered; written ${header.createdAt}${header.seal ? ', protected by a passphrase' : ''}.`,
        ...textTable(parts, [
          { heading: 'Part', cell: (part) => part.name },
          { heading: 'Items', cell: (part) => String(part.items), right: true },
        ]),
      ],
      EXIT.done,
    );
  },
};
