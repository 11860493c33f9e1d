import { expect, test } from 'vitest';
import { COUNTED, datedFields, indicatorOf, numericFields, storedIndicator } from './indicator-draft.ts';

test('an unreadable indicator starts anew instead of breaking the form', () => {
  for (const value of [undefined, 'x', { table: 'constructor', fn: 'count' }, { table: 'supportTicket', fn: 'eval' }])
    expect(indicatorOf(value)).toMatchObject({ table: 'supportTicket', fn: 'count' });
});

test('a stored indicator keeps only the parts that were filled in', () => {
  const time = { kind: 'during', field: 'submittedAt', days: 90 } as const;
  expect(storedIndicator({ ...indicatorOf(undefined), field: undefined, time })).toEqual({ table: 'supportTicket', fn: 'count', time });
});

test('what can be counted, summed and dated follows the table dictionary', () => {
  expect(COUNTED).toMatchObject({ supportTicket: 'Support tickets', contract: 'Contracts' });
  expect(COUNTED).not.toHaveProperty('setting');
  expect(numericFields('supportTicket')).toHaveProperty('satisfaction');
  expect(numericFields('contract')).toHaveProperty('daysToRenewal');
  expect(datedFields('supportTicket')).toMatchObject({ submittedAt: 'Submitted', closedAt: 'Closed' });
});
