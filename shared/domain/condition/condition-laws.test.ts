import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import { OPERATORS, type Condition } from '../../model/condition.ts';
import { conditionsOf } from '../../../test/support/condition-arbitrary.ts';
import { memoryView, testRow } from '../../../test/support/memory-view.ts';
import { compileCondition } from './compile-condition.ts';
import { conditionInWords } from './condition-in-words.ts';
import { isCondition } from './condition-shape.ts';
import { parseWhere } from './parse-where.ts';
import { printWhere } from './print-where.ts';

const asOf = '2025-06-15';
const view = memoryView();
view.put('user', testRow('user', 'u1', { name: 'Kim' }));
view.put('account', testRow('account', 'a1', { name: 'Acme', industry: 'SaaS', owner: 'u1' }));

const further = ['account.name', 'account.industry', 'account.owner.active', 'account.customerSince', 'account.annualRevenue'];
const conditions = conditionsOf('contract', further);
const optional = <V>(values: fc.Arbitrary<V>) => fc.option(values, { nil: undefined });
const rows = fc
  .record({
    name: fc.constantFrom('Acme', 'Gold plan', '7'),
    account: fc.constant('a1'),
    state: optional(fc.constantFrom('draft', 'active', 'expired', 'cancelled')),
    value: optional(fc.record({ amount: fc.integer({ min: 0, max: 100_000 }), currency: fc.constant('USD') })),
    startDate: optional(fc.constantFrom('2025-06-14', '2025-06-15', '2025-06-16', '2024-01-01')),
    seats: optional(fc.nat({ max: 20 })),
    trial: optional(fc.boolean()),
    watchList: optional(fc.constant(['u1'])),
  })
  .map((fields) => testRow('contract', 'c1', fields));

const holds = (condition: Condition, row: Parameters<ReturnType<typeof compileCondition>>[0]): boolean =>
  compileCondition(condition, 'contract')(row, view, asOf);

test('every condition is true or false of every record, and not is its contrary', () => {
  fc.assert(
    fc.property(conditions, rows, (condition, row) => {
      const answer = holds(condition, row);
      expect(typeof answer).toBe('boolean');
      expect(holds({ not: condition }, row)).toBe(!answer);
      expect(holds({ not: { not: condition } }, row)).toBe(answer);
    }),
  );
});

test('de Morgan: not all is any not, not any is all not', () => {
  fc.assert(
    fc.property(fc.array(conditions, { maxLength: 3 }), rows, (parts, row) => {
      expect(holds({ not: { all: parts } }, row)).toBe(holds({ any: parts.map((not) => ({ not })) }, row));
      expect(holds({ not: { any: parts } }, row)).toBe(holds({ all: parts.map((not) => ({ not })) }, row));
    }),
  );
});

test('a condition has words, whatever fields and values it names', () => {
  const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string()), fc.record({ daysFromToday: fc.integer() }));
  const strange = fc.record({ field: fc.string(), op: fc.constantFrom(...OPERATORS), value }, { requiredKeys: ['field', 'op'] });
  fc.assert(
    fc.property(fc.oneof(conditions, strange), (condition) => {
      expect(conditionInWords(condition, 'contract', view).length).toBeGreaterThan(0);
    }),
  );
});

test('INT-06 reading what was printed gives the same condition', () => {
  fc.assert(
    fc.property(conditions, (condition) => {
      expect(parseWhere(printWhere(condition), 'contract')).toEqual(condition);
    }),
    { numRuns: 500 },
  );
});

