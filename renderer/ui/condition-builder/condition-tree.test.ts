import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from '#shared/domain/derived/field-path.ts';
import type { Condition } from '#shared/model/condition.ts';
import { changed, isComplete, keptOperator, toCondition, toTree, type LineNode } from './condition-tree.ts';

const fields = fieldsOf('engagement');
const fieldAt = (path: string) => fields[path];
const ids = () => {
  let next = 0;
  return () => `n${(next += 1)}`;
};
const roundTrip = (condition: Condition) => toCondition(toTree(condition, ids()), fieldAt);

const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { field: 'stage', op: 'is', value: 'renew' },
    { field: 'stage', op: 'isOneOf', value: ['renew', 'expand'] },
    { field: 'renewalDate', op: 'before', value: { daysFromToday: 90 } },
    { field: 'renewalDate', op: 'after', value: { daysFromToday: -30 } },
    { field: 'renewalDate', op: 'onOrAfter', value: { daysFromToday: 0 } },
    { field: 'renewalDate', op: 'is', value: '2025-03-31' },
    { field: 'renewalDate', op: 'withinNextDays', value: 90 },
    { field: 'keyContact', op: 'isEmpty' },
    { field: 'healthMonitor', op: 'is', value: false },
    { field: 'title', op: 'contains', value: 'north' },
  ),
  fc.integer({ min: -1000, max: 1000 }).map((value): Condition => ({ field: 'openRisks', op: 'atLeast', value })),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((any): Condition => ({ any })),
    comparison.map((not): Condition => ({ not })),
  ),
}));

describe('conditions in the builder', () => {
  test('a condition opened and left alone is the same condition', () => {
    fc.assert(
      fc.property(condition, (before) => {
        expect(roundTrip(before)).toEqual(before);
      }),
    );
  });

  const line = (part: Partial<LineNode>): LineNode => ({ kind: 'line', id: 'x', field: 'stage', op: 'is', typed: '', ...part });
  test.each([
    [line({}), false],
    [line({ typed: 'renew' }), true],
    [line({ op: 'isEmpty' }), true],
    [line({ field: 'gone', typed: 'x' }), false],
    [line({ field: 'openRisks', op: 'above', typed: 'many' }), false],
    [line({ field: 'openRisks', op: 'above', typed: '3' }), true],
    [line({ field: 'renewalDate', op: 'before', typed: '+14' }), true],
    [line({ field: 'renewalDate', op: 'before', typed: 'sometime' }), false],
    [line({ field: 'title', op: 'above', typed: '3' }), false],
  ])('%o', (given, complete) => {
    expect(isComplete(given, fieldAt)).toBe(complete);
  });

  test('unfinished lines are left out, and nothing at all is no condition', () => {
    const tree = toTree({ all: [{ field: 'stage', op: 'is', value: 'renew' }] }, ids());
    const withMore = { ...tree, parts: [...tree.parts, line({})] };
    expect(toCondition(withMore, fieldAt)).toEqual({ field: 'stage', op: 'is', value: 'renew' });
    expect(
      toCondition(
        changed(tree, 'n2', () => undefined),
        fieldAt,
      ),
    ).toBeUndefined();
  });

  test('a new field keeps the operator where it has it', () => {
    expect(keptOperator('isEmpty', fields['renewalDate'])).toBe('isEmpty');
    expect(keptOperator('contains', fields['openRisks'])).toBe('is');
  });
});
