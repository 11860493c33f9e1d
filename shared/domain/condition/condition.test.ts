import { describe, expect, test } from 'vitest';
import type { Condition } from '../../model/condition.ts';
import type { TableName } from '../../model/dictionary.ts';
import { memoryView, testRow } from '../../../test/support/memory-view.ts';
import { compileCondition } from './compile-condition.ts';
import { conditionInWords } from './condition-in-words.ts';
import { parseWhere } from './parse-where.ts';

const asOf = '2025-06-15';

function world() {
  const view = memoryView();
  view.put('user', testRow('user', 'u1', { name: 'Kim Lee' }));
  view.put('account', testRow('account', 'a1', { name: 'Acme', industry: 'SaaS', owner: 'u1' }));
  return view;
}

const contract = testRow('contract', 'c1', {
  name: 'Gold plan',
  account: 'a1',
  state: 'active',
  value: { amount: 1_000_050, currency: 'USD' },
  startDate: '2024-06-15',
  endDate: '2025-06-16',
  seats: 10,
  watchList: ['u1'],
  workNotes: [{ at: '2025-01-01T00:00:00.000Z', by: 'u1', text: 'Asked for a Discount' }],
});

const holds = (
  condition: Condition,
  table: TableName = 'contract',
  row: Parameters<ReturnType<typeof compileCondition>>[0] = contract,
): boolean => compileCondition(condition, table)(row, world(), asOf);

