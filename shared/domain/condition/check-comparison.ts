import { AppError } from '../../errors/app-error.ts';
import type { Comparison } from '../../model/condition.ts';
import { tableOf, type TableName } from '../../model/dictionary.ts';
import { isDate } from '../../util/calendar-days.ts';
import { CHOICE_VALUE } from '../choices.ts';
import type { DerivedTables } from '../derived/derived-field.ts';
import { fieldAt, type FieldPath } from '../derived/field-path.ts';
import { isOperator } from './condition-shape.ts';
import { FAMILY, OPERATOR_WORDS, operandShape, operatorsOf } from './operators.ts';

const MAX_DAYS = 36_500;

/**
 * The field that a comparison is about, once operator and value are found to fit it. Throws AppError `validation` that names
 * the field, the operator or the value that does not, and what would.
 */
export function checkedField(table: TableName, comparison: Comparison, more?: DerivedTables): FieldPath {
  const field = fieldAt(table, comparison.field, more);
  const { op, value } = comparison;
  const refuse = (sentence: string): AppError =>
    new AppError('validation', `${tableOf(table).label} condition on “${field.labels.join(' › ')}”: ${sentence}`, {
      table,
      field: field.path,
    });
  const allowed = operatorsOf(field.kind);
  if (!isOperator(op)) throw refuse(`there is no comparison “${String(op).slice(0, 40)}”.`);
  if (!allowed.includes(op))
    throw refuse(`“${OPERATOR_WORDS[op]}” does not fit this field. Use one of: ${allowed.map((one) => OPERATOR_WORDS[one]).join(', ')}.`);
  const shape = operandShape(op);
  if (shape === 'none') {
    if (value !== undefined) throw refuse(`“${OPERATOR_WORDS[op]}” takes no value.`);
    return field;
  }
  if (shape === 'days') {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_DAYS)
      throw refuse(`needs a whole number of days from 0 to ${MAX_DAYS}.`);
    return field;
  }
  const values: readonly unknown[] = shape === 'several' && Array.isArray(value) ? value : [value];
  if (shape === 'several' ? !Array.isArray(value) : Array.isArray(value))
    throw refuse(shape === 'several' ? 'needs a list of values.' : 'takes one value, not a list.');
  for (const one of values) {
    const problem = operandProblem(field, one);
    if (problem !== undefined) throw refuse(problem);
  }
  return field;
}

function operandProblem(field: FieldPath, value: unknown): string | undefined {
  const choices = field.choices ?? {};
  switch (FAMILY[field.kind]) {
    case 'amount':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'needs a number.';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'needs yes or no.';
    case 'day':
      return isDay(value) ? undefined : 'needs a date such as 2025-03-31 or a number of days from today.';
    case 'choice':
      // an extensible list has choices that only the store knows (REC-35)
      return typeof value === 'string' && (Object.hasOwn(choices, value) || (field.list !== undefined && CHOICE_VALUE.test(value)))
        ? undefined
        : `needs one of: ${Object.values(choices).join(', ')}.`;
    case 'text':
    case 'reference':
    case 'references':
    case 'tags':
    case 'journal':
    case 'opaque':
      return typeof value === 'string' ? undefined : 'needs text.';
  }
}

function isDay(value: unknown): boolean {
  if (typeof value === 'string') return isDate(value);
  if (typeof value !== 'object' || value === null || !('daysFromToday' in value)) return false;
  const { daysFromToday } = value;
  return typeof daysFromToday === 'number' && Number.isInteger(daysFromToday) && Math.abs(daysFromToday) <= MAX_DAYS;
}
