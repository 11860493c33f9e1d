import type { Comparison, Condition, ConditionValue } from '../../model/condition.ts';
import { operandShape } from './operators.ts';
import { PRINTED } from './where-operators.ts';

const PLAIN = /^[^\s()=<>!,"']+$/;

/** Writes a condition in the text form that `parseWhere` reads: reading what was printed gives the same condition. */
export function printWhere(condition: Condition): string {
  return printed(condition, 0);
}

/** Strength of the connective around: 0 none, 1 or, 2 and, 3 not. */
function printed(condition: Condition, around: number): string {
  if ('not' in condition) return `not ${printed(condition.not, 3)}`;
  if ('field' in condition) return printedComparison(condition);
  const all = 'all' in condition;
  const parts = all ? condition.all : condition.any;
  // lists that no connective can show: of none and of one
  if (parts.length < 2) return `${all ? 'all' : 'any'}(${parts.map((part) => printed(part, 0)).join(', ')})`;
  const strength = all ? 2 : 1;
  const text = parts.map((part) => printed(part, strength)).join(all ? ' and ' : ' or ');
  return around >= strength ? `(${text})` : text;
}

function printedComparison({ field, op, value }: Comparison): string {
  const start = `${field} ${PRINTED[op]}`;
  switch (operandShape(op)) {
    case 'none':
      return start;
    case 'days':
      return `${start} ${printedValue(value)} days`;
    case 'several':
      return `${start} (${(Array.isArray(value) ? value : []).map(printedValue).join(', ')})`;
    case 'one':
      return `${start} ${printedValue(value)}`;
  }
}

function printedValue(value: ConditionValue | string | number | undefined): string {
  if (typeof value === 'object' && 'daysFromToday' in value) {
    if (value.daysFromToday === 0) return 'today';
    return value.daysFromToday > 0 ? `today+${value.daysFromToday}` : `today${value.daysFromToday}`;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  return PLAIN.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
