import { expect, test } from 'vitest';
import { EMPTY_RISK, previewOf, templateOf, withTemplate } from './risk-draft.ts';

test('RSK-01 a metric definition is previewed once it has source, condition and threshold', () => {
  expect(previewOf(EMPTY_RISK)).toBeUndefined();
  const values = { ...EMPTY_RISK, source: 's1', threshold: 30 };
  expect(previewOf(values)).toEqual({ type: 'metric', source: 's1', condition: 'below', threshold: 30 });
  expect(previewOf({ ...values, condition: 'constructor' })).toBeUndefined();
});

test('RSK-02 a table definition is previewed once it has a record type and a condition', () => {
  const sourceCondition = { field: 'renewalDate', op: 'isEmpty' } as const;
  expect(previewOf({ type: 'table', sourceTable: 'contract' })).toBeUndefined();
  expect(previewOf({ type: 'table', sourceTable: '__proto__', sourceCondition })).toBeUndefined();
  expect(previewOf({ type: 'table', sourceTable: 'contract', sourceCondition })).toEqual({
    type: 'table',
    sourceTable: 'contract',
    sourceCondition,
  });
});

test('a template keeps only what was filled in, and an unreadable one is empty', () => {
  expect(templateOf('nonsense')).toMatchObject({ shortDescription: '', description: '' });
  expect(withTemplate(templateOf({ shortDescription: 'Low', description: 'It is low', priority: 'high' }))).toEqual({
    shortDescription: 'Low',
    description: 'It is low',
    priority: 'high',
  });
});
