import { AppError } from '../../errors/app-error.ts';
import type { Condition } from '../../model/condition.ts';
import type { TableName } from '../../model/dictionary.ts';
import { fieldAt } from '../derived/field-path.ts';

/** Names of the fields in a condition. */
export function fieldsIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsIn);
  if ('any' in condition) return condition.any.flatMap(fieldsIn);
  if ('not' in condition) return fieldsIn(condition.not);
  return [condition.field];
}

/** Whether one of the fields is worked out by the engine, such as the health of an engagement. Fields that do not exist are not. */
export function asksForComputed(fields: readonly string[], table: TableName): boolean {
  return fields.some((field) => {
    try {
      return fieldAt(table, field).computed === true;
    } catch {
      return false;
    }
  });
}

/**
 * Refuses (AppError `validation`) a field that is worked out from the very thing that asks for it. `because` ends the sentence
 * “Health score” cannot be used here: …
 */
export function refuseCircular(fields: readonly string[], table: TableName, because: string): void {
  for (const field of fields) {
    const { computed, labels } = fieldAt(table, field);
    if (computed === true)
      throw new AppError('validation', `“${labels.join(' › ')}” cannot be used here: ${because}. Choose another field.`, { table, field });
  }
}
