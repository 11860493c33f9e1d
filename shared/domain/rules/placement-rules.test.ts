import { expect, test } from 'vitest';
import { planWorld, signalAbout } from '../../../test/support/plan-world.ts';

test.each([
  ['REC-11', 'successObjective', 'so1'],
  ['REC-12', 'successOutcome', 'st1'],
  ['REC-13', 'successInitiative', 'si1'],
  ['REC-14', 'successCase', 'sc1'],
  ['REC-15', 'successTask', 'sk1'],
  ['REC-15', 'successTask', 'sk2'],
  ['REC-15', 'successTask', 'sk3'],
  ['REC-16', 'touchpoint', 't1'],
  ['REC-19', 'internalPlay', 'ip1'],
  ['REC-20', 'internalPlayTask', 'ik1'],
] as const)('%s a %s takes account and engagement from what it belongs to (%s)', (_row, table, id) => {
  expect(planWorld().row(table, id)).toMatchObject({ account: 'a1', engagement: 'e1' });
});

test('REC-25 REC-26 tasks of an onboarding case have its account, and follow it', () => {
  const w = planWorld();
  w.run(({ create }) => create('riskSignal', 'r1', signalAbout('onboardingCase', 'oc1')));
  w.run(({ update }) => update('onboardingCase', 'oc1', { account: 'a3' }));
  for (const row of [w.row('onboardingTask', 'ok1'), w.row('dataImportTask', 'di1'), w.row('riskSignal', 'r1')])
    expect(row.account).toBe('a3');
});

test('REC-15 a task moves along with what it is part of', () => {
  const w = planWorld();
  w.run(({ create }) => create('engagement', 'e2', { title: 'Labs', account: 'a2' }));
  w.run(({ remove }) => remove('successTask', 'sk3'));
  w.run(({ update }) => update('touchpoint', 't1', { engagement: 'e2' }));
  w.run(({ update }) => update('successTask', 'sk1', { parent: 'touchpoint/t1' }));
  expect(w.row('successTask', 'sk1')).toMatchObject({ account: 'a2', engagement: 'e2' });
});

test.each([
  ['engagement', 'e1'],
  ['successObjective', 'so1'],
  ['successOutcome', 'st1'],
  ['successInitiative', 'si1'],
  ['successCase', 'sc1'],
  ['successTask', 'sk1'],
  ['touchpoint', 't1'],
  ['internalPlay', 'ip1'],
  ['internalPlayTask', 'ik1'],
] as const)('REC-21 a risk signal hangs on any piece of work, %s, and belongs to its engagement', (table, id) => {
  const w = planWorld();
  w.run(({ create }) => create('riskSignal', 'r1', signalAbout(table, id)));
  expect(w.row('riskSignal', 'r1')).toMatchObject({ account: 'a1', engagement: 'e1' });
});

test('REC-21 a risk signal of an onboarding case needs no engagement, and has the account of the case', () => {
  const w = planWorld();
  w.run(({ create }) => {
    create('riskSignal', 'r1', signalAbout('onboardingCase', 'oc1'));
    create('riskSignal', 'r2', { ...signalAbout('onboardingTask', 'ok1'), engagement: 'e1' });
  });
  expect(w.row('riskSignal', 'r1')).toMatchObject({ account: 'a1' });
  expect(w.row('riskSignal', 'r1')).not.toHaveProperty('engagement');
  expect(w.row('riskSignal', 'r2')).toMatchObject({ account: 'a1', engagement: 'e1' });
});

test('BR-01 REC-21 a risk signal that hangs on nothing is refused, and the message says what it can hang on', () => {
  const error = planWorld().refused(({ create }) => create('riskSignal', 'r1', { shortDescription: 'Nowhere' }));
  expect(error.details).toMatchObject({ rule: 'BR-01', field: 'engagement' });
  expect(error.message).toBe('Risk signal “Nowhere” (RSK0000001) needs an engagement, or what it is about. Fill in Engagement or About.');
});

test('REC-21 a risk signal about work of another engagement than its own is refused', () => {
  const w = planWorld();
  w.run(({ create }) => create('engagement', 'e2', { title: 'Other', account: 'a3' }));
  const error = w.refused(({ create }) => create('riskSignal', 'r1', { ...signalAbout('successCase', 'sc1'), engagement: 'e2' }));
  expect(error.details).toMatchObject({ rule: 'REC-21', field: 'engagement' });
  expect(error.message).toContain('is about success case “Slow search” (SCA0000001), which belongs elsewhere');
  expect(
    w.refused(({ create }) => create('riskSignal', 'r1', { ...signalAbout('onboardingCase', 'oc1'), engagement: 'e2' })).details.rule,
  ).toBe('REC-21');
});

test('REC-21 a signal that is given something else to be about moves to its engagement', () => {
  const w = planWorld();
  w.run(({ create }) => {
    create('engagement', 'e2', { title: 'Other', account: 'a3' });
    create('riskSignal', 'r1', signalAbout('successCase', 'sc1'));
  });
  w.run(({ update }) => update('riskSignal', 'r1', { about: 'engagement/e2' }));
  expect(w.row('riskSignal', 'r1')).toMatchObject({ engagement: 'e2', account: 'a3' });
});

test('REC-23 REC-34 a solution and an approval belong to the engagement of their record', () => {
  const w = planWorld();
  w.run(({ create }) => {
    create('riskSignal', 'r1', signalAbout('engagement', 'e1'));
    create('riskSolution', 'x1', { signal: 'r1', solution: 'internalPlay/ip1' });
    create('approval', 'p1', { about: 'successOutcome/st1', approver: 'u1' });
    create('approval', 'p2', { about: 'account/a1', approver: 'u1' });
  });
  expect(w.row('riskSolution', 'x1')).toMatchObject({ engagement: 'e1', account: 'a1' });
  expect(w.row('approval', 'p1')).toMatchObject({ engagement: 'e1', account: 'a1' });
  expect(w.row('approval', 'p2')).toMatchObject({ account: 'a1' });
});
