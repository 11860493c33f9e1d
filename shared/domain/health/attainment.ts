export type Direction = 'maximise' | 'minimise';

/** How far a value reaches its target, 0 to 1 (scoring.md 1.3). Value and target in the source's unit. */
export function attainment(value: number, target: number, direction: Direction): number {
  if (direction === 'maximise') {
    if (target > 0) return Math.min(1, Math.max(0, value / target));
    return value >= target ? 1 : 0;
  }
  if (value <= target) return 1;
  if (target > 0) return target / value;
  return target === 0 ? 1 / (1 + value) : 0;
}

/** Score of one metric, 0 to 100, unrounded (scoring.md 1.4). */
export function metricScore(value: number, target: number, direction: Direction): number {
  return 100 * attainment(value, target, direction);
}

/** How far the value falls short of the target, in percent of it; negative where it beats it, undefined where the target is 0 (scoring.md 1.4). */
export function gapPercent(value: number, target: number, direction: Direction): number | undefined {
  if (target === 0) return undefined;
  const short = direction === 'maximise' ? target - value : value - target;
  return (100 * short) / Math.abs(target);
}
