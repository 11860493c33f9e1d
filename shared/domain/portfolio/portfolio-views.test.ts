import { describe, expect, test } from 'vitest';
import type { Condition } from '../../model/condition.ts';
import { portfolioCondition, portfolioNarrowing, PORTFOLIO_VIEW_CONDITIONS, type PortfolioView } from './portfolio-views.ts';

const VIEWS = Object.keys(PORTFOLIO_VIEW_CONDITIONS) as readonly PortfolioView[]; // the constant's own keys
const value: Condition = { field: 'contractValue', op: 'above', value: 5 };
const either: Condition = { any: [value, { field: 'csm', op: 'isEmpty' }] };
const both: Condition = { all: [value, { field: 'csm', op: 'isEmpty' }] };

describe.each(VIEWS)('DSH-01 REC-36 the view %s', (view) => {
  test.each([
    ['alone', {}],
    ['with a stage', { stage: 'renew' }],
    ['with a condition', { condition: value }],
    ['with a stage and a condition', { stage: 'renew', condition: either }],
    ['with conditions that all hold', { condition: both }],
  ] as const)('%s is kept as one condition that means the same when it is opened', (_title, more) => {
    const whole = portfolioCondition({ view, ...more });
    expect(portfolioCondition(portfolioNarrowing(whole))).toEqual(whole);
  });
  test('shows its tab and its stage again', () => {
    const narrowing = { view, stage: 'renew', condition: value };
    if (view !== 'all') expect(portfolioNarrowing(portfolioCondition(narrowing))).toEqual(narrowing);
  });
});

test('DSH-01 a condition that is no view stays as it is', () => {
  expect(portfolioNarrowing(both)).toEqual({ view: 'all', condition: both });
  expect(portfolioNarrowing(undefined)).toEqual({ view: 'all' });
});
