import { expect, test } from 'vitest';
import { ruleWorld, type RuleWorld } from '../../../test/support/rule-harness.ts';
import { cancelling, closing, reopening } from './life-cycle.ts';

function world(): RuleWorld {
  const made = ruleWorld();
  made.run((command) => {
    command.create('user', 'u1', { name: 'Kim' });
    command.create('account', 'a1', { name: 'Acme' });
    command.create('engagement', 'e1', { title: 'Care', account: 'a1', state: 'inProgress' });
  });
  return made;
}

const ending = ({ view }: RuleWorld, by = 'u1') => ({ at: '2025-06-15T10:00:00.000Z', by, view });

test('BR-02 closing needs a closure code and close notes and makes the record inactive', () => {
  const w = world();
  const row = w.row('engagement', 'e1');
  expect(() => closing('engagement', row, '', 'done', ending(w))).toThrow('Choose one of: Completed, Transferred, Lost.');
  expect(() => closing('engagement', row, 'cancelled', 'done', ending(w))).toThrow('Choose one of: Completed, Transferred, Lost.');
  expect(() => closing('engagement', row, 'completed', ' ', ending(w))).toThrow(
    'cannot be ended without close notes. Say in a few words why.',
  );
  w.run((command) => command.update('engagement', 'e1', closing('engagement', row, 'completed', 'All done', ending(w)), 'close'));
  expect(w.row('engagement', 'e1')).toMatchObject({
    state: 'closed',
    active: false,
    closureCode: 'completed',
    closeNotes: 'All done',
    closedAt: '2025-06-15T10:00:00.000Z',
    closedBy: 'u1',
  });
});

test('BR-02 setting the state to closed by hand is refused and says what to use', () => {
  const error = world().refused((command) => command.update('engagement', 'e1', { state: 'closed' }));
  expect(error.details).toMatchObject({ rule: 'BR-02', table: 'engagement', recordId: 'e1', field: 'closureCode' });
  expect(error.message).toBe(
    'Engagement “Care” (ENG0000001) cannot be closed without a closure code and close notes. Use “Close” or “Cancel”, which ask for them.',
  );
});

test('BR-02 cancelling sets the cancelled closure code itself', () => {
  const w = world();
  w.run((command) =>
    command.update(
      'engagement',
      'e1',
      cancelling('engagement', w.row('engagement', 'e1'), 'Customer left', ending(w, 'system:x')),
      'cancel',
    ),
  );
  const after = w.row('engagement', 'e1');
  expect(after).toMatchObject({ state: 'cancelled', active: false, closureCode: 'cancelled', closeNotes: 'Customer left' });
  expect(after).not.toHaveProperty('closedBy');
  expect(() => cancelling('engagement', after, 'again', ending(w))).toThrow('has been closed or cancelled already. Reopen it first.');
});

test('BR-02 a type without states cannot be closed', () => {
  const w = world();
  expect(() => closing('account', w.row('account', 'a1'), 'x', 'y', ending(w))).toThrow('Accounts cannot be closed');
});

test('BR-03 reopening clears the closure data and makes the record active again', () => {
  const w = world();
  expect(() => reopening('engagement', w.row('engagement', 'e1'), w.view)).toThrow('is not closed, so it cannot be reopened');
  w.run((command) =>
    command.update('engagement', 'e1', closing('engagement', w.row('engagement', 'e1'), 'lost', 'Gone', ending(w)), 'close'),
  );
  w.run((command) => command.update('engagement', 'e1', reopening('engagement', w.row('engagement', 'e1'), w.view), 'reopen'));
  const after = w.row('engagement', 'e1');
  expect(after).toMatchObject({ state: 'inProgress', active: true });
  for (const field of ['closureCode', 'closeNotes', 'closedAt', 'closedBy']) expect(after).not.toHaveProperty(field);
});

test('BR-03 an ended record whose state is set back is reopened all the same', () => {
  const w = world();
  w.run((command) =>
    command.create('engagement', 'e2', { title: 'Old', account: 'a1', state: 'closed', closureCode: 'lost', closeNotes: 'x' }),
  );
  expect(w.row('engagement', 'e2').active).toBe(false);
  w.run((command) => command.update('engagement', 'e2', { state: 'define' }));
  expect(w.row('engagement', 'e2')).toMatchObject({ state: 'define', active: true });
  expect(w.row('engagement', 'e2')).not.toHaveProperty('closureCode');
});

test('BR-01 a mandatory field that is empty in the finished record is named, in old records only where it was emptied', () => {
  const w = world();
  const error = w.refused((command) => command.update('engagement', 'e1', { title: null }));
  expect(error.message).toBe('Engagement needs Title. Fill it in.');
  expect(error.details).toMatchObject({ rule: 'BR-01', table: 'engagement', recordId: 'e1', field: 'title' });
  w.run((command) => command.update('engagement', 'e1', { description: 'fine' }));
});
