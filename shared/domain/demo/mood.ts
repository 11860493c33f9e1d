import { within, type Chance } from './random.ts';

/**
 * The churn mechanism of the demo portfolio, known in full.
 *
 * Every engagement has a hidden mood between 0 and 1, one value a week. It wanders around its own level and is hit now and then by
 * a setback, from which half of the customers recover. What can be seen (usage, satisfaction, tickets, touchpoints) follows the
 * mood with noise; usage follows it at once, satisfaction and NPS after some weeks. At each renewal the mean mood of the 13
 * weeks before decides: the customer leaves with probability `leaves(mean)`, and shrinks the contract with probability 0.5
 * where it stays with a mean below 0.5. Nothing else makes a customer leave.
 */
export const DECIDING_WEEKS = 13;

const LEVEL = { mean: 0.72, deviation: 0.12 } as const;
const SETBACK_A_WEEK = 0.009;
const RECOVERS = 0.5;
const TURN = 0.42;
const STEEPNESS = 0.06;

/** The weekly mood of an engagement from its first week on. */
export function moodOver(weeks: number, by: Chance): readonly number[] {
  const level = within(by.normal(LEVEL.mean, LEVEL.deviation), 0.35, 0.95);
  let setback = 0;
  let lasting = false;
  let drift = 0;
  return Array.from({ length: weeks }, () => {
    if (by.happens(SETBACK_A_WEEK)) {
      setback += 0.25 + 0.25 * by.uniform();
      lasting = !by.happens(RECOVERS);
    }
    if (!lasting) setback *= 0.95;
    drift = 0.85 * drift + by.normal(0, 0.02);
    return within(level - setback + drift, 0.02, 1);
  });
}

/** Mean mood of the weeks that decide about a renewal in week `week`. */
export function decidingMood(mood: readonly number[], week: number): number {
  const deciding = mood.slice(Math.max(0, week - DECIDING_WEEKS), Math.max(1, week));
  return deciding.reduce((sum, each) => sum + each, 0) / deciding.length;
}

/** Probability that a customer with this mean mood leaves at its renewal: one half at 0.42, next to none above 0.7. */
export function leaves(mean: number): number {
  return 1 / (1 + Math.exp((mean - TURN) / STEEPNESS));
}
