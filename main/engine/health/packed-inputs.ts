import type { Row } from '#shared/model/dictionary.ts';
import type { Steps } from '#shared/domain/series/steps.ts';
import type { SourceReader } from '../metrics/source-reader.ts';
import type { SourceSet } from '../metrics/source-set.ts';

/**
 * What an engagement's metrics are computed from, side by side in memory: the staircases of those readers whose value comes from one
 * record alone and stays the same for days. Scoring ten thousand engagements waits for memory more than for arithmetic.
 */
export type PackedInputs = {
  /** By the place of the reader: where its steps begin; −1: values have to be combined or asked for day by day. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly day: Int32Array;
  readonly value: Float64Array;
};

export type InputBook = {
  readonly sources: SourceSet;
  /** The readers whose values are packed, in their places. */
  readonly readers: readonly SourceReader[];
  /** An engagement's inputs, packed when they are first asked for and kept until they are forgotten. */
  readonly of: (engagement: Row<'engagement'>) => PackedInputs;
  readonly forget: (engagement: string) => void;
};

/** An empty book for some readers of a set. */
export function inputBook(sources: SourceSet, readers: readonly SourceReader[]): InputBook {
  const known = new Map<string, PackedInputs>();
  return {
    sources,
    readers,
    of: (engagement) => {
      const ready = known.get(engagement.id);
      if (ready) return ready;
      const packed = pack(readers.map((reader) => singleSteps(reader, sources.recordsOf(reader, engagement))));
      known.set(engagement.id, packed);
      return packed;
    },
    forget: (engagement) => void known.delete(engagement),
  };
}

/** The staircase of a reader that has one record for the engagement; undefined where values are combined or change by day. */
function singleSteps(reader: SourceReader, records: readonly string[]): Steps | undefined {
  const [only] = records;
  return only !== undefined && records.length === 1 ? reader.steps(only) : undefined;
}

const INT = Int32Array.BYTES_PER_ELEMENT;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;

function pack(all: readonly (Steps | undefined)[]): PackedInputs {
  const size = all.reduce((sum, steps) => sum + (steps?.day.length ?? 0), 0);
  // doubles first: they have to begin at a multiple of their size
  const buffer = new ArrayBuffer(size * (DOUBLE + INT) + 2 * all.length * INT);
  const value = new Float64Array(buffer, 0, size);
  const day = new Int32Array(buffer, size * DOUBLE, size);
  const from = new Int32Array(buffer, size * (DOUBLE + INT), all.length);
  const to = new Int32Array(buffer, size * (DOUBLE + INT) + all.length * INT, all.length);
  let at = 0;
  for (const [place, steps] of all.entries()) {
    from[place] = steps ? at : -1;
    if (steps) {
      day.set(steps.day, at);
      value.set(steps.value, at);
      at += steps.day.length;
    }
    to[place] = at;
  }
  return { from, to, day, value };
}
