import { expect, test } from 'vitest';
import type { TableName } from '../../model/dictionary.ts';
import { planWorld, signalAbout } from '../../../test/support/plan-world.ts';
import type { RuleWorld } from '../../../test/support/rule-harness.ts';

const description = 'As agreed';

/** Two more places to move to: engagement e2 of the same account with an objective, an outcome and a play. */
function withOthers(): RuleWorld {
  const w = planWorld();
  w.run(({ create }) => {
    create('engagement', 'e2', { title: 'Second', account: 'a1' });
    create('successObjective', 'so2', { title: 'Other', engagement: 'e1', description });
    create('successOutcome', 'st2', { title: 'Other', objective: 'so1', description });
    create('internalPlay', 'ip2', { shortDescription: 'Other', engagement: 'e1', description });
  });
  return w;
}

test.each([
  ['BR-04', 'engagement', 'e1', 'account', 'a2', 'success objectives, 1 success case, 2 internal plays hang on it'],
  ['BR-08', 'successObjective', 'so1', 'engagement', 'e2', '2 success outcomes hang on it'],
  ['BR-09', 'successOutcome', 'st1', 'objective', 'so2', '1 success initiative hangs on it'],
  ['BR-10', 'successInitiative', 'si1', 'outcome', 'st2', '1 success task hangs on it'],
  ['BR-10', 'successCase', 'sc1', 'engagement', 'e2', '1 success task hangs on it'],
  ['BR-10', 'touchpoint', 't1', 'engagement', 'e2', '1 success task hangs on it'],
  ['BR-10', 'internalPlay', 'ip1', 'engagement', 'e2', '1 internal play task hangs on it'],
] as const)('%s what hangs on it keeps a %s where it is (%s: %s)', (rule, table, id, field, value, words) => {
  const w = withOthers();
  const error = w.refused(({ update }) => update(table, id, { [field]: value }));
  expect(error.details).toMatchObject({ rule, table, recordId: id, field });
  expect(error.details.blocking?.length).toBeGreaterThan(0);
  expect(error.message).toContain(words);
});

test.each<[string, TableName, string, string, string]>([
  ['BR-08', 'successObjective', 'so2', 'engagement', 'e2'],
  ['BR-09', 'successOutcome', 'st2', 'objective', 'so2'],
  ['BR-10', 'successTask', 'sk1', 'parent', 'successCase/sc1'],
  ['BR-10', 'internalPlay', 'ip2', 'engagement', 'e2'],
  ['BR-10', 'internalPlayTask', 'ik1', 'internalPlay', 'ip2'],
])('%s a %s on which nothing hangs is moved, until a risk signal hangs on it (%s: %s)', (rule, table, id, field, value) => {
  const w = withOthers();
  w.run(({ create, update }) => {
    create('riskSignal', 'r1', signalAbout(table, id));
    update('riskSignal', 'r1', { about: 'engagement/e1' });
  });
  const before = (w.row(table, id) as unknown as Record<string, unknown>)[field];
  w.run(({ update }) => update(table, id, { [field]: value }));
  w.run(({ update }) => update(table, id, { [field]: before }));
  w.run(({ create }) => create('riskSignal', 'r2', signalAbout(table, id)));
  const error = w.refused(({ update }) => update(table, id, { [field]: value }));
  expect(error.details).toMatchObject({ rule, field, blocking: [{ table: 'riskSignal', id: 'r2' }] });
});

test.each(['successCase', 'internalPlay', 'successObjective'] as const)(
  'BR-04 one %s alone keeps the engagement at its account',
  (table) => {
    const w = planWorld();
    const values = { shortDescription: 'X', title: 'X', engagement: 'e2', description };
    const { shortDescription: _short, ...titled } = values;
    const { title: _title, ...short } = values;
    w.run(({ create }) => {
      create('engagement', 'e2', { title: 'Fresh', account: 'a1' });
      create(table, 'x1', table === 'successObjective' ? titled : short);
    });
    expect(w.refused(({ update }) => update('engagement', 'e2', { account: 'a2' })).details).toMatchObject({
      rule: 'BR-04',
      field: 'account',
    });
    w.run(({ remove }) => remove(table, 'x1'));
    w.run(({ update }) => update('engagement', 'e2', { account: 'a2' }));
  },
);
