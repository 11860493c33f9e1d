import { expect, test } from 'vitest';
import { cancel, close, planWorld, reopen, signalAbout } from '../../../test/support/plan-world.ts';
import { tableNames, tableOf, type TableName } from '../../model/dictionary.ts';
import { closing } from './life-cycle.ts';

const PLANNED = [
  ['successObjective', 'so1'],
  ['successOutcome', 'st1'],
] as const;

test.each(PLANNED)('BR-11 the planned stop of a %s is not before its planned start', (table, id) => {
  const w = planWorld();
  const error = w.refused(({ update }) => update(table, id, { plannedStart: '2025-07-02', plannedStop: '2025-07-01' }));
  expect(error.details).toMatchObject({ rule: 'BR-11', field: 'plannedStop' });
  expect(error.message).toContain('Planned stop (2025-07-01) is before Planned start (2025-07-02). Correct one of them.');
  w.run(({ update }) => update(table, id, { plannedStart: '2025-07-01', plannedStop: '2025-07-01' }));
  w.run(({ update }) => update(table, id, { plannedStart: null, plannedStop: '2020-07-01' }));
});

test('BR-12 an outcome tracked by metric names its metric; one tracked by hand does not', () => {
  const w = planWorld();
  w.run(({ create }) => create('dataSource', 'd1', { name: 'NPS', kind: 'external' }));
  const none = w.refused(({ update }) => update('successOutcome', 'st1', { trackingMethod: 'metric' }));
  expect(none.details).toMatchObject({ rule: 'BR-12', field: 'metric' });
  expect(none.message).toContain('Success outcome “Half the waiting” (SOT0000001) is tracked by a metric, so it needs one.');
  const both = w.refused(({ update }) => update('successOutcome', 'st1', { metric: 'd1' }));
  expect(both.message).toContain('is tracked by hand, so it has no metric. Empty Metric, or track it by a metric.');
  w.run(({ update }) => update('successOutcome', 'st1', { trackingMethod: 'metric', metric: 'd1' }));
  w.run(({ update }) => update('successOutcome', 'st1', { trackingMethod: 'manual', metric: null }));
});

test('BR-13 an internal play has no parent', () => {
  const w = planWorld();
  const error = w.refused(({ update }) => update('internalPlay', 'ip1', { parent: 'successCase/sc1' }));
  expect(error.details).toMatchObject({ rule: 'BR-13', field: 'parent' });
  expect(error.message).toContain('stands by itself. Leave Parent empty, or create an internal play task.');
  w.run(({ update }) => update('internalPlay', 'ip1', { shortDescription: 'Renewal of the big one' }));
});

test('BR-20 a solution is linked to a risk only once', () => {
  const w = planWorld();
  w.run(({ create }) => {
    create('riskSignal', 'r1', signalAbout('engagement', 'e1'));
    create('riskSignal', 'r2', signalAbout('engagement', 'e1'));
    create('riskSolution', 'x1', { signal: 'r1', solution: 'internalPlay/ip1' });
  });
  const error = w.refused(({ create }) => create('riskSolution', 'x2', { signal: 'r1', solution: 'internalPlay/ip1' }));
  expect(error.details).toMatchObject({ rule: 'BR-20', field: 'solution' });
  expect(error.message).toBe(
    'Internal play “Renewal” (IPL0000001) is linked to risk signal “Sponsor left” (RSK0000001) already. Choose another solution.',
  );
  w.run(({ create }) => {
    create('riskSolution', 'x2', { signal: 'r2', solution: 'internalPlay/ip1' });
    create('riskSolution', 'x3', { signal: 'r1', solution: 'internalPlayTask/ik1' });
    create('riskSolution', 'x4', { signal: 'r1', solution: 'successTask/sk1' });
  });
  expect(w.refused(({ update }) => update('riskSolution', 'x3', { solution: 'internalPlay/ip1' })).details.rule).toBe('BR-20');
  w.run(({ update }) => update('riskSolution', 'x3', { solution: 'successCase/sc1' }));
});

