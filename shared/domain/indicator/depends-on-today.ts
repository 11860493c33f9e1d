import type { Condition } from '../../model/condition.ts';
import type { TableName } from '../../model/dictionary.ts';
import { fieldAt } from '../derived/field-path.ts';

/**
 * Whether the answer of a condition may change with `asOf` although no record changes: it compares with today, or reads a
 * derived field. Throws AppError `validation` where a field does not exist.
 */
export function dependsOnToday(condition: Condition, table: TableName): boolean {
  if ('all' in condition) return condition.all.some((part) => dependsOnToday(part, table));
  if ('any' in condition) return condition.any.some((part) => dependsOnToday(part, table));
  if ('not' in condition) return dependsOnToday(condition.not, table);
  const { field, op, value } = condition;
  if (op === 'withinNextDays' || op === 'withinLastDays') return true;
  if (typeof value === 'object' && 'daysFromToday' in value) return true;
  return fieldAt(table, field).derived === true;
}
