import { describe, expect, test } from 'vitest';
import { tableNames, tableOf, type AnyRow, type TableName } from '../../model/dictionary.ts';
import { memoryView, testRow } from '../../../test/support/memory-view.ts';
import { compileCondition } from '../condition/compile-condition.ts';
import { fieldAt } from './field-path.ts';
import { dueFieldOf } from './due-fields.ts';

const view = memoryView();
const due = tableNames.flatMap((table) => {
  const field = dueFieldOf(table);
  return field === undefined ? [] : [{ table, field }];
});

test('REC-46 every record type with a due date, and those that end on a day, count the days', () => {
  for (const table of tableNames) if (tableOf(table).fields['dueDate'] !== undefined) expect(due.map((one) => one.table)).toContain(table);
  expect(due.map(({ table }) => table)).toEqual(
    expect.arrayContaining<TableName>([
      'contract',
      'soldProduct',
      'entitlement',
      'onboardingCase',
      'successObjective',
      'successTask',
      'escalation',
    ]),
  );
});

describe.each(due)('REC-46 $table.$field', ({ table, field }) => {
  const row: AnyRow = testRow(table, 'x1', { [field]: '2025-06-20' });
  const read = (of: AnyRow, asOf: string) => fieldAt(table, 'daysRemaining').read(of, view, asOf);

  test('REC-46 days remain until it, none on the day, fewer than none once it is overdue', () => {
    expect(['2025-06-15', '2025-06-20', '2025-06-23'].map((asOf) => read(row, asOf))).toEqual([5, 0, -3]);
    expect(read(testRow(table, 'x2', {}), '2025-06-15')).toBeUndefined();
  });

  test('REC-46 conditions ask for it', () => {
    const overdue = compileCondition({ field: 'daysRemaining', op: 'below', value: 0 }, table);
    expect(['2025-06-20', '2025-06-21'].map((asOf) => overdue(row, view, asOf))).toEqual([false, true]);
  });
});
