import type { AppError } from '../../errors/app-error.ts';
import type { AnyRow } from '../../model/dictionary.ts';
import { indexOf, rulesFor } from './rule-index.ts';
import type { AnyRule, Change, FieldsToSet, RunningContext } from './rule.ts';

/**
 * What the rules would refuse one change with, before it is made: fills are tried on a copy, effects are left out. For planning
 * many changes of which some are to be held back; `runRules` decides when the command ends.
 */
export function firstRefusal(rules: readonly AnyRule[], context: RunningContext, change: Change): AppError | undefined {
  const concerned = rulesFor(indexOf(rules), change);
  let filled = change;
  for (const rule of concerned) {
    const set = rule.fill?.(context, filled);
    if (set) filled = withFields(filled, set);
  }
  for (const rule of concerned) {
    const refusal = rule.check?.(context, filled);
    if (refusal) return refusal;
  }
  return undefined;
}

function withFields(change: Change, set: FieldsToSet): Change {
  const row: AnyRow | undefined = change.after;
  if (!row) return change;
  const next: Record<string, unknown> = { ...row };
  for (const [field, value] of Object.entries(set))
    if (value === null || value === undefined) delete next[field];
    else next[field] = value;
  return { ...change, after: next as Change['after'] & AnyRow }; // a copy of the row with fields of the same table
}
