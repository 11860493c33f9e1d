import type { Operator } from '../../model/condition.ts';
import type { FieldKind } from '../../model/field.ts';

const EMPTINESS = ['isEmpty', 'isNotEmpty'] as const;
const CHOSEN = ['is', 'isNot', 'isOneOf', 'isNoneOf', ...EMPTINESS] as const;
const TEXT = [...CHOSEN, 'contains', 'doesNotContain', 'startsWith'] as const;
const AMOUNT = ['is', 'isNot', 'isOneOf', 'isNoneOf', 'below', 'atMost', 'above', 'atLeast', ...EMPTINESS] as const;
const DAY = ['is', 'isNot', 'before', 'onOrBefore', 'after', 'onOrAfter', 'withinNextDays', 'withinLastDays', ...EMPTINESS] as const;
const MEMBERS = ['contains', 'doesNotContain', 'isOneOf', 'isNoneOf', ...EMPTINESS] as const;

/** Kinds of field that are compared alike. */
export type Family = 'text' | 'choice' | 'reference' | 'references' | 'tags' | 'journal' | 'amount' | 'day' | 'boolean' | 'opaque';

export const FAMILY: { readonly [K in FieldKind]: Family } = {
  text: 'text',
  longText: 'text',
  email: 'text',
  url: 'text',
  choice: 'choice',
  reference: 'reference',
  references: 'references',
  anyReference: 'reference',
  tags: 'tags',
  journal: 'journal',
  date: 'day',
  instant: 'day',
  money: 'amount',
  number: 'amount',
  integer: 'amount',
  percent: 'amount',
  boolean: 'boolean',
  condition: 'opaque',
  json: 'opaque',
};

const OPERATORS_BY_FAMILY: { readonly [F in Family]: readonly Operator[] } = {
  text: TEXT,
  choice: CHOSEN,
  reference: TEXT,
  references: MEMBERS,
  tags: MEMBERS,
  journal: ['contains', 'doesNotContain', ...EMPTINESS],
  amount: AMOUNT,
  day: DAY,
  boolean: ['is', 'isNot', ...EMPTINESS],
  opaque: EMPTINESS,
};

/** The operators that fit a kind of field, in the order in which they are offered. */
export function operatorsOf(kind: FieldKind): readonly Operator[] {
  return OPERATORS_BY_FAMILY[FAMILY[kind]];
}

/** Operators in words, as they stand between a field and its value. */
export const OPERATOR_WORDS: { readonly [O in Operator]: string } = {
  is: 'is',
  isNot: 'is not',
  isOneOf: 'is one of',
  isNoneOf: 'is none of',
  contains: 'contains',
  doesNotContain: 'does not contain',
  startsWith: 'starts with',
  below: 'is below',
  atMost: 'is at most',
  above: 'is above',
  atLeast: 'is at least',
  before: 'is before',
  onOrBefore: 'is on or before',
  after: 'is after',
  onOrAfter: 'is on or after',
  withinNextDays: 'is within the next',
  withinLastDays: 'is within the last',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
};

/** What value an operator takes on a field of this kind: nothing, one, several, or a number of days. */
export function operandShape(op: Operator): 'none' | 'one' | 'several' | 'days' {
  if (op === 'isEmpty' || op === 'isNotEmpty') return 'none';
  if (op === 'isOneOf' || op === 'isNoneOf') return 'several';
  return op === 'withinNextDays' || op === 'withinLastDays' ? 'days' : 'one';
}
