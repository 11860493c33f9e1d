import { expect, test } from 'vitest';
import { linkValue } from '../../model/links.ts';
import { linksInto } from '../../model/work-links.ts';
import { tableNames, tableOf, type TableName } from '../../model/dictionary.ts';
import { cancel, close, planWorld, reopen } from '../../../test/support/plan-world.ts';
import type { RuleWorld } from '../../../test/support/rule-harness.ts';
import { runsEndWith } from './cascade-rules.ts';
import { runRules } from './run-rules.ts';

const states = (w: RuleWorld, ...records: readonly (readonly [TableName, string])[]) =>
  records.map(([table, id]) => (w.row(table, id) as { readonly state?: string }).state);

test.each([
  ['engagement', 'e1', 'completed', '1 success objective, 1 success case, 1 internal play of it are open'],
  ['successObjective', 'so1', 'achieved', '1 success outcome of it is open'],
  ['successOutcome', 'st1', 'missed', '1 success initiative of it is open'],
  ['successInitiative', 'si1', 'partiallyAchieved', '1 success task of it is open'],
  ['successCase', 'sc1', 'addressed', '1 success task of it is open'],
  ['touchpoint', 't1', 'addressed', '1 success task of it is open'],
  ['internalPlay', 'ip1', 'addressed', '1 internal play task of it is open'],
  ['onboardingCase', 'oc1', 'successfulNoIssues', '1 onboarding task, 1 data import task of it are open'],
] as const)('BR-14 open children block closing a %s, and are listed', (table, id, code, words) => {
  const w = planWorld();
  const error = w.refused(close(w, table, id, code));
  expect(error.details).toMatchObject({ rule: 'BR-14', table, recordId: id });
  expect(error.message).toContain(words);
  expect(error.message).toContain('Close or cancel them first');
  expect(error.details.blocking?.length).toBeGreaterThan(0);
});

test('BR-14 with its children closed or cancelled a parent is closed, from the leaves up', () => {
  const w = planWorld();
  w.run(close(w, 'successTask', 'sk1', 'addressed'));
  w.run(close(w, 'successInitiative', 'si1', 'achieved'));
  w.run(close(w, 'successOutcome', 'st1', 'achieved'));
  w.run(close(w, 'successObjective', 'so1', 'achieved'));
  w.run(cancel(w, 'successCase', 'sc1'));
  w.run(cancel(w, 'internalPlay', 'ip1'));
  w.run(close(w, 'engagement', 'e1', 'completed'));
  expect(states(w, ['engagement', 'e1'], ['successTask', 'sk1'], ['successTask', 'sk2'])).toEqual(['closed', 'closed', 'cancelled']);
});

test('BR-14 children closed in the same command do not block', () => {
  const w = planWorld();
  const child = close(w, 'internalPlayTask', 'ik1', 'addressed');
  const parent = close(w, 'internalPlay', 'ip1', 'addressed');
  w.run((command) => {
    parent(command);
    child(command);
  });
  expect(states(w, ['internalPlay', 'ip1'])).toEqual(['closed']);
});

test('BR-14 nothing new is opened within what is closed', () => {
  const w = planWorld();
  w.run(close(w, 'internalPlayTask', 'ik1', 'addressed'));
  w.run(close(w, 'internalPlay', 'ip1', 'addressed'));
  const fresh = { shortDescription: 'More', internalPlay: 'ip1', description: 'x' };
  const error = w.refused(({ create }) => create('internalPlayTask', 'ik2', fresh));
  expect(error.details).toMatchObject({ rule: 'BR-14', field: 'internalPlay', blocking: [{ table: 'internalPlay', id: 'ip1' }] });
  expect(error.message).toContain('is part of, is closed. Reopen that first, or choose another internal play.');
  expect(w.refused(reopen(w, 'internalPlayTask', 'ik1')).details.rule).toBe('BR-14');
  w.run(reopen(w, 'internalPlay', 'ip1'));
  w.run(({ create }) => create('internalPlayTask', 'ik2', fresh));
  expect(states(w, ['internalPlayTask', 'ik1'], ['internalPlayTask', 'ik2'])).toEqual(['closed', 'new']);
});

test('BR-15 cancelling a parent cancels its open children down to the leaves, each with code and notes', () => {
  const w = planWorld();
  w.run(cancel(w, 'successObjective', 'so1'));
  expect(states(w, ['successOutcome', 'st1'], ['successInitiative', 'si1'], ['successTask', 'sk1'])).toEqual([
    'cancelled',
    'cancelled',
    'cancelled',
  ]);
  expect(w.row('successTask', 'sk1')).toMatchObject({ active: false, closureCode: 'cancelled', progress: 'cancelled', closedBy: 'u1' });
  expect(w.row('successOutcome', 'st1').closeNotes).toBe('Cancelled with success objective “Faster service” (SOB0000001): Not needed');
  expect(states(w, ['successTask', 'sk2'], ['successCase', 'sc1'])).toEqual(['new', 'new']);
});

