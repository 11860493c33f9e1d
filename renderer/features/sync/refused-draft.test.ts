import { expect, test } from 'vitest';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { editableRecord, refusedDraft } from './refused-draft.ts';
import type { Refused } from './sync-types.ts';

const reading = { today: '2026-03-01', currency: 'USD', timeZone: 'UTC' };
const row: AnyRow = {
  id: 'c',
  createdAt: '',
  createdBy: 'u',
  updatedAt: '',
  updatedBy: 'u',
  rev: 4,
  name: 'Yearly',
  endDate: '2026-01-31',
};
const fieldOf = (field: string, text: string, value?: unknown) => ({
  table: 'contract',
  id: 'c',
  field,
  label: field,
  text,
  ...(value === undefined ? {} : { value }),
});
const refused = (fields: Refused['fields'], records = [{ table: 'contract', id: 'c', title: 'Yearly' }]): Refused => ({
  id: 'r',
  label: 'Change contract',
  at: '2026-03-01T10:00:00.000Z',
  records,
  recordCount: records.length,
  reason: { message: 'The end lies before the start.', field: 'endDate' },
  fields,
});

test('SYN-05 what was refused stands in the form as if it had just been typed', () => {
  const draft = refusedDraft(
    refused([
      fieldOf('endDate', 'Feb 28, 2026', '2026-02-28'),
      fieldOf('plan', 'Gold'),
      fieldOf('value', '$12', { amount: 1200, currency: 'USD' }),
    ]),
    'contract',
    row,
    reading,
  );
  expect(draft.values).toEqual({ endDate: '2026-02-28', plan: 'Gold', value: '12.00 USD' });
  expect(draft.base).toEqual({ endDate: '2026-01-31', plan: '', value: '' });
  expect(draft.baseRev).toBe(4);
});

test('SYN-05 a record that was chosen keeps its name in the form', () => {
  const draft = refusedDraft(refused([fieldOf('account', 'Contoso', 'a2')]), 'contract', row, reading);
  expect(draft).toMatchObject({ values: { account: 'a2' }, picked: { a2: 'Contoso' } });
});

test('SYN-05 a field that was emptied is empty in the form, and an equal one is no change', () => {
  const draft = refusedDraft(refused([fieldOf('endDate', ''), fieldOf('name', 'Yearly')]), 'contract', row, reading);
  expect(draft.values).toEqual({ endDate: '' });
});

test('SYN-05 a record that the central store never took is a new one again', () => {
  const draft = refusedDraft(refused([fieldOf('name', 'Monthly')]), 'contract', undefined, reading);
  expect(draft).toMatchObject({ values: { name: 'Monthly' } });
  expect(draft.base).toBeUndefined();
});

test('a change of several records has no one form', () => {
  expect(editableRecord(refused([fieldOf('name', 'a')]))).toEqual({ table: 'contract', id: 'c' });
  expect(editableRecord(refused([]))).toBeUndefined();
  expect(
    editableRecord(
      refused(
        [fieldOf('name', 'a')],
        [
          { table: 'contract', id: 'c', title: 'Yearly' },
          { table: 'account', id: 'a', title: 'Acme' },
        ],
      ),
    ),
  ).toBeUndefined();
});
