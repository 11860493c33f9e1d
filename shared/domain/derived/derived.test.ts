import { describe, expect, test } from 'vitest';
import type { Row, TableName } from '../../model/dictionary.ts';
import { tableNames, tableOf } from '../../model/dictionary.ts';
import { memoryView, testRow, type MemoryView } from '../../../test/support/memory-view.ts';
import { contractActive, contractValueOf } from './contract-facts.ts';
import { derivedTables } from './derived-tables.ts';
import { engagementActive, valueAtRisk } from './engagement-facts.ts';
import { fieldAt, fieldsOf } from './field-path.ts';

const asOf = '2025-06-15';
const usd = (amount: number) => ({ amount, currency: 'USD' });

function world(): MemoryView {
  const view = memoryView();
  view.put('account', testRow('account', 'a1', { name: 'Acme', escalated: true }));
  view.put(
    'engagement',
    testRow('engagement', 'e1', { title: 'Care', account: 'a1', stage: 'onboarding', renewalDate: '2025-07-01', goLiveDate: '2025-06-01' }),
  );
  view.put(
    'contract',
    testRow('contract', 'c1', { name: 'Gold', account: 'a1', value: usd(1_000), startDate: '2024-01-01', endDate: '2025-12-31' }),
    testRow('contract', 'c2', { name: 'Silver', account: 'a1', value: usd(200), startDate: '2024-01-01', renewalDate: '2025-08-01' }),
    testRow('contract', 'c3', { name: 'Over', account: 'a1', value: usd(40), endDate: '2025-06-15' }),
    testRow('contract', 'c4', { name: 'Off', account: 'a1', value: usd(8), state: 'cancelled' }),
  );
  return view;
}

const value = (view: MemoryView, table: TableName, id: string, path: string): unknown => {
  const row: Row | undefined = view.get(table, id);
  if (!row) throw new Error('no such row');
  return fieldAt(table, path).read(row, view, asOf);
};

test.each([
  [{}, true],
  [{ startDate: '2025-06-15' }, true],
  [{ startDate: '2025-06-16' }, false],
  [{ endDate: '2025-06-16' }, true],
  [{ endDate: '2025-06-15' }, false],
  [{ startDate: '2025-01-01', endDate: '2025-12-31', state: 'cancelled' }, false],
  [{ startDate: '2025-01-01', endDate: '2025-12-31', state: 'expired' }, true],
])('REC-06 a contract with %j is active on 15 June: %s', (fields, active) => {
  expect(contractActive(testRow('contract', 'c1', { name: 'x', account: 'a1', ...fields }), asOf)).toBe(active);
});

test.each([
  [{ state: 'new', stage: 'onboarding' }, true],
  [{ state: 'inProgress', stage: 'lost' }, false],
  [{ state: 'closed', stage: 'renew' }, false],
  [{ state: 'cancelled', stage: 'renew' }, false],
])('DSH-01 an engagement with %j is active: %s', (fields, active) => {
  expect(engagementActive(testRow('engagement', 'e1', { title: 'x', account: 'a1', ...fields }))).toBe(active);
});

describe('contract value of an engagement', () => {
  test('without links it is that of all active contracts of the account, with links of the linked ones', () => {
    const view = world();
    const engagement = testRow('engagement', 'e1', { title: 'Care', account: 'a1' });
    expect(contractValueOf(engagement, view, asOf)).toEqual([usd(1_200)]);
    view.put('engagementContract', testRow('engagementContract', 'l1', { engagement: 'e1', contract: 'c2' }));
    expect(contractValueOf(engagement, view, asOf)).toEqual([usd(200)]);
    view.put('engagementContract', testRow('engagementContract', 'l1', { engagement: 'e1', contract: 'c3' }));
    expect(contractValueOf(engagement, view, asOf)).toEqual([]);
  });

  test('currencies stay apart', () => {
    const view = world();
    view.put('contract', testRow('contract', 'c5', { name: 'Euro', account: 'a1', value: { amount: 5, currency: 'EUR' } }));
    const engagement = testRow('engagement', 'e1', { title: 'Care', account: 'a1' });
    expect(contractValueOf(engagement, view, asOf, 'USD')).toEqual([usd(1_200), { amount: 5, currency: 'EUR' }]);
  });
});

describe('the next renewal', () => {
  test('is the date set by hand while no contract is linked, then the earliest unexpired one’s', () => {
    const view = world();
    expect(value(view, 'engagement', 'e1', 'nextRenewal')).toBe('2025-07-01');
    expect(value(view, 'engagement', 'e1', 'daysToRenewal')).toBe(16);
    view.put(
      'engagementContract',
      testRow('engagementContract', 'l1', { engagement: 'e1', contract: 'c1' }),
      testRow('engagementContract', 'l2', { engagement: 'e1', contract: 'c2' }),
    );
    expect(value(view, 'engagement', 'e1', 'nextRenewal')).toBe('2025-08-01');
    expect(value(view, 'engagement', 'e1', 'daysToRenewal')).toBe(47);
    expect(value(view, 'contract', 'c1', 'daysToRenewal')).toBe(199);
  });
});

