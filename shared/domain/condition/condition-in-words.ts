import type { Comparison, Condition, ConditionValue } from '../../model/condition.ts';
import { isTableName, type TableName } from '../../model/dictionary.ts';
import { choiceLabel, type ChoiceView } from '../choices.ts';
import type { DerivedTables } from '../derived/derived-field.ts';
import { fieldAt, type FieldPath } from '../derived/field-path.ts';
import { labelOfId, labelOfRef } from '../labels/record-label.ts';
import type { ReadView } from '../view.ts';
import { operandShape, OPERATOR_WORDS } from './operators.ts';
import { RECORD_ID } from './record-id.ts';

const MAX_DEPTH = 50;

/** Where a condition's words come from: a whole view, or only the choices that an administrator has changed. */
type Words = ReadView | ChoiceView;

/**
 * A condition as a person would say it: `renewal date is within the next 90 days and health is below 60`. With a view,
 * references and choices are called by their labels. Never throws: what does not exist (any more) is shown as it is written.
 */
export function conditionInWords(condition: Condition, table: TableName, view?: Words, more?: DerivedTables): string {
  const inWords = (part: Condition, depth: number, nested: boolean): string => {
    if (depth > MAX_DEPTH) return '…';
    if ('all' in part) return joined(part.all, depth, ' and ', 'always', nested);
    if ('any' in part) return joined(part.any, depth, ' or ', 'never', nested);
    if ('not' in part) return `not (${inWords(part.not, depth + 1, false)})`;
    return comparisonInWords(part, table, view, more);
  };
  const joined = (parts: readonly Condition[], depth: number, word: string, none: string, nested: boolean): string => {
    const [only] = parts;
    if (only === undefined) return none;
    if (parts.length === 1) return inWords(only, depth + 1, nested);
    const text = parts.map((part) => inWords(part, depth + 1, true)).join(word);
    return nested ? `(${text})` : text;
  };
  return inWords(condition, 0, false);
}

function comparisonInWords(comparison: Comparison, table: TableName, view: Words | undefined, more: DerivedTables | undefined): string {
  const field = fieldOrUndefined(table, comparison.field, more);
  const label = field ? field.labels.map(uncapital).join(' ') : comparison.field;
  const words = OPERATOR_WORDS[comparison.op] ?? comparison.op;
  const shape = operandShape(comparison.op);
  if (shape === 'none') return `${label} ${words}`;
  if (shape === 'days')
    return `${label} ${words} ${valueInWords(comparison.value, undefined, view)} ${comparison.value === 1 ? 'day' : 'days'}`;
  return `${label} ${words} ${valueInWords(comparison.value, field, view)}`;
}

function fieldOrUndefined(table: TableName, path: string, more: DerivedTables | undefined): FieldPath | undefined {
  try {
    return fieldAt(table, path, more);
  } catch {
    return undefined; // a field of an older version: its name is shown instead
  }
}

function valueInWords(value: ConditionValue | undefined, field: FieldPath | undefined, view: Words | undefined): string {
  if (value === undefined) return '…';
  if (Array.isArray(value)) {
    const words = value.map((one: string | number) => oneInWords(one, field, view));
    return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? 'nothing');
  }
  if (typeof value === 'object' && 'daysFromToday' in value) return dayInWords(value.daysFromToday);
  return oneInWords(value as string | number | boolean, field, view); // lists and relative days are dealt with above
}

function oneInWords(value: string | number | boolean, field: FieldPath | undefined, view: Words | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return field?.unit === undefined ? String(value) : `${value} ${field.unit}`;
  if (field?.choices) return choiceLabel(view, field, value);
  // a part of a name may stand there as well
  const isRecord = RECORD_ID.test(value) && (field?.kind === 'anyReference' || isTableName(field?.to ?? ''));
  // without a view whoever shows the words calls records by the names that it knows
  if (view === undefined || !('get' in view)) return value;
  const label = field?.kind === 'anyReference' ? labelOfRef(value, view) : labelOfId(field?.to, value, view);
  // whether it exists is not for everyone to know, and its ID tells nobody anything
  return label === '' ? (isRecord ? 'a record that you cannot see' : value) : label;
}

function dayInWords(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `${days} days from today` : `${-days} days ago`;
}

/** A label in the middle of a sentence; abbreviations such as CSAT keep their capitals. */
function uncapital(label: string): string {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.slice(0, 1).toLowerCase() + label.slice(1);
}