describe('each comparison on each kind of field', () => {
  test.each<[Condition, boolean]>([
    [{ field: 'name', op: 'is', value: 'gold PLAN' }, true],
    [{ field: 'name', op: 'isNot', value: 'Gold' }, true],
    [{ field: 'name', op: 'contains', value: 'PLA' }, true],
    [{ field: 'name', op: 'doesNotContain', value: 'silver' }, true],
    [{ field: 'name', op: 'startsWith', value: 'gold' }, true],
    [{ field: 'name', op: 'isOneOf', value: ['silver', 'gold plan'] }, true],
    [{ field: 'name', op: 'isNoneOf', value: ['gold plan'] }, false],
    [{ field: 'state', op: 'is', value: 'active' }, true],
    [{ field: 'state', op: 'isOneOf', value: ['draft', 'expired'] }, false],
    [{ field: 'billing', op: 'isEmpty' }, true],
    [{ field: 'billing', op: 'isNot', value: 'annual' }, true],
    [{ field: 'billing', op: 'is', value: 'annual' }, false],
    [{ field: 'value', op: 'above', value: 10_000 }, true],
    [{ field: 'value', op: 'is', value: 10_000.5 }, true],
    [{ field: 'value', op: 'atMost', value: 10_000 }, false],
    [{ field: 'seats', op: 'below', value: 10 }, false],
    [{ field: 'seats', op: 'atLeast', value: 10 }, true],
    [{ field: 'seats', op: 'isOneOf', value: [5, 10] }, true],
    [{ field: 'startDate', op: 'before', value: '2024-06-16' }, true],
    [{ field: 'startDate', op: 'before', value: '2024-06-15' }, false],
    [{ field: 'startDate', op: 'onOrBefore', value: '2024-06-15' }, true],
    [{ field: 'endDate', op: 'after', value: { daysFromToday: 0 } }, true],
    [{ field: 'endDate', op: 'onOrAfter', value: { daysFromToday: 2 } }, false],
    [{ field: 'endDate', op: 'is', value: { daysFromToday: 1 } }, true],
    [{ field: 'endDate', op: 'withinNextDays', value: 1 }, true],
    [{ field: 'endDate', op: 'withinNextDays', value: 0 }, false],
    [{ field: 'startDate', op: 'withinLastDays', value: 365 }, false],
    [{ field: 'startDate', op: 'withinLastDays', value: 366 }, true],
    [{ field: 'renewalDate', op: 'before', value: '2099-01-01' }, false],
    [{ field: 'createdAt', op: 'is', value: '2025-01-01' }, true],
    [{ field: 'account', op: 'is', value: 'a1' }, true],
    [{ field: 'account', op: 'is', value: 'acme' }, true],
    [{ field: 'account', op: 'is', value: 'ACC0000001' }, true],
    [{ field: 'account', op: 'is', value: '01234567-89ab-7def-8123-456789abcdef' }, false],
    [{ field: 'account', op: 'contains', value: 'cm' }, true],
    [{ field: 'account.industry', op: 'is', value: 'saas' }, true],
    [{ field: 'account.owner.name', op: 'startsWith', value: 'Kim' }, true],
    [{ field: 'account.parent.name', op: 'isEmpty' }, true],
    [{ field: 'watchList', op: 'contains', value: 'u1' }, true],
    [{ field: 'watchList', op: 'contains', value: 'kim lee' }, true],
    [{ field: 'watchList', op: 'isNoneOf', value: ['u2', 'u3'] }, true],
    [{ field: 'workNotes', op: 'contains', value: 'discount' }, true],
    [{ field: 'trial', op: 'is', value: false }, true],
    [{ field: 'trial', op: 'isEmpty' }, true],
    [{ field: 'contractActive', op: 'is', value: true }, true],
    [{ field: 'daysRemaining', op: 'is', value: 1 }, true],
    [{ all: [] }, true],
    [{ any: [] }, false],
    [{ not: { any: [] } }, true],
    [
      {
        all: [
          { field: 'seats', op: 'is', value: 10 },
          { field: 'seats', op: 'above', value: 10 },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { field: 'seats', op: 'is', value: 10 },
          { field: 'seats', op: 'above', value: 10 },
        ],
      },
      true,
    ],
  ])('%j → %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });
});

test.each<[Condition, string]>([
  [{ field: 'nmae', op: 'is', value: 'x' }, 'Contract has no field “nmae”. Did you mean “name”?'],
  [{ field: 'name.x', op: 'is', value: 'x' }, '“name” of contract does not lead to another record'],
  [{ field: '__proto__', op: 'isEmpty' }, 'Contract has no field “__proto__”'],
  [{ field: 'seats', op: 'contains', value: '1' }, '“contains” does not fit this field'],
  [{ field: 'seats', op: 'is', value: '10' }, 'needs a number'],
  [{ field: 'seats', op: 'isOneOf', value: 10 }, 'needs a list of values'],
  [{ field: 'state', op: 'is', value: 'gone' }, 'needs one of: Draft, Active, Expired, Cancelled'],
  [{ field: 'startDate', op: 'before', value: 'soon' }, 'needs a date'],
  [{ field: 'startDate', op: 'withinNextDays', value: 1.5 }, 'needs a whole number of days'],
  [{ field: 'trial', op: 'is', value: 'yes' }, 'needs yes or no'],
  [{ field: 'account.parent.parent.parent.parent.name', op: 'isEmpty' }, 'follows too many references'],
])('a condition that does not fit is refused by name: %j', (condition, message) => {
  expect(() => compileCondition(condition, 'contract')).toThrow(message);
});

test.each<[Condition, string]>([
  [
    {
      all: [
        { field: 'renewalDate', op: 'withinNextDays', value: 90 },
        { field: 'health', op: 'below', value: 60 },
      ],
    },
    'renewal date is within the next 90 days and health is below 60',
  ],
  [
    {
      all: [
        { field: 'stage', op: 'isOneOf', value: ['adoption', 'renew'] },
        { any: [{ field: 'account', op: 'is', value: 'a1' }, { not: { field: 'csm', op: 'isEmpty' } }] },
      ],
    },
    'stage is one of Adoption or Renew and (account is Acme or not (customer success manager is empty))',
  ],
  [{ field: 'account.industry', op: 'is', value: 'SaaS' }, 'account industry is SaaS'],
  [{ field: 'goLiveDate', op: 'before', value: { daysFromToday: -1 } }, 'initial go-live is before yesterday'],
  [{ field: 'healthMonitor', op: 'is', value: true }, 'health monitor is yes'],
  [{ field: 'gone', op: 'is', value: 'x' }, 'gone is x'],
  [{ all: [] }, 'always'],
])('a condition in words: %j', (condition, words) => {
  const more = { engagement: { health: { kind: 'number', label: 'Health', value: () => 50 } } } as const;
  expect(conditionInWords(condition, 'engagement', world(), more)).toBe(words);
});

test('fields that only the engine knows can be used too', () => {
  const row = testRow('engagement', 'e1', { title: 'Care', account: 'a1' });
  const more = { engagement: { health: { kind: 'number', label: 'Health', value: () => 50 } } } as const;
  expect(compileCondition({ field: 'health', op: 'below', value: 60 }, 'engagement', more)(row, world(), asOf)).toBe(true);
  const without = compileCondition({ field: 'health', op: 'below', value: 60 }, 'engagement');
  expect(() => without(row, world(), asOf)).toThrow('where it is not known');
});

test('a condition nested without end is refused, and its words do not run out of breath', () => {
  let deep: Condition = { all: [] };
  for (let depth = 0; depth < 100_000; depth += 1) deep = { not: deep };
  expect(() => compileCondition(deep, 'contract')).toThrow('not a condition that can be evaluated');
  expect(conditionInWords(deep, 'contract')).toContain('…');
});

test('RSK-02 conditions about computed health are checked, read and said in words where nobody computes it', () => {
  const condition = parseWhere('renewalDate within next 90 days and health < 60', 'engagement');
  expect(conditionInWords(condition, 'engagement')).toBe('renewal date is within the next 90 days and health score is below 60');
  const further = parseWhere('engagement.healthChange <= -10', 'riskSignal');
  expect(conditionInWords(further, 'riskSignal')).toBe('engagement health, change in 7 days is at most -10');
});
