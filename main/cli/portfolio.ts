import type { ByteStore, Journal } from '#engine/host/host.ts';
import { BYTES_SECTION, byteSections, takeBytes } from '#engine/portfolio-file/attached-bytes.ts';
import type { Section } from '#engine/portfolio-file/format.ts';
import { packedPortfolio } from '#engine/portfolio-file/pack.ts';
import { unpackPortfolio } from '#engine/portfolio-file/unpack.ts';
import { joined } from '#engine/portfolio-file/format.ts';
import type { EngineClient } from '#shared/contract/client/client.ts';
import { openNodeEngine } from './node-engine.ts';

/** Grows with every change of the table dictionary that an older Satchel could not read. */
const SCHEMA = 1;

export type OpenOptions = {
  /** The file's content; undefined starts an empty portfolio. */
  readonly bytes: Uint8Array | undefined;
  readonly fileName: string;
  readonly passphrase: string | undefined;
  /** The day that counts as today for this run; the file keeps its own setting. */
  readonly asOf: string | undefined;
};
export type Portfolio = {
  readonly client: EngineClient;
  /** The portfolio as a file, sealed again where it was opened with a passphrase. */
  readonly bytes: () => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
};

/** Hands a file's snapshot to the store as its second copy; what is done since stays in memory until it is written out. */
function restoringJournal(snapshot: Uint8Array, seq: number): Journal {
  return {
    lastSeq: () => Promise.resolve(seq),
    erase: () => Promise.resolve(),
    append: () => Promise.resolve(),
    snapshot: () => Promise.resolve(),
    recover: () => Promise.resolve({ snapshot, snapshotSeq: seq, entries: [] }),
  };
}

type Unpacked = { readonly journal: Journal; readonly files: readonly Pick<Section, 'bytes'>[] };

async function unpacked({ bytes, fileName, passphrase }: OpenOptions): Promise<Unpacked | undefined> {
  if (bytes === undefined) return undefined;
  const { header, sections } = await unpackPortfolio(bytes, { fileName, passphrase });
  const { files = [], records = [] } = Object.groupBy(sections, ({ name }) => (name === BYTES_SECTION ? 'files' : 'records'));
  return { journal: restoringJournal(joined(records.map((section) => section.bytes)), header.seq), files };
}

/** The records' pieces, then the bytes that hang on them. */
async function* sectionsOf(pieces: AsyncIterable<Section>, files: ByteStore): AsyncGenerator<Section> {
  yield* pieces;
  yield* byteSections(files);
}

/** Opens a portfolio file in an engine of this process (INT-06, DSK-03). Throws AppError `file` naming its damage. */
export async function openPortfolio(options: OpenOptions): Promise<Portfolio> {
  const file = await unpacked(options);
  const { client, context, snapshot, close } = await openNodeEngine(file ? { journal: file.journal } : {});
  await takeBytes(context.host.bytes, file?.files ?? [], options.fileName);
  const { asOf, asOfSet } = context.settings();
  const before = asOfSet ? asOf : null;
  if (options.asOf !== undefined) await client.command('workspace.set', { key: 'asOf', value: options.asOf });
  return {
    client,
    close,
    bytes: async () => {
      if (options.asOf !== undefined) await client.command('workspace.set', { key: 'asOf', value: before });
      const { seq, pieces } = snapshot();
      const { passphrase } = options;
      return packedPortfolio(sectionsOf(pieces, context.host.bytes), {
        createdAt: context.host.now(),
        schema: SCHEMA,
        seq,
        ...(passphrase !== undefined && { passphrase }),
      });
    },
  };
}
