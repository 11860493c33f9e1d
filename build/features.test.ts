import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedPath } from '../test/support/shared-data.ts';
import { featureLines, ledgerIds, unknownIds } from './features.ts';
import { WANTING } from './ledger-wanting.ts';
import { root } from './tools.ts';

const ledger = readFileSync(join(root, 'docs', 'ledger.md'), 'utf8');

test('a passing test proves the rows that its title names', () => {
  const results = [{ title: 'BR-06 BR-07 a circle is refused', outcome: 'passed' as const }];
  expect(featureLines(['BR-06', 'BR-07', 'BR-08'], results)).toEqual([
    'BR-06 proven BR-06 BR-07 a circle is refused',
    'BR-07 proven BR-06 BR-07 a circle is refused',
    'BR-08 none',
  ]);
});

test.each(['failed', 'skipped'] as const)('a %s test proves nothing', (outcome) => {
  expect(featureLines(['BR-07'], [{ title: 'BR-07 a', outcome }])).toEqual(['BR-07 none']);
});

test('a row that one test proves and another refutes is not proven', () => {
  const results = [
    { title: 'BR-07 a', outcome: 'passed' as const },
    { title: 'BR-07 b', outcome: 'failed' as const },
  ];
  expect(featureLines(['BR-07'], results)).toEqual(['BR-07 none']);
});

test('a longer number is not taken for a row, and a mistyped one is found', () => {
  const results = [{ title: 'BR-100 BR-99 x', outcome: 'passed' as const }];
  expect(featureLines(['BR-10'], results)).toEqual(['BR-10 none']);
  expect(unknownIds(['BR-10'], results)).toEqual(['BR-99']);
});

test('the ledger names each row once', () => {
  const ids = ledgerIds(ledger);
  expect(ids.length).toBeGreaterThan(200);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the ledger has the same rows as the specification, where ../shared exists', () => {
  const path = sharedPath('spec', 'features.md');
  if (path === undefined) return;
  const specified = new Set(readFileSync(path, 'utf8').match(/\b[A-Z]{2,3}-\d{2}\b/g));
  expect([...ledgerIds(ledger)].toSorted()).toEqual([...specified].toSorted());
});

test('a row of which a part is wanting is not proven, and every such row is one of the ledger', () => {
  expect(featureLines(['BR-07'], [{ title: 'BR-07 a', outcome: 'passed' }], { 'BR-07': 'the rest' })).toEqual(['BR-07 none']);
  const ids = ledgerIds(readFileSync(join(root, 'docs', 'ledger.md'), 'utf8'));
  expect(Object.keys(WANTING).filter((id) => !ids.includes(id))).toEqual([]);
});
