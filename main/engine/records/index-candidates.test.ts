import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { planIndexes } from '#shared/domain/condition/index-plan.ts';
import type { Condition } from '#shared/model/condition.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { conditionsOf } from '../../../test/support/condition-arbitrary.ts';
import { testRow } from '../../../test/support/memory-view.ts';
import { createWorkingSet } from '../store/working-set.ts';
import { candidates } from './index-candidates.ts';

const asOf = '2025-06-15';
const id = (kind: number, at: number) => `0198aaaa-0000-7000-${String(kind).padStart(4, '0')}-${String(at).padStart(12, '0')}`;
const set = createWorkingSet();
const accounts = Array.from({ length: 40 }, (_, at) => id(1, at));
for (const [at, account] of accounts.entries())
  set.table('account').put(
    testRow('account', account, {
      name: `Account ${at}`,
      ...(at % 3 === 0 ? {} : { customerSince: `2024-01-${String(1 + (at % 28)).padStart(2, '0')}` }),
    }),
  );
const people = Array.from({ length: 4 }, (_, at) => id(2, at));
for (let at = 0; at < 2_000; at += 1)
  set.table('contract').put(
    testRow('contract', id(3, at), {
      name: `Contract ${at % 7}`,
      account: accounts[(at * 7) % accounts.length],
      ...(at % 5 === 0 ? {} : { startDate: `2025-0${1 + (at % 9)}-1${at % 10}` }),
      ...(at % 4 === 0 ? { watchList: people.slice(0, at % 3) } : {}),
    }),
  );

const { view } = set;
const ids = fc.constantFrom(...accounts, id(9, 1));
const day = fc.constantFrom('2025-03-11', '2025-06-15', '2024-01-05', '2030-01-01');
const indexed: fc.Arbitrary<Condition> = fc.oneof(
  ids.map((value): Condition => ({ field: 'account', op: 'is', value })),
  fc.array(ids, { maxLength: 4 }).map((value): Condition => ({ field: 'account', op: 'isOneOf', value })),
  fc.constantFrom(...people).map((value): Condition => ({ field: 'watchList', op: 'contains', value })),
  fc
    .tuple(fc.constantFrom('startDate', 'account.customerSince'), fc.constantFrom('is', 'before', 'onOrBefore', 'after', 'onOrAfter'), day)
    .map(([field, op, value]): Condition => ({ field, op, value })),
  fc
    .tuple(fc.constantFrom('withinNextDays', 'withinLastDays'), fc.integer({ min: 0, max: 400 }))
    .map(([op, value]): Condition => ({ field: 'startDate', op, value })),
  fc
    .integer({ min: -200, max: 200 })
    .map((daysFromToday): Condition => ({ field: 'startDate', op: 'onOrAfter', value: { daysFromToday } })),
);
const { mixed } = fc.letrec<{ mixed: Condition }>((tie) => ({
  mixed: fc.oneof(
    { maxDepth: 3 },
    indexed,
    conditionsOf('contract', ['account.name']),
    fc.array(tie('mixed'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('mixed'), { maxLength: 3 }).map((any) => ({ any })),
    tie('mixed').map((not) => ({ not })),
  ),
}));

const scan = (condition: Condition, from: Iterable<AnyRow>): readonly string[] => {
  const matches = compileCondition(condition, 'contract');
  return [...from].filter((row) => matches(row, view, asOf)).map((row) => row.id);
};

test('REC-36 what the indexes find, looked at once more, is what a look at every row finds', () => {
  let used = 0;
  fc.assert(
    fc.property(mixed, (condition) => {
      const plan = planIndexes(condition, 'contract', asOf);
      const found = plan && candidates(plan, 'contract', view);
      if (found === undefined) return;
      used += 1;
      expect(scan(condition, found)).toEqual(scan(condition, view.all('contract') as Iterable<AnyRow>));
    }),
    { numRuns: 1_500 },
  );
  expect(used).toBeGreaterThan(100);
});

test('REC-36 ranges stay true while rows come, move and go', () => {
  const table = set.table('contract');
  const from = '2025-05-01';
  const expected = () => [...table.all()].filter((row) => typeof row['startDate'] === 'string' && row['startDate'] >= from).length;
  expect(table.range('startDate', from, undefined)).toHaveLength(expected());
  table.put(testRow('contract', id(3, 5_000), { name: 'New', account: accounts[0], startDate: '2025-05-01' }));
  table.put(testRow('contract', id(3, 1), { name: 'Moved', account: accounts[0], startDate: '2026-01-01' }));
  table.put(testRow('contract', id(3, 2), { name: 'Emptied', account: accounts[0] }));
  table.remove(id(3, 4));
  expect(table.range('startDate', from, undefined)).toHaveLength(expected());
  expect(table.range('startDate', '2026-01-01', '2026-01-01').map((row) => row.id)).toEqual([id(3, 1)]);
});

test('REC-36 a plan takes the narrowest way: IDs before days, days of one field together', () => {
  const account = { field: 'account', op: 'is', value: accounts[0] ?? '' } as const;
  const days = {
    all: [
      { field: 'startDate', op: 'onOrAfter', value: '2025-01-01' },
      { field: 'startDate', op: 'before', value: '2025-02-01' },
    ],
  } as const;
  expect(planIndexes({ all: [...days.all, account] }, 'contract', asOf)).toMatchObject({ kind: 'keys', field: 'account' });
  expect(planIndexes(days, 'contract', asOf)).toEqual({ kind: 'range', field: 'startDate', from: '2025-01-01', to: '2025-02-01' });
  expect(planIndexes({ any: [account, { field: 'name', op: 'contains', value: 'x' }] }, 'contract', asOf)).toBeUndefined();
  expect(planIndexes({ field: 'account.parent', op: 'is', value: accounts[1] ?? '' }, 'contract', asOf)).toMatchObject({
    kind: 'through',
    field: 'account',
  });
});
