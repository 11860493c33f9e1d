import { roundHalfAway } from '../../util/rounding.ts';

/** The part of a `colourBand` row that decides. */
export type Band = { readonly id: string; readonly min: number; readonly max: number };

/** Bands of one scale by their lower end. */
export function inOrderOfRange<B extends Band>(bands: Iterable<B>): readonly B[] {
  return [...bands].sort((a, b) => a.min - b.min || (a.id < b.id ? -1 : 1));
}

/** The band that holds `x`: from its min up to the next one's, the last one up to and including its max; none outside (scoring.md 1.7). */
export function bandOf<B extends Band>(inOrder: readonly B[], x: number): B | undefined {
  const at = inOrder.findLastIndex(({ min }) => min <= x);
  const band = inOrder[at];
  if (!band) return undefined;
  return at === inOrder.length - 1 && x > band.max ? undefined : band;
}

/** The global band of an unrounded score: global bands read the rounded one (scoring.md 1.7). */
export function bandOfScore<B extends Band>(globalInOrder: readonly B[], score: number): B | undefined {
  return bandOf(globalInOrder, roundHalfAway(score));
}
