import type { Operator } from '../../model/condition.ts';

type OnKind = 'amount' | 'day';
/** An operator as it is typed; `<` and its kin mean one thing on amounts and another on dates. */
export type Spelling = { readonly words: readonly string[]; readonly op: Operator | { readonly [K in OnKind]: Operator } };

const compared = (words: readonly string[], amount: Operator, day: Operator): Spelling => ({ words, op: { amount, day } });

/** Spellings, longer ones first where one begins like another. The first of each operator is the one that is printed. */
export const SPELLINGS: readonly Spelling[] = [
  { words: ['is', 'not', 'empty'], op: 'isNotEmpty' },
  { words: ['is', 'empty'], op: 'isEmpty' },
  { words: ['is', 'not', 'in'], op: 'isNoneOf' },
  { words: ['is', 'none', 'of'], op: 'isNoneOf' },
  { words: ['not', 'in'], op: 'isNoneOf' },
  { words: ['is', 'one', 'of'], op: 'isOneOf' },
  { words: ['is', 'in'], op: 'isOneOf' },
  { words: ['in'], op: 'isOneOf' },
  { words: ['does', 'not', 'contain'], op: 'doesNotContain' },
  { words: ['not', 'contains'], op: 'doesNotContain' },
  { words: ['contains'], op: 'contains' },
  { words: ['starts', 'with'], op: 'startsWith' },
  { words: ['is', 'within', 'the', 'next'], op: 'withinNextDays' },
  { words: ['is', 'within', 'next'], op: 'withinNextDays' },
  { words: ['within', 'the', 'next'], op: 'withinNextDays' },
  { words: ['within', 'next'], op: 'withinNextDays' },
  { words: ['is', 'within', 'the', 'last'], op: 'withinLastDays' },
  { words: ['is', 'within', 'last'], op: 'withinLastDays' },
  { words: ['within', 'the', 'last'], op: 'withinLastDays' },
  { words: ['within', 'last'], op: 'withinLastDays' },
  ...[['is'], []].flatMap((is) => [
    compared([...is, 'on', 'or', 'before'], 'atMost', 'onOrBefore'),
    compared([...is, 'on', 'or', 'after'], 'atLeast', 'onOrAfter'),
    compared([...is, 'before'], 'below', 'before'),
    compared([...is, 'after'], 'above', 'after'),
    compared([...is, 'below'], 'below', 'before'),
    compared([...is, 'above'], 'above', 'after'),
    compared([...is, 'at', 'most'], 'atMost', 'onOrBefore'),
    compared([...is, 'at', 'least'], 'atLeast', 'onOrAfter'),
  ]),
  { words: ['is', 'not'], op: 'isNot' },
  { words: ['is'], op: 'is' },
  { words: ['='], op: 'is' },
  { words: ['!='], op: 'isNot' },
  { words: ['<>'], op: 'isNot' },
  compared(['<='], 'atMost', 'onOrBefore'),
  compared(['>='], 'atLeast', 'onOrAfter'),
  compared(['<'], 'below', 'before'),
  compared(['>'], 'above', 'after'),
];

/** How each operator is printed. */
export const PRINTED: { readonly [O in Operator]: string } = {
  is: '=',
  isNot: '!=',
  isOneOf: 'in',
  isNoneOf: 'not in',
  contains: 'contains',
  doesNotContain: 'does not contain',
  startsWith: 'starts with',
  below: '<',
  atMost: '<=',
  above: '>',
  atLeast: '>=',
  before: '<',
  onOrBefore: '<=',
  after: '>',
  onOrAfter: '>=',
  withinNextDays: 'within next',
  withinLastDays: 'within last',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
};