test('REC-34 a rejection gives its reason, and the day of a decision is kept', () => {
  const w = planWorld();
  w.run(({ create }) => create('approval', 'p1', { about: 'successOutcome/st1', approver: 'u1', requestedBy: 'u2' }));
  const error = w.refused(({ update }) => update('approval', 'p1', { state: 'rejected' }));
  expect(error.details).toMatchObject({ rule: 'REC-34', field: 'reason' });
  w.run(({ update }) => update('approval', 'p1', { state: 'rejected', reason: 'Too vague' }));
  expect(w.row('approval', 'p1').decidedOn).toBe('2025-06-15');
  w.run(({ update }) => update('approval', 'p1', { state: 'requested' }));
  expect(w.row('approval', 'p1')).not.toHaveProperty('decidedOn');
  w.run(({ update }) => update('approval', 'p1', { state: 'approved' }));
});

/** What each type of plans and plays can be closed with. */
const CODES: Partial<Record<TableName, readonly string[]>> = {
  successObjective: ['Achieved', 'Partially achieved', 'Missed', 'Cancelled'],
  successOutcome: ['Achieved', 'Partially achieved', 'Missed', 'Cancelled'],
  successInitiative: ['Achieved', 'Partially achieved', 'Missed', 'Cancelled'],
  successCase: ['Addressed', 'Unaddressed', 'Cancelled'],
  successTask: ['Addressed', 'Unaddressed', 'Cancelled'],
  touchpoint: ['Addressed', 'Unaddressed', 'Cancelled'],
  internalPlay: ['Addressed', 'Unaddressed', 'Cancelled'],
  internalPlayTask: ['Addressed', 'Unaddressed', 'Cancelled'],
  onboardingCase: ['Successful, no issues', 'Successful, with issues', 'Unsuccessful, unable to complete', 'Voided or cancelled'],
  onboardingTask: ['Completed', 'Partially completed', 'Cancelled'],
  dataImportTask: ['Completed', 'Partially completed', 'Cancelled'],
};
const LEAVES = [
  ['successTask', 'sk1'],
  ['internalPlayTask', 'ik1'],
  ['onboardingTask', 'ok1'],
  ['dataImportTask', 'di1'],
] as const;

test.each(Object.entries(CODES))('BR-02 a %s ends with the closure codes of its kind', (table, codes) => {
  expect(Object.values(tableOf(table as TableName).lifecycle?.closureCodes ?? {})).toEqual(codes);
});

test.each(LEAVES)('BR-02 BR-03 a %s is closed with code and notes, is inactive then, and is as before when reopened', (table, id) => {
  const w = planWorld();
  const ending = { at: '2025-06-15T10:00:00.000Z', by: 'u1', view: w.view };
  expect(() => closing(table, w.row(table, id), '', 'x', ending)).toThrow('cannot be closed without a closure code');
  expect(() => closing(table, w.row(table, id), 'cancelled', 'x', ending)).toThrow('cannot be closed without a closure code');
  const [code = ''] = Object.keys(tableOf(table).lifecycle?.closureCodes ?? {});
  w.run(close(w, table, id, code));
  expect(w.row(table, id)).toMatchObject({ state: 'closed', active: false, closureCode: code, closeNotes: 'Done' });
  w.run(reopen(w, table, id));
  expect(w.row(table, id).active).toBe(true);
  for (const field of ['closureCode', 'closeNotes', 'closedAt', 'closedBy']) expect(w.row(table, id)).not.toHaveProperty(field);
});

test('BR-02 a cancelled onboarding case is voided by itself', () => {
  const w = planWorld();
  w.run(cancel(w, 'onboardingCase', 'oc1'));
  expect(w.row('onboardingCase', 'oc1')).toMatchObject({ state: 'cancelled', closureCode: 'voided', active: false });
});

test('BR-01 the mandatory fields of plans and plays are those of the manual', () => {
  const mandatory = (table: TableName) =>
    Object.entries(tableOf(table).fields).flatMap(([key, { isMandatory }]) => (isMandatory ? [key] : []));
  expect(mandatory('successObjective')).toEqual(['title', 'engagement', 'description']);
  expect(mandatory('successOutcome')).toEqual(['title', 'objective', 'description']);
  expect(mandatory('successInitiative')).toEqual(['subject', 'outcome']);
  expect(mandatory('successCase')).toEqual(['shortDescription', 'engagement', 'description']);
  expect(mandatory('successTask')).toEqual(['subject', 'parent', 'description']);
  expect(mandatory('internalPlay')).toEqual(['shortDescription', 'engagement', 'description']);
  expect(mandatory('internalPlayTask')).toEqual(['shortDescription', 'internalPlay', 'description']);
  expect(mandatory('riskSolution')).toEqual(['signal', 'solution']);
  expect(tableNames).toContain('approval');
});