test('value at risk counts each contract once; a signal that names none counts its engagement’s active ones', () => {
  const view = world();
  const signal = (id: string, fields: object) => testRow('riskSignal', id, { shortDescription: 'x', engagement: 'e1', ...fields });
  expect(valueAtRisk([signal('r1', { contractsImpacted: ['c1'] }), signal('r2', { contractsImpacted: ['c1', 'c2'] })], view, asOf)).toEqual(
    [usd(1_200)],
  );
  expect(valueAtRisk([signal('r1', {}), signal('r2', { contractsImpacted: ['c1'] })], view, asOf)).toEqual([usd(1_200)]);
  expect(valueAtRisk([signal('r1', { state: 'closed' }), signal('r2', { state: 'cancelled' })], view, asOf)).toEqual([]);
  expect(valueAtRisk([signal('r1', { contractsImpacted: ['c3'] })], view, asOf)).toEqual([usd(40)]);
});

test('open tickets are those submitted and not closed by the day', () => {
  const view = world();
  const ticket = (id: string, fields: object) => testRow('supportTicket', id, { account: 'a1', state: 'open', ...fields });
  view.put(
    'supportTicket',
    ticket('t1', { submittedAt: '2025-06-15T10:00:00.000Z' }),
    ticket('t2', { submittedAt: '2025-06-16T00:00:00.000Z' }),
    ticket('t3', { submittedAt: '2025-06-01T00:00:00.000Z', closedAt: '2025-06-15T01:00:00.000Z' }),
    ticket('t4', { submittedAt: '2025-06-01T00:00:00.000Z', closedAt: '2025-06-16T01:00:00.000Z', state: 'closed' }),
    ticket('t5', { submittedAt: '2025-06-01T00:00:00.000Z', state: 'solved' }),
  );
  expect(value(view, 'account', 'a1', 'openTickets')).toBe(2);
  expect(value(view, 'supportTicket', 't3', 'ageDays')).toBe(14);
  expect(value(view, 'supportTicket', 't1', 'ageDays')).toBe(0);
});

test('REC-46 days remaining stand wherever there is a due or end date', () => {
  const view = world();
  view.put(
    'touchpoint',
    testRow('touchpoint', 't1', { subject: 'x', engagement: 'e1', state: 'new', dueDate: '2025-06-14', heldOn: '2025-06-10' }),
  );
  view.put('riskSignal', testRow('riskSignal', 'r1', { shortDescription: 'x', engagement: 'e1', state: 'new', dueDate: '2025-06-25' }));
  view.put(
    'soldProduct',
    testRow('soldProduct', 's1', { account: 'a1', product: 'p1', licencesSold: 8, licencesUsed: 6, endDate: '2025-06-16' }),
  );
  expect(value(view, 'touchpoint', 't1', 'daysRemaining')).toBe(-1);
  expect(value(view, 'touchpoint', 't1', 'isOverdue')).toBe(true);
  expect(value(view, 'riskSignal', 'r1', 'daysRemaining')).toBe(10);
  expect(value(view, 'riskSignal', 'r1', 'isOverdue')).toBe(false);
  expect(value(view, 'contract', 'c2', 'daysRemaining')).toBeUndefined();
  expect(value(view, 'soldProduct', 's1', 'licenceUtilisation')).toBe(75);
  expect(value(view, 'account', 'a1', 'licenceUtilisation')).toBe(75);
  expect(value(view, 'engagement', 'e1', 'openRisks')).toBe(1);
  expect(value(view, 'engagement', 'e1', 'daysSinceTouchpoint')).toBe(5);
  expect(value(view, 'engagement', 'e1', 'goLiveOverdue')).toBe(true);
  expect(value(view, 'engagement', 'e1', 'account.escalated')).toBe(true);
  expect(value(view, 'engagement', 'e1', 'account.openTickets')).toBe(0);
});

test('every derived field answers for a bare record and has a name of its own', () => {
  const view = world();
  for (const table of tableNames) {
    const bare = testRow(
      table,
      'x1',
      table === 'supportTicket' ? { submittedAt: '2025-01-01T00:00:00.000Z' } : table === 'outcomeEvent' ? { date: '2025-01-01' } : {},
    );
    for (const [key, field] of Object.entries(derivedTables[table] ?? {})) {
      expect(Object.hasOwn(tableOf(table).fields, key), `${table}.${key}`).toBe(false);
      // what the engine alone knows is never empty by mistake
      if (field.computed === true) expect(() => field.value(bare, view, asOf)).toThrow('where it is not known');
      else expect(() => field.value(bare, view, asOf)).not.toThrow();
      expect(fieldsOf(table)[key]).toMatchObject({ kind: field.kind, label: field.label, derived: true });
    }
  }
});

test('a field is found by its path, with labels and the table it belongs to', () => {
  expect(fieldAt('touchpoint', 'engagement.account.industry')).toMatchObject({
    table: 'account',
    kind: 'text',
    label: 'Industry',
    labels: ['Engagement', 'Account', 'Industry'],
    path: 'engagement.account.industry',
  });
  expect(() => fieldAt('engagement', 'account.renewaldate')).toThrow('Account has no field “renewaldate”.');
  expect(() => fieldAt('contract', 'renewaldate')).toThrow('Did you mean “renewalDate”?');
});
