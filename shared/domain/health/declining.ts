import { median } from './means.ts';

const LEAST_FALL = 10;
const LEAST_HISTORY = 8;

export type Decline = {
  readonly from: number;
  readonly to: number;
  /** How much of a fall was needed: more where the score jumps about anyway. */
  readonly needed: number;
};

/**
 * Whether a health declines (scoring.md 1.9). `weeks`: one score a week, oldest first, the last one is now; NaN: not known.
 * Compares now with the median of 4 to 6 weeks back; the usual restlessness is the median change from week to week among
 * the 12 changes before the latest one. Needs 8 known weeks before now.
 */
export function declineOf(weeks: readonly number[]): Decline | undefined {
  const back = (count: number): number => weeks[weeks.length - 1 - count] ?? Number.NaN;
  const to = back(0);
  const history = weeks.slice(0, -1).filter((score) => !Number.isNaN(score)).length;
  const from = median([4, 5, 6].map(back).filter((score) => !Number.isNaN(score)));
  if (Number.isNaN(to) || from === undefined || history < LEAST_HISTORY) return undefined;
  const changes = Array.from({ length: 12 }, (_, index) => Math.abs(back(index + 1) - back(index + 2)));
  const usual = median(changes.filter((change) => !Number.isNaN(change))) ?? 0;
  const needed = Math.max(LEAST_FALL, 3 * usual);
  return to - from <= -needed ? { from, to, needed } : undefined;
}

/** The metric whose weighted score fell most, by its place in the lists; undefined where none fell. NaN: missing then or now. */
export function mostFallen(
  metrics: readonly { readonly weight: number; readonly before: number; readonly now: number }[],
): number | undefined {
  let most: { readonly index: number; readonly fall: number } | undefined;
  for (const [index, { weight, before, now }] of metrics.entries()) {
    const fall = weight * (before - now);
    if (fall > (most?.fall ?? 0)) most = { index, fall };
  }
  return most?.index;
}
