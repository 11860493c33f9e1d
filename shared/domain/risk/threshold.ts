import type { THRESHOLD_CONDITIONS } from '../../model/tables/risk.ts';

export type ThresholdCondition = keyof typeof THRESHOLD_CONDITIONS;

/** Whether the condition compares with the value one look-back earlier. */
export function looksBack(condition: ThresholdCondition): boolean {
  return condition === 'fellBy' || condition === 'roseBy';
}

/**
 * What is held against the threshold (scoring.md 3): the value itself, or by how many percent of its size it changed since
 * `earlier`. NaN where it cannot be said: value missing, earlier value missing or 0.
 */
export function measured(condition: ThresholdCondition, value: number, earlier: number): number {
  switch (condition) {
    case 'below':
    case 'above':
      return value;
    case 'fellBy':
      return earlier === 0 ? Number.NaN : (100 * (earlier - value)) / Math.abs(earlier);
    case 'roseBy':
      return earlier === 0 ? Number.NaN : (100 * (value - earlier)) / Math.abs(earlier);
    default:
      return condition satisfies never;
  }
}

/** Whether the threshold is breached; false where the value or the earlier one is missing (NaN). */
export function breaches(condition: ThresholdCondition, value: number, threshold: number, earlier: number): boolean {
  const amount = measured(condition, value, earlier);
  return condition === 'below' ? amount < threshold : amount > threshold;
}

export type Override = {
  readonly id: string;
  readonly threshold: number;
  readonly rank: number;
  readonly state?: string | undefined;
};

/** Published overrides in the order in which they are asked: rank 1 is the highest (RSK-03). */
export function inOrderOfRank<O extends Override>(overrides: Iterable<O>): readonly O[] {
  return [...overrides].filter(({ state }) => state === 'published').sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
}

/** The threshold for one engagement: of the first override that matches, else the definition's own. */
export function thresholdFor<O extends Override>(base: number, inOrder: readonly O[], matches: (override: O) => boolean): number {
  return inOrder.find(matches)?.threshold ?? base;
}
