import { describe, expect, test } from 'vitest';
import { tableOf, type TableName } from '../../model/dictionary.ts';
import { close, cancel, planWorld, reopen } from '../../../test/support/plan-world.ts';
import { STATE_TABLES, type StateTable } from './state-tables.ts';

const tables = Object.entries(STATE_TABLES) as readonly (readonly [TableName, StateTable])[]; // its keys are record types

test.each(tables)('BR-17 the table of %s names states and values that exist, every state and every value', (name, { field, allowed }) => {
  const { fields, lifecycle } = tableOf(name);
  const states = Object.keys(fields[lifecycle?.field ?? 'state']?.choices ?? {});
  const values = Object.keys(fields[field]?.choices ?? {});
  for (const state of states) expect(allowed[state]?.length, `${name} ${state}`).toBeGreaterThan(0);
  for (const value of values) expect(Object.values(allowed).flat(), `${name} ${value}`).toContain(value);
});

describe('BR-17 state and stage of an onboarding case', () => {
  // the manual’s table: state → stages that go with it
  const MANUAL = [
    ['new', 'notStarted', 'atRisk'],
    ['unassigned', 'notStarted', 'atRisk'],
    ['active', 'onTrack', 'atRisk'],
    ['blocked', 'paused', 'atRisk'],
  ] as const;
  const ready = { assignedTo: 'u1', goLiveDate: '2025-09-01' };

  test.each(MANUAL)('%s takes %s, and keeps %s', (state, first, kept) => {
    const w = planWorld();
    const from = state === 'active' ? 'new' : 'active';
    w.run(({ update }) => update('onboardingCase', 'oc1', { ...ready, state: from }));
    w.run(({ update }) => update('onboardingCase', 'oc1', { state }));
    expect(w.row('onboardingCase', 'oc1').stage).toBe(first);
    w.run(({ update }) => update('onboardingCase', 'oc1', { stage: kept }));
    expect(w.row('onboardingCase', 'oc1')).toMatchObject({ state, stage: kept });
    w.run(({ update }) => update('onboardingCase', 'oc1', { state: from }));
    expect(w.row('onboardingCase', 'oc1')).toMatchObject({ state: from, stage: kept });
  });

  test.each([
    ['onTrack', 'active'],
    ['paused', 'blocked'],
    ['notStarted', 'new'],
  ] as const)('stage %s brings state %s', (stage, state) => {
    const w = planWorld();
    w.run(({ update }) => update('onboardingCase', 'oc1', { ...ready, state: stage === 'notStarted' ? 'active' : 'new' }));
    w.run(({ update }) => update('onboardingCase', 'oc1', { stage }));
    expect(w.row('onboardingCase', 'oc1').state).toBe(state);
  });

  test('it finishes by closing or cancelling, not by its stage', () => {
    const w = planWorld();
    const error = w.refused(({ update }) => update('onboardingCase', 'oc1', { stage: 'finished' }));
    expect(error.details.rule).toBe('BR-02');
    expect(error.message).toContain('Use “Close” or “Cancel”');
    for (const id of ['ok1'] as const) w.run(cancel(w, 'onboardingTask', id));
    w.run(cancel(w, 'dataImportTask', 'di1'));
    w.run(close(w, 'onboardingCase', 'oc1', 'successfulWithIssues'));
    expect(w.row('onboardingCase', 'oc1').stage).toBe('finished');
    w.run(({ update }) => update('onboardingCase', 'oc1', ready));
    w.run(reopen(w, 'onboardingCase', 'oc1'));
    expect(w.row('onboardingCase', 'oc1')).toMatchObject({ state: 'active', stage: 'onTrack' });
  });
});

