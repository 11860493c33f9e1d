import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TableName } from '../../model/dictionary.ts';
import { memoryView, testRow } from '../../../test/support/memory-view.ts';
import { labelOf, labelOfId } from './record-label.ts';
import { readNumber } from './record-number.ts';

const view = memoryView();
view.put('account', testRow('account', 'a1', { name: 'Acme' }));
view.put('product', testRow('product', 'p1', { name: 'GTX Pro' }));
view.put('riskDefinition', testRow('riskDefinition', 'r1', { name: 'NPS fell' }));
view.put('riskSignal', testRow('riskSignal', 'g1', { shortDescription: 'NPS is 12', engagement: 'e1' }));

test.each<[TableName, object, string]>([
  ['account', { name: 'Acme' }, 'Acme'],
  ['soldProduct', { account: 'a1', product: 'p1' }, 'GTX Pro · Acme'],
  ['soldProduct', { account: 'gone', product: 'p1' }, 'GTX Pro'],
  ['outcomeEvent', { account: 'a1', kind: 'churned', date: '2025-01-01' }, 'Churned · Acme'],
  ['thresholdOverride', { definition: 'r1', rank: 2 }, 'NPS fell · 2'],
  ['riskOccurrence', { signal: 'g1', startDate: '2025-01-01' }, 'NPS is 12 · 2025-01-01'],
  ['supportTicket', { account: 'a1' }, 'TCK0000001'],
  ['engagementContract', { engagement: 'x', contract: 'y' }, 'Untitled applicable contract'],
])('UX-01 a %s is called after its title fields: %j', (table, fields, label) => {
  expect(labelOf(table, testRow(table, 'n1', { ...fields }), view)).toBe(label);
});

test('a reference to nothing has no label', () => {
  expect([labelOfId('account', 'a9', view), labelOfId('nothing', 'a1', view), labelOfId(undefined, 'a1', view)]).toEqual(['', '', '']);
});

test.each([
  ['ENG0001042', 'engagement', 'ENG0001042'],
  ['eng1042', 'engagement', 'ENG0001042'],
  [' Rsk-7 ', 'riskSignal', 'RSK0000007'],
  ['ACC 00000012', 'account', 'ACC0000012'],
  ['ENG45670000001', 'engagement', 'ENG45670000001'],
])('UX-02 %j is understood as the number of a record', (text, table, number) => {
  expect(readNumber(text)).toEqual({ table, number });
});

test.each(['1042', 'XYZ0001042', 'ENG', 'ENG1a', 'Acme 12', ''])('UX-02 %j is no number of a record', (text) => {
  expect(readNumber(text)).toBeUndefined();
});

test('UX-02 every number is understood, however it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.constantFrom('', ' ', '-'), (serial, gap) => {
      const number = `ENG${String(serial).padStart(7, '0')}`;
      for (const typed of [number, `eng${gap}${serial}`, `Eng${gap}00${serial}`])
        expect(readNumber(typed)).toEqual({ table: 'engagement', number });
    }),
  );
});
