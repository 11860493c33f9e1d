/**
 * A filter condition as data: used by lists, health and risk definitions, overrides and indicators.
 * `field` may walk references with dots (`account.industry`). Evaluation and wording live in `shared/domain/condition`.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison;

export type Comparison = { readonly field: string; readonly op: Operator; readonly value?: ConditionValue };

export type ConditionValue = string | number | boolean | readonly string[] | readonly number[] | { readonly daysFromToday: number };

export const OPERATORS = [
  'is',
  'isNot',
  'isOneOf',
  'isNoneOf',
  'contains',
  'doesNotContain',
  'startsWith',
  'below',
  'atMost',
  'above',
  'atLeast',
  'before',
  'onOrBefore',
  'after',
  'onOrAfter',
  'withinNextDays',
  'withinLastDays',
  'isEmpty',
  'isNotEmpty',
] as const;
export type Operator = (typeof OPERATORS)[number];
