import { expect, test } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import type { AnyRow, Row, TableName } from '../../model/dictionary.ts';
import { memoryView, testRow, type MemoryView } from '../../../test/support/memory-view.ts';
import { allRules } from './all-rules.ts';
import { cancelling, closing, reopening } from './life-cycle.ts';
import type { Change, FieldsToSet } from './rule.ts';
import { runRules } from './run-rules.ts';

const asOf = '2025-06-15';
const settings = { currency: 'USD', timeZone: 'UTC', onboardingMandatory: false };

function world(): MemoryView {
  const view = memoryView();
  view.put('user', testRow('user', 'u1', { name: 'Kim' }));
  view.put('account', testRow('account', 'a1', { name: 'Acme' }));
  view.put('engagement', testRow('engagement', 'e1', { title: 'Care', account: 'a1', state: 'inProgress', active: true }));
  return view;
}

function changed(row: AnyRow, set: FieldsToSet): AnyRow {
  return Object.fromEntries(Object.entries({ ...row, ...set }).filter(([, value]) => value !== null)) as AnyRow; // a row with fields set
}

function update<T extends TableName>(
  view: MemoryView,
  table: T,
  id: string,
  set: FieldsToSet,
  action: Change['action'] = 'update',
): Row<T> {
  const before = view.get(table, id);
  if (!before) throw new Error('no such row');
  const after = changed(before, set) as Row<T>; // the same row, changed
  view.put(table, after);
  const { changes } = runRules(allRules, { view, asOf, settings }, [{ table, id, action, before, after }]);
  return changes[0]?.after as Row<T>; // the change that went in comes out first
}

function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

const ending = (view: MemoryView) => ({ at: '2025-06-15T10:00:00.000Z', by: 'u1', view });

test('BR-02 closing needs a closure code and close notes and makes the record inactive', () => {
  const view = world();
  const row = view.get('engagement', 'e1') as AnyRow;
  expect(refusal(() => closing('engagement', row, '', 'done', ending(view))).details).toMatchObject({
    rule: 'BR-02',
    field: 'closureCode',
  });
  expect(refusal(() => closing('engagement', row, 'completed', ' ', ending(view))).details).toMatchObject({
    rule: 'BR-02',
    field: 'closeNotes',
  });
  expect(refusal(() => closing('engagement', row, 'cancelled', 'x', ending(view))).message).toContain(
    'Choose one of: Completed, Transferred, Lost.',
  );
  expect(update(view, 'engagement', 'e1', closing('engagement', row, 'completed', 'All done', ending(view)), 'close')).toMatchObject({
    state: 'closed',
    active: false,
    closureCode: 'completed',
    closeNotes: 'All done',
    closedAt: '2025-06-15T10:00:00.000Z',
    closedBy: 'u1',
  });
});

test('BR-02 setting the state to closed by hand is refused and says what to use', () => {
  const error = refusal(() => update(world(), 'engagement', 'e1', { state: 'closed' }));
  expect(error.details.rule).toBe('BR-02');
  expect(error.message).toBe(
    'Engagement “Care” (ENG0000001) cannot be closed without a closure code and close notes. Use “Close” or “Cancel”, which ask for them.',
  );
});

test('BR-02 cancelling sets the cancelled closure code itself', () => {
  const view = world();
  const row = view.get('engagement', 'e1') as AnyRow;
  const set = cancelling('engagement', row, 'Customer left', { ...ending(view), by: 'system:import' });
  const after = update(view, 'engagement', 'e1', set, 'cancel');
  expect(after).toMatchObject({ state: 'cancelled', active: false, closureCode: 'cancelled', closeNotes: 'Customer left' });
  expect(after).not.toHaveProperty('closedBy');
  expect(refusal(() => cancelling('engagement', after, 'again', ending(view))).message).toContain(
    'has been closed or cancelled already. Reopen it first.',
  );
});

test('BR-02 a type without states cannot be closed', () => {
  const view = world();
  expect(refusal(() => closing('account', view.get('account', 'a1') as AnyRow, 'x', 'y', ending(view))).message).toContain(
    'Accounts cannot be closed',
  );
});

test('BR-03 reopening clears the closure data and makes the record active again', () => {
  const view = world();
  const row = view.get('engagement', 'e1') as AnyRow;
  expect(refusal(() => reopening('engagement', row, view)).details.rule).toBe('BR-03');
  const closed = update(view, 'engagement', 'e1', closing('engagement', row, 'lost', 'Gone', ending(view)), 'close');
  view.put('engagement', closed);
  const after = update(view, 'engagement', 'e1', reopening('engagement', closed, view), 'reopen');
  expect(after).toMatchObject({ state: 'inProgress', active: true });
  for (const field of ['closureCode', 'closeNotes', 'closedAt', 'closedBy']) expect(after).not.toHaveProperty(field);
});

test('BR-03 an ended record whose state is set back is reopened all the same', () => {
  const view = world();
  const closed = testRow('engagement', 'e2', {
    title: 'Old',
    account: 'a1',
    state: 'closed',
    active: false,
    closureCode: 'lost',
    closeNotes: 'x',
  });
  view.put('engagement', closed);
  const after = update(view, 'engagement', 'e2', { state: 'define' });
  expect(after).toMatchObject({ state: 'define', active: true });
  expect(after).not.toHaveProperty('closureCode');
});
