import type { Row } from '../../model/dictionary.ts';

type Outcome = Pick<Row<'successOutcome'>, 'baseValue' | 'targetValue' | 'currentValue' | 'closureCode'>;

/**
 * How much of an outcome's way is gone, 0 to 100 (scoring.md section 4): `100 (current − base) / (target − base)`; where target and
 * base are the same, 100 once it was closed as achieved. Undefined where a value is missing.
 */
export function valueRealised({ baseValue = 0, targetValue, currentValue, closureCode }: Outcome): number | undefined {
  if (targetValue === undefined || currentValue === undefined) return undefined;
  if (targetValue === baseValue) return closureCode === 'achieved' ? 100 : 0;
  return Math.min(100, Math.max(0, (100 * (currentValue - baseValue)) / (targetValue - baseValue)));
}

/** The mean of the outcomes that have one; undefined where none has. */
export function meanRealised(outcomes: readonly Outcome[]): number | undefined {
  const known = outcomes.flatMap((outcome) => valueRealised(outcome) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
