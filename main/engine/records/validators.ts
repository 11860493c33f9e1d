import type { ValidatePatch, ValidateValues } from '#shared/domain/rules/rule.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { fieldOf } from './derived-schema.ts';

const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Values that may be stored. */
export const validateValues: ValidateValues = (table, values, by) => {
  const checked = validatePatch(table, values, by);
  return Object.fromEntries(Object.entries(checked).filter(([, value]) => !isEmpty(value)));
};

/** A change that may be stored. */
export const validatePatch: ValidatePatch = (table, values, by) => {
  for (const name of Object.keys(values)) {
    const field = fieldOf(table, name);
    if (field === undefined || (field.readOnly === true && by === 'person'))
      throw new AppError('validation', `${tableOf(table).label} has no field ${name} that can be written.`, { table, field: name });
  }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isEmpty(value) ? undefined : value]));
};
