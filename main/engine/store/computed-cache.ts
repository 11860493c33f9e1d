import { packBlock, unpackBlock, type Block } from './block.ts';
import type { Database } from './database.ts';

/** Results of long computations, kept so that a start need not wait for them. Never the truth: they can always be computed again. */
export type ComputedCache = {
  /** The number of the last commit. */
  readonly seq: () => number;
  /** What was kept under this name; undefined where it is missing, damaged, or not of the records as they are now. */
  readonly read: (name: string) => Promise<Block | undefined>;
  /** Keeps what was computed from the records as they were after commit `seq`. */
  readonly write: (name: string, seq: number, content: Block) => Promise<void>;
  /** Notes up to which commit something was done; may be some commits behind after a crash. */
  readonly mark: (name: string, seq: number) => Promise<void>;
  readonly marked: (name: string) => Promise<number | undefined>;
};

type ComputedRow = { readonly key: string; readonly seq: number; readonly bytes: Uint8Array };

const MARK_PREFIX = 'mark:';
const NO_BYTES = new Uint8Array();

/** The cache of a store; `seq` tells its last commit. A cache that cannot be read or written is as good as empty. */
export function createComputedCache({ image }: Database, seq: () => number, failed: () => void): ComputedCache {
  const table = () => image.table<ComputedRow, string>('computed');
  return {
    seq,
    read: async (name) => {
      try {
        const row = await table().get(name);
        return row === undefined || row.seq !== seq() ? undefined : unpackBlock(row.bytes);
      } catch {
        failed();
        return undefined;
      }
    },
    write: async (name, at, content) => {
      try {
        await table().put({ key: name, seq: at, bytes: packBlock(content) });
      } catch {
        failed();
      }
    },
    mark: async (name, at) => {
      try {
        await table().put({ key: MARK_PREFIX + name, seq: at, bytes: NO_BYTES });
      } catch {
        failed();
      }
    },
    marked: async (name) => {
      try {
        return (await table().get(MARK_PREFIX + name))?.seq;
      } catch {
        failed();
        return undefined;
      }
    },
  };
}