test.each([
  ['engagement', 'e1', ['successTask', 'sk1'], ['internalPlayTask', 'ik1']],
  ['successCase', 'sc1', ['successTask', 'sk2'], ['successTask', 'sk2']],
  ['touchpoint', 't1', ['successTask', 'sk3'], ['successTask', 'sk3']],
  ['internalPlay', 'ip1', ['internalPlayTask', 'ik1'], ['internalPlayTask', 'ik1']],
  ['onboardingCase', 'oc1', ['onboardingTask', 'ok1'], ['dataImportTask', 'di1']],
] as const)('BR-15 cancelling a %s reaches what is part of it', (table, id, one, other) => {
  const w = planWorld();
  w.run(cancel(w, table, id));
  expect(states(w, one, other)).toEqual(['cancelled', 'cancelled']);
  expect(w.row(other[0], other[1])).toMatchObject({ closureCode: 'cancelled', active: false });
});

test('BR-15 children that were closed before stay as they ended', () => {
  const w = planWorld();
  w.run(close(w, 'successTask', 'sk2', 'unaddressed'));
  w.run(cancel(w, 'successCase', 'sc1'));
  expect(w.row('successTask', 'sk2')).toMatchObject({ state: 'closed', closureCode: 'unaddressed', closeNotes: 'Done' });
});

test('BR-15 nothing new is opened within what is cancelled', () => {
  const w = planWorld();
  w.run(cancel(w, 'successCase', 'sc1'));
  const error = w.refused(reopen(w, 'successTask', 'sk2'));
  expect(error.details).toMatchObject({ rule: 'BR-15', blocking: [{ table: 'successCase', id: 'sc1' }] });
});

test('BR-03 reopening a cancelled parent reopens those that were cancelled with it, and only those', () => {
  const w = planWorld();
  w.run(({ create }) => create('successTask', 'sk4', { subject: 'Earlier', parent: 'successCase/sc1', description: 'x' }));
  w.run(cancel(w, 'successTask', 'sk4'));
  w.run(cancel(w, 'successCase', 'sc1'));
  w.run(reopen(w, 'successCase', 'sc1'));
  expect(states(w, ['successCase', 'sc1'], ['successTask', 'sk2'], ['successTask', 'sk4'])).toEqual([
    'inProgress',
    'inProgress',
    'cancelled',
  ]);
  expect(w.row('successTask', 'sk2')).not.toHaveProperty('closeNotes');
  expect(w.row('successTask', 'sk2')).toMatchObject({ active: true, progress: 'onTrack' });
});

test('BR-16 cancelling an initiative ends what is carried out for it', () => {
  const w = planWorld();
  w.run(cancel(w, 'successInitiative', 'si1'));
  expect(w.row('successTask', 'sk1')).toMatchObject({
    state: 'cancelled',
    closeNotes: 'Cancelled with success initiative “New desk” (SIN0000001): Not needed',
  });
});

test.each(['close', 'cancel'] as const)('BR-16 a run that names an initiative as its end is cancelled on %s of it', (deed) => {
  // what a type of runs will declare as `endsWith`; here tasks stand for runs
  const rule = runsEndWith('successInitiative', [{ table: 'successTask', field: 'parent', to: 'successInitiative', any: true }]);
  const w = planWorld();
  const touched: string[] = [];
  const act = deed === 'close' ? close(w, 'successInitiative', 'si1', 'achieved') : cancel(w, 'successInitiative', 'si1');
  const before = w.row('successInitiative', 'si1');
  act({ create: () => undefined, remove: () => undefined, update: (table, _id, set) => w.view.put(table, { ...before, ...set }) });
  runRules([rule], {
    context: { view: w.view, asOf: '2025-06-15', settings: { currency: 'USD', timeZone: 'UTC', onboardingMandatory: false } },
    changes: [{ table: 'successInitiative', id: 'si1', action: deed, before, after: w.row('successInitiative', 'si1') }],
    parts: 'all',
    apply: ({ id, set }) => {
      touched.push(`${id} ${String(set['state'])} ${String(set['closeNotes'])}`);
      return undefined;
    },
  });
  const words = deed === 'close' ? 'Cancelled on the close of' : 'Cancelled with';
  expect(touched).toEqual([
    `sk1 cancelled ${words} success initiative “New desk” (SIN0000001): ${deed === 'close' ? 'Done' : 'Not needed'}`,
  ]);
});

test('what is part of other work is declared with fields that exist, and what has an end', () => {
  for (const table of tableNames)
    for (const role of ['partOf', 'endsWith'] as const)
      for (const link of linksInto(table, role)) {
        expect([link.table, tableOf(link.table).lifecycle === undefined]).toEqual([link.table, false]);
        expect([table, tableOf(table).lifecycle === undefined]).toEqual([table, false]);
        expect(linkValue(link, 'x')).toBe(link.any ? `${table}/x` : 'x');
      }
  for (const table of tableNames) {
    const { placedBy, partOf, fields } = tableOf(table);
    for (const name of [placedBy, partOf]) if (name !== undefined) expect(fields[name], `${table}.${name}`).toBeDefined();
    if (placedBy !== undefined && placedBy !== 'engagement' && fields['engagement']) expect(fields['engagement'].readOnly).toBe(true);
  }
});