describe('BR-17 state and progress of onboarding tasks', () => {
  const MANUAL = [
    ['open', 'notStarted'],
    ['awaitingCustomer', 'paused'],
    ['awaitingInternal', 'paused'],
    ['inProgress', 'onTrack'],
    ['review', 'onTrack'],
  ] as const;

  test.each(
    MANUAL.flatMap(([state, first]) => (['onboardingTask', 'dataImportTask'] as const).map((table) => [table, state, first] as const)),
  )('%s %s is %s', (table, state, first) => {
    const w = planWorld();
    const id = table === 'onboardingTask' ? 'ok1' : 'di1';
    w.run(({ update }) => update(table, id, { state: state === 'inProgress' ? 'awaitingInternal' : 'inProgress' }));
    w.run(({ update }) => update(table, id, { state }));
    expect(w.row(table, id).progress).toBe(first);
  });

  test.each([
    ['paused', 'awaitingCustomer'],
    ['onTrack', 'inProgress'],
    ['atRisk', 'awaitingCustomer'],
  ] as const)('progress %s brings state %s', (progress, state) => {
    const w = planWorld();
    w.run(({ update }) => update('onboardingTask', 'ok1', { progress }));
    expect(w.row('onboardingTask', 'ok1')).toMatchObject({ state, progress });
  });

  test('a state that fits is kept when the progress changes', () => {
    const w = planWorld();
    w.run(({ update }) => update('onboardingTask', 'ok1', { state: 'review' }));
    w.run(({ update }) => update('onboardingTask', 'ok1', { progress: 'atRisk' }));
    expect(w.row('onboardingTask', 'ok1').state).toBe('review');
  });

  test('closed and cancelled tasks are finished', () => {
    const w = planWorld();
    w.run(close(w, 'onboardingTask', 'ok1', 'completed'));
    w.run(cancel(w, 'dataImportTask', 'di1'));
    expect([w.row('onboardingTask', 'ok1').progress, w.row('dataImportTask', 'di1').progress]).toEqual(['finished', 'finished']);
  });
});

describe('BR-17 state and progress of other work', () => {
  const WORK = [
    ['touchpoint', 't1'],
    ['successObjective', 'so1'],
    ['successOutcome', 'st1'],
    ['successInitiative', 'si1'],
    ['successCase', 'sc1'],
    ['successTask', 'sk1'],
    ['internalPlay', 'ip1'],
    ['internalPlayTask', 'ik1'],
  ] as const;

  test.each(WORK)('a cancelled %s has progress cancelled, reopened it is on track', (table, id) => {
    const w = planWorld();
    w.run(cancel(w, table, id));
    expect(w.row(table, id).progress).toBe('cancelled');
    w.run(reopen(w, table, id));
    expect(w.row(table, id)).toMatchObject({ state: 'inProgress', progress: 'onTrack' });
  });

  test('closed work is completed', () => {
    const w = planWorld();
    w.run(close(w, 'successTask', 'sk1', 'addressed'));
    expect(w.row('successTask', 'sk1').progress).toBe('completed');
  });

  test.each(['notStarted', 'onTrack', 'atRisk', 'paused'] as const)('open work may be %s in every open state', (progress) => {
    const w = planWorld();
    for (const state of ['new', 'inProgress', 'paused'] as const) w.run(({ update }) => update('successTask', 'sk1', { state, progress }));
    expect(w.row('successTask', 'sk1')).toMatchObject({ state: 'paused', progress });
  });

  test('progress alone neither closes nor reopens, and the message says what does', () => {
    const w = planWorld();
    expect(w.refused(({ update }) => update('successTask', 'sk1', { progress: 'completed' })).message).toContain('Use “Close” or “Cancel”');
    w.run(close(w, 'successTask', 'sk1', 'addressed'));
    const error = w.refused(({ update }) => update('successTask', 'sk1', { progress: 'atRisk' }));
    expect(error.details).toMatchObject({ rule: 'BR-17', field: 'progress' });
    expect(error.message).toBe(
      'Success task “Workshop” (STK0000001): Progress cannot be At risk while the state is Closed. It can be: Completed. Change the state first: reopen it.',
    );
  });

  test('a new record is put right from the side that was given', () => {
    const w = planWorld();
    const values = { subject: 'X', parent: 'successCase/sc1', description: 'x' };
    w.run(({ create }) => {
      create('onboardingTask', 'ok2', { subject: 'Late', onboardingCase: 'oc1', progress: 'onTrack' });
      create('onboardingTask', 'ok3', { subject: 'Late', onboardingCase: 'oc1', state: 'review' });
      create('successTask', 'sk8', { ...values, progress: 'atRisk' });
    });
    expect(w.row('onboardingTask', 'ok2')).toMatchObject({ state: 'inProgress', progress: 'onTrack' });
    expect(w.row('onboardingTask', 'ok3')).toMatchObject({ state: 'review', progress: 'onTrack' });
    expect(w.row('successTask', 'sk8')).toMatchObject({ state: 'new', progress: 'atRisk' });
  });
});
