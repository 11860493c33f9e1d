import type { TimeGrid } from '../metrics/time-grid.ts';
import type { PlannedDefinition } from './health-plan.ts';
import type { Scorer, Standing } from './score-engagement.ts';
import type { Row } from '#shared/model/dictionary.ts';

/** What the book says of one engagement. */
export type Written = { readonly engagement: string; readonly scores: Float64Array; readonly standing: Standing | undefined };

/** Health of every engagement over the days of the grid, packed: one row of doubles each. */
export type HealthBook = {
  readonly write: (scorer: Scorer, engagement: Row<'engagement'>) => void;
  /** Writes down what was computed before. */
  readonly restore: (written: Written) => void;
  readonly remove: (engagement: string) => void;
  readonly all: () => Written[];
  /** Score in one column; NaN: not known. */
  readonly score: (engagement: string, column: number) => number;
  readonly definition: (engagement: string) => PlannedDefinition | undefined;
  /** Weight that has a value today, in percent. */
  readonly coverage: (engagement: string) => number;
  readonly size: () => number;
  /** The scores of an engagement over all days, to be read at once. */
  readonly row: (engagement: string) => Float64Array | undefined;
};

const LEAST_ROOM = 64;

/** An empty book for a grid, with room for so many engagements to begin with. */
export function healthBook(grid: TimeGrid, engagements: number): HealthBook {
  const columns = grid.days.length;
  const slots = new Map<string, number>();
  const free: number[] = [];
  const standings: (Standing | undefined)[] = [];
  let scores = new Float64Array(Math.max(LEAST_ROOM, engagements) * columns);

  const slotFor = (engagement: string): number => {
    const known = slots.get(engagement);
    if (known !== undefined) return known;
    const slot = free.pop() ?? slots.size;
    slots.set(engagement, slot);
    if ((slot + 1) * columns > scores.length) {
      const larger = new Float64Array(scores.length * 2);
      larger.set(scores);
      scores = larger;
    }
    return slot;
  };
  const standing = (engagement: string): Standing | undefined => {
    const slot = slots.get(engagement);
    return slot === undefined ? undefined : standings[slot];
  };

  return {
    write: (scorer, engagement) => {
      const slot = slotFor(engagement.id);
      standings[slot] = scorer.score(engagement, scores, slot * columns);
    },
    restore: ({ engagement, scores: before, standing: known }) => {
      const slot = slotFor(engagement);
      scores.set(before, slot * columns);
      standings[slot] = known;
    },
    all: () =>
      Array.from(slots, ([engagement, slot]) => ({
        engagement,
        scores: scores.subarray(slot * columns, (slot + 1) * columns),
        standing: standings[slot],
      })),
    remove: (engagement) => {
      const slot = slots.get(engagement);
      if (slot === undefined) return;
      slots.delete(engagement);
      standings[slot] = undefined;
      free.push(slot);
    },
    score: (engagement, column) => {
      const slot = slots.get(engagement);
      return slot === undefined ? Number.NaN : (scores[slot * columns + column] ?? Number.NaN);
    },
    definition: (engagement) => standing(engagement)?.definition,
    coverage: (engagement) => standing(engagement)?.coverage ?? 0,
    size: () => slots.size,
    row: (engagement) => {
      const slot = slots.get(engagement);
      return slot === undefined ? undefined : scores.subarray(slot * columns, (slot + 1) * columns);
    },
  };
}
