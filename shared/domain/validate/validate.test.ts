import { describe, expect, test } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import type { TableName } from '../../model/dictionary.ts';
import { memoryView, testRow } from '../../../test/support/memory-view.ts';
import { checkNew, checkPatch, validateNew, validatePatch } from './validate.ts';

const author = { at: '2025-06-01T08:00:00.000Z', by: 'u1' };

function world() {
  const view = memoryView();
  view.put('user', testRow('user', 'u1', { name: 'Kim' }));
  view.put('account', testRow('account', 'a1', { name: 'Acme' }));
  view.put('product', testRow('product', 'p1', { name: 'GTX Pro' }));
  return view;
}

function problem(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

/** What a field makes of a value: the kept value, or the message. */
function kept(table: TableName, field: string, value: unknown): unknown {
  const { values, problems } = checkNew(table, { [field]: value }, world(), { system: true });
  const own = problems.find((one) => one.details.field === field && one.details.rule === undefined);
  return own ? own.message : values[field];
}

test('BR-01 all missing mandatory fields are named in one error', () => {
  const error = problem(() => validateNew('engagement', {}, world()));
  expect(error.code).toBe('validation');
  expect(error.message).toBe('Engagement needs Title and Account. Fill them in.');
  expect(error.details).toMatchObject({ rule: 'BR-01', table: 'engagement', field: 'title' });
});

test('BR-01 a record with all mandatory fields is completed with defaults', () => {
  expect(validateNew('engagement', { title: ' Acme care ', account: 'a1' }, world())).toEqual({
    title: 'Acme care',
    account: 'a1',
    state: 'new',
    stage: 'onboarding',
    perceivedHealth: 'unknown',
    healthMonitor: true,
    active: true,
  });
});

test('BR-01 emptying a mandatory field is refused, emptying another one is not', () => {
  const view = world();
  const row = testRow('engagement', 'e1', { title: 'Care', account: 'a1', description: 'Long story' });
  const error = problem(() => validatePatch('engagement', row, { title: '  ' }, view));
  expect(error.message).toBe('Engagement “Care” needs Title. Fill it in.');
  expect(validatePatch('engagement', row, { description: null }, view)).toMatchObject({ changed: ['description'] });
  expect(validatePatch('engagement', row, { description: null }, view).row).not.toHaveProperty('description');
});

test.each(['__proto__', 'constructor', 'toString', 'id', 'rev', 'nope'])('ONB-05 the unknown key %s is refused by name', (key) => {
  const values: Record<string, unknown> = JSON.parse(`{"name":"X","${key}":"y"}`);
  const error = problem(() => validateNew('account', values, world()));
  expect(error.message).toContain(`there is no field “${key}”`);
  expect(problem(() => validatePatch('account', testRow('account', 'a1', { name: 'X' }), values, world())).message).toContain(key);
});

describe('ONB-05 every kind keeps what fits and refuses what does not', () => {
  test.each<[TableName, string, unknown, unknown]>([
    ['account', 'name', '  Acme\n Ltd ', 'Acme  Ltd'],
    ['account', 'name', 'a\u0000b', 'a b'],
    ['account', 'name', '\ud800x', '\ufffdx'],
    ['account', 'description', 'one\r\ntwo', 'one\ntwo'],
    ['account', 'description', ' \n ', undefined],
    ['contact', 'email', ' kim@example.com ', 'kim@example.com'],
    ['account', 'website', 'example.com/path?x=1', 'example.com/path?x=1'],
    ['account', 'website', 'https://example.com:8080/', 'https://example.com:8080/'],
    ['account', 'cadenceTier', 'growth', 'growth'],
    ['account', 'cadenceTier', '', undefined],
    ['account', 'customerSince', '2024-02-29', '2024-02-29'],
    ['supportTicket', 'closedAt', '2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
    ['supportTicket', 'closedAt', '2024-02-29T23:59:59.1234Z', '2024-02-29T23:59:59.123Z'],
    ['account', 'annualRevenue', { amount: 1250, currency: 'EUR' }, { amount: 1250, currency: 'EUR' }],
    ['account', 'employees', 0, 0],
    ['account', 'employees', -0, 0],
    ['account', 'escalated', true, true],
    ['account', 'parent', 'a1', 'a1'],
    ['account', 'watchList', ['u1', 'u1'], ['u1']],
    ['account', 'watchList', [], undefined],
    ['riskDefinition', 'applicable', { all: [] }, { all: [] }],
    ['dataSource', 'indicator', { table: 'contract', fn: 'count' }, { table: 'contract', fn: 'count' }],
  ])('%s.%s keeps %j as %j', (table, field, value, expected) => {
    expect(kept(table, field, value)).toEqual(expected);
  });

  test.each<[TableName, string, unknown, string]>([
    ['account', 'name', 7, 'must be text'],
    ['account', 'name', 'x'.repeat(301), 'has 301 characters; at most 300 fit'],
    ['contact', 'email', 'kim at example', 'must look like name@example.com'],
    ['account', 'website', 'javascript:alert(1)', 'must look like https://example.com'],
    ['account', 'website', 'data:text/html,x', 'must look like https://example.com'],
    ['account', 'cadenceTier', 'gold', 'Choose one of: Strategic, Growth, Core, Nurture.'],
    ['account', 'cadenceTier', 'constructor', 'Choose one of'],
    ['account', 'customerSince', '2023-02-29', 'must be a date such as 2025-03-31, not “2023-02-29”'],
    ['account', 'customerSince', '31.12.2024', 'must be a date'],
    ['account', 'customerSince', '0202-01-01', 'the year looks mistyped'],
    ['supportTicket', 'closedAt', '2024-02-30T00:00:00Z', 'must be a point in time'],
    ['supportTicket', 'closedAt', '2024-02-03T24:00:00Z', 'must be a point in time'],
    ['supportTicket', 'closedAt', '2024-02-03T10:00:00+02:00', 'must be a point in time'],
    ['account', 'annualRevenue', 12, 'must be an amount with a currency'],
    ['account', 'annualRevenue', { amount: 1.5, currency: 'EUR' }, 'whole number of the smallest unit'],
    ['account', 'annualRevenue', { amount: 1, currency: 'XYZ' }, 'unknown currency'],
    ['account', 'annualRevenue', { amount: 1, currency: 'EUR', rate: 2 }, 'must be an amount with a currency'],
    ['account', 'employees', -1, 'must be at least 0, not -1'],
    ['account', 'employees', 1.5, 'must be a whole number'],
    ['account', 'employees', '12', 'must be a number'],
    ['account', 'employees', Number.NaN, 'must be a number'],
    ['opportunity', 'probability', 101, 'must be at most 100'],
    ['account', 'escalated', 'yes', 'must be yes or no'],
    ['account', 'parent', 'a9', 'names a record (account) that does not exist: “a9”'],
    ['account', 'parent', 'u1', 'does not exist'],
    ['account', 'watchList', 'u1', 'must be a list of records'],
    ['account', 'watchList', ['u9'], 'does not exist'],
    ['riskDefinition', 'applicable', { field: 'x', op: 'like' }, 'is not a condition'],
    ['riskDefinition', 'applicable', { all: [], any: [] }, 'is not a condition'],
    ['dataSource', 'indicator', JSON.parse('{"__proto__":{"a":1}}'), 'is not plain data'],
    ['dataSource', 'indicator', { at: new Date(0) }, 'is not plain data'],
    ['account', 'workNotes', [{ at: 'now', by: 'u1', text: 'x' }], 'must be a list of entries'],
  ])('%s.%s refuses %j', (table, field, value, message) => {
    expect(kept(table, field, value)).toContain(message);
  });
});

test('ONB-05 every problem of a row is answered, not only the first', () => {
  const { problems } = checkNew('account', { name: '', employees: -1, parent: 'a9', nope: 1 }, world());
  expect(problems.map((one) => one.details.field)).toEqual(['name', 'nope', 'parent', 'employees']);
});

test('read-only fields are refused for people and kept for the system', () => {
  const view = world();
  const row = testRow('engagement', 'e1', { title: 'Care', account: 'a1', active: true });
  const values = { title: 'Care', account: 'a1', lastTouchpoint: '2025-01-01' };
  expect(problem(() => validateNew('engagement', values, view)).message).toBe(
    'Engagement “Care”: Last touchpoint is filled in by Satchel and cannot be set.',
  );
  expect(validateNew('engagement', values, view, { system: true })).toMatchObject({ lastTouchpoint: '2025-01-01' });
  expect(problem(() => validatePatch('engagement', row, { active: false }, view)).message).toContain('cannot be changed');
  expect(validatePatch('engagement', row, { active: true }, view)).toEqual({ row, changed: [] });
  expect(validatePatch('engagement', row, { active: false }, view, { system: true }).changed).toEqual(['active']);
});

test('journal fields append with time and author and keep old entries', () => {
  const view = world();
  const first = { at: '2025-01-01T00:00:00.000Z', by: 'u1', text: 'called' };
  const row = testRow('account', 'a1', { name: 'Acme', workNotes: [first] });
  const { row: next } = validatePatch('account', row, { workNotes: ' wrote ' }, view, { author });
  expect(next.workNotes).toEqual([first, { ...author, text: 'wrote' }]);
  expect(validatePatch('account', row, { workNotes: '  ' }, view, { author }).changed).toEqual([]);
  expect(problem(() => validatePatch('account', row, { workNotes: null }, view, { author })).message).toContain('old entries stay');
  expect(checkPatch('account', row, { workNotes: null }, view, { system: true }).row).not.toHaveProperty('workNotes');
  expect(checkNew('account', { name: 'A', workNotes: 'hello' }, view, { author }).values['workNotes']).toEqual([
    { ...author, text: 'hello' },
  ]);
});

test('a value that does not differ changes nothing, however it is written', () => {
  const row = testRow('contract', 'c1', { name: 'Gold', account: 'a1', value: { amount: 5, currency: 'USD' } });
  const same = { name: ' Gold ', value: { currency: 'USD', amount: 5 }, endDate: null };
  expect(validatePatch('contract', row, same, world())).toEqual({ row, changed: [] });
});

test('BR-01 what must be unique is refused the second time, naming the first', () => {
  const view = world();
  const error = problem(() => validateNew('product', { name: 'GTX Pro' }, view));
  expect(error.message).toContain('There is already a record of type product with the name “GTX Pro” (PRD0000001)');
  expect(error.details.blocking).toEqual([{ table: 'product', id: 'p1', label: 'GTX Pro' }]);
  const p2 = testRow('product', 'p2', { name: 'GTX Basic' });
  view.put('product', p2);
  expect(problem(() => validatePatch('product', p2, { name: 'GTX Pro' }, view)).code).toBe('validation');
  expect(validatePatch('product', p2, { name: 'GTX Plus' }, view).changed).toEqual(['name']);
  view.put('capability', testRow('capability', 'f1', { name: 'Reports', product: 'p1' }));
  expect(validateNew('capability', { name: 'Reports', product: 'p2' }, view)).toMatchObject({ name: 'Reports' });
  expect(problem(() => validateNew('capability', { name: 'Reports', product: 'p1' }, view)).message).toContain('name and product');
});

test('validation keeps up with mass imports', () => {
  const view = world();
  const values = {
    name: 'Gold',
    account: 'a1',
    startDate: '2024-01-01',
    endDate: '2025-01-01',
    value: { amount: 100, currency: 'USD' },
    externalId: 'x',
  };
  for (let row = 0; row < 5_000; row += 1) checkNew('contract', values, view);
  const start = performance.now();
  for (let row = 0; row < 20_000; row += 1) checkNew('contract', values, view);
  // more than 100,000 rows a second on an idle machine; a busy one gets far longer
  expect(performance.now() - start).toBeLessThan(3_000);
});