test('INT-06 any text is a condition or is refused with its column', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'name',
      'state',
      'seats',
      'startDate',
      'trial',
      'account.name',
      '=',
      '<',
      'in',
      '(',
      ')',
      ',',
      'and',
      'or',
      'not',
      'active',
      '5',
      'today-3',
      '"x y"',
      "'",
      'is',
      'empty',
      'all',
      'within',
      'next',
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((list) => list.join(' ')),
      ),
      (text) => {
        try {
          expect(isCondition(parseWhere(text, 'contract'))).toBe(true);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
          expect(thrown).toMatchObject({ code: 'validation', message: expect.stringMatching(/^Column \d+: /) });
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test.each<[string, Condition]>([
  ['stage = adoption', { field: 'stage', op: 'is', value: 'adoption' }],
  ['stage = "Adoption"', { field: 'stage', op: 'is', value: 'adoption' }],
  [
    'stage = adoption and renewalDate < 2025-01-01',
    {
      all: [
        { field: 'stage', op: 'is', value: 'adoption' },
        { field: 'renewalDate', op: 'before', value: '2025-01-01' },
      ],
    },
  ],
  [
    'healthMonitor or not account.escalated and title contains "care"',
    {
      any: [
        { field: 'healthMonitor', op: 'is', value: true },
        { all: [{ not: { field: 'account.escalated', op: 'is', value: true } }, { field: 'title', op: 'contains', value: 'care' }] },
      ],
    },
  ],
  ['daysToRenewal <= 90', { field: 'daysToRenewal', op: 'atMost', value: 90 }],
  ['renewalDate on or before today+30', { field: 'renewalDate', op: 'onOrBefore', value: { daysFromToday: 30 } }],
  ['renewalDate is within the next 90 days', { field: 'renewalDate', op: 'withinNextDays', value: 90 }],
  ['createdAt within last 1 day', { field: 'createdAt', op: 'withinLastDays', value: 1 }],
  ['stage in (adoption, renew)', { field: 'stage', op: 'isOneOf', value: ['adoption', 'renew'] }],
  ['stage NOT IN (lost)', { field: 'stage', op: 'isNoneOf', value: ['lost'] }],
  ['csm is empty', { field: 'csm', op: 'isEmpty' }],
  ['csm is not empty', { field: 'csm', op: 'isNotEmpty' }],
  ['contractValue >= 1e3', { field: 'contractValue', op: 'atLeast', value: 1_000 }],
  ["title = 'It''s'", { field: 'title', op: 'is', value: "It's" }],
])('INT-06 %s is read', (text, condition) => {
  expect(parseWhere(text, 'engagement')).toEqual(condition);
});

test.each([
  ['', 'Column 1: the condition is empty'],
  ['stge = adoption', 'Column 1: Engagement has no field “stge”. Did you mean “stage”?'],
  ['title = a and stge = x', 'Column 15: Engagement has no field “stge”'],
  ['stage adoption', 'Column 7: expected a comparison'],
  ['stage = adopted', 'Column 9: “adopted” is not one of: onboarding, adoption'],
  ['stage < adoption', 'Column 1: Engagement condition on “Stage”: “is below” does not fit this field'],
  ['title = a b', 'Column 11: expected “and”, “or” or the end, not “b”. Text with spaces stands in quotes.'],
  ['(title = a', 'Column 11: expected “)”'],
  ['title = "a', 'Column 9: the quote " is not closed'],
  ['daysToRenewal < soon', 'Column 17: “soon” is not a number'],
  ['renewalDate < soon', 'Column 15: “soon” is not a date'],
  ['healthMonitor = maybe', 'Column 17: “maybe” is neither yes nor no'],
  ['title = a and', 'Column 14: expected the name of a field'],
  ['title =', 'Column 8: expected a value'],
  [`${'('.repeat(30)}title = a`, 'Column 20: too many brackets'],
  ['x'.repeat(10_001), 'longer than 10000 characters'],
])('INT-06 %j is refused with its column', (text, message) => {
  expect(() => parseWhere(text, 'engagement')).toThrow(message);
});

test('DSH-08 ten thousand rows are filtered within a screen’s patience', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    testRow('contract', `c${index}`, { name: `Contract ${index}`, account: 'a1', seats: index % 50, startDate: '2025-01-01' }),
  );
  const predicate = compileCondition(
    {
      all: [
        { field: 'seats', op: 'above', value: 25 },
        { field: 'account.industry', op: 'is', value: 'saas' },
        { field: 'startDate', op: 'withinLastDays', value: 365 },
      ],
    },
    'contract',
  );
  const run = (): number => many.filter((row) => predicate(row, view, asOf)).length;
  run();
  const start = performance.now();
  expect(run()).toBe(4_800);
  // the bench measures it (aim: 20 ms); here only that a busy machine does it at all
  expect(performance.now() - start).toBeLessThan(1_000);
});
