import { describe, expect, test } from 'vitest';
import { dictionary, isTableName, SYSTEM_FIELDS, tableNames, tableOf } from './dictionary.ts';

const KEY = /^[a-z][A-Za-z0-9]*$/;

test('names, numbers and labels tell record types apart', () => {
  const prefixes = tableNames.flatMap((name) => tableOf(name).prefix ?? []);
  expect(new Set(prefixes).size).toBe(prefixes.length);
  for (const prefix of prefixes) expect(prefix).toMatch(/^[A-Z]{3}$/);
  const labels = tableNames.map((name) => tableOf(name).label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(isTableName('engagement') && !isTableName('__proto__') && !isTableName('toString')).toBe(true);
});

describe.each(tableNames)('%s', (name) => {
  const table = tableOf(name);
  const fields = Object.entries(table.fields);
  const has = (key: string): boolean => Object.hasOwn(table.fields, key);

  test('is declared under its own name, with fields that the store does not keep itself', () => {
    expect(dictionary[name].name).toBe(name);
    for (const [key, field] of fields) {
      expect(key).toMatch(KEY);
      expect(
        SYSTEM_FIELDS.some((system) => system === key),
        key,
      ).toBe(false);
      expect(field.label, key).toMatch(/^\S(.*\S)?$/);
      expect(field.isMandatory, key).toBe(field.mandatory === true);
      // what people cannot fill in cannot be demanded of them
      expect(field.readOnly === true && field.mandatory === true, key).toBe(false);
    }
    expect(new Set(fields.map(([, { label }]) => label)).size).toBe(fields.length);
  });

  test('has title, unique, owner, account and import fields that exist', () => {
    const named = [...table.title, ...(table.unique ?? []).flat(), ...(table.importKeys ?? [])];
    for (const key of [...named, table.ownedBy, table.accountPath].filter((one) => one !== undefined)) expect(has(key), key).toBe(true);
    expect(table.title.length).toBeGreaterThan(0);
    for (const [first] of table.unique ?? []) {
      const field = table.fields[first ?? ''];
      expect(
        field?.kind === 'reference' || field?.kind === 'anyReference' || field?.indexed === true,
        `${name}: unique is looked up by its first field`,
      ).toBe(true);
    }
    if (table.ownedBy !== undefined) expect(['reference', 'anyReference']).toContain(table.fields[table.ownedBy]?.kind);
    // a second import of a file updates what the first one made
    if (table.importable === true) expect(has('externalId'), name).toBe(true);
    if (table.dueBy !== undefined) expect(table.fields[table.dueBy]?.kind).toBe('date');
    if (table.accountPath !== undefined) expect(table.fields[table.accountPath]?.to).toBe('account');
  });

  test('has references that lead somewhere, and choices whose default is one of them', () => {
    for (const [key, field] of fields) {
      if (field.kind === 'reference' || field.kind === 'references') expect(isTableName(field.to ?? ''), key).toBe(true);
      for (const to of field.toAny ?? []) expect(isTableName(to), `${key}: ${to}`).toBe(true);
      if (field.kind !== 'choice') continue;
      expect(Object.keys(field.choices ?? {}).length, key).toBeGreaterThan(0);
      for (const value of Object.keys(field.choices ?? {})) expect(value, key).toMatch(KEY);
      if (field.default !== undefined) expect(Object.hasOwn(field.choices ?? {}, String(field.default as string)), key).toBe(true);
    }
  });

  test('has columns in an order, each place taken once', () => {
    const columns = fields.flatMap(([, { column }]) => column ?? []);
    expect(new Set(columns).size).toBe(columns.length);
  });

  test('BR-02 has a life cycle whose states and codes exist, with the closure fields', () => {
    const { lifecycle } = table;
    if (!lifecycle) return;
    const states = table.fields[lifecycle.field]?.choices ?? {};
    for (const state of [lifecycle.initial, lifecycle.closed, lifecycle.cancelled, lifecycle.reopened])
      expect(Object.hasOwn(states, state), state).toBe(true);
    expect(table.fields['closureCode']?.choices).toEqual(lifecycle.closureCodes);
    expect(Object.hasOwn(lifecycle.closureCodes, lifecycle.cancelledCode)).toBe(true);
    for (const key of ['active', 'closureCode', 'closeNotes', 'closedAt', 'closedBy']) expect(table.fields[key]?.readOnly, key).toBe(true);
  });
});

test('S4 stage, state, owner, money and dates of contracts and engagements are merged by review', () => {
  const reviewed = {
    engagement: ['account', 'csm', 'accountManager', 'state', 'stage', 'goLiveDate', 'renewalDate'],
    contract: ['account', 'state', 'value', 'monthlyValue', 'startDate', 'endDate', 'renewalDate'],
    opportunity: ['owner', 'stage', 'amount'],
    riskSignal: ['state', 'assignedTo'],
    touchpoint: ['state', 'assignedTo'],
    account: ['owner', 'parent'],
  } as const;
  for (const [table, keys] of Object.entries(reviewed))
    for (const key of keys) expect(isTableName(table) && tableOf(table).fields[key]?.merge, `${table}.${key}`).toBe('review');
});
