import { expect, test } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import { memoryView, testRow, type MemoryView } from '../../../test/support/memory-view.ts';
import { allRules } from './all-rules.ts';
import { rule, SAVED, type AnyRule, type Change, type Effect, type RuleRun } from './rule.ts';
import { runRules } from './run-rules.ts';

const settings = { currency: 'USD', timeZone: 'UTC', onboardingMandatory: false };
const account = (id: string, fields: object = {}) => testRow('account', id, { name: id, ...fields });

/** A run over records of a view whose changes are applied to it at once, as the store does. */
function runOf(view: MemoryView, changes: readonly Change[], parts: RuleRun['parts'] = 'all'): RuleRun & { readonly applied: Effect[] } {
  const applied: Effect[] = [];
  return {
    context: { view, asOf: '2025-06-15', settings },
    changes,
    parts,
    applied,
    apply: (effect) => {
      applied.push(effect);
      const known = changes.find(({ id }) => id === effect.id);
      const after = { ...account(effect.id), ...view.get('account', effect.id), ...effect.set };
      const before = known ? known.before : view.get('account', effect.id);
      view.put('account', after);
      return { table: 'account', id: effect.id, action: known?.action ?? 'update', before, after };
    },
  };
}
const created = (view: MemoryView, id: string): Change => ({
  table: 'account',
  id,
  action: 'create',
  before: undefined,
  after: view.get('account', id),
});

test('fills run before effects and both before the checks of the final state', () => {
  const view = memoryView();
  view.put('account', account('a1'), account('a2'));
  const seen: string[] = [];
  const rules: readonly AnyRule[] = [
    rule('X-1', 'account', SAVED, {
      check: ({ view: now }) => {
        seen.push(`check ${now.get('account', 'a1')?.city} ${now.get('account', 'a2')?.city}`);
        return undefined;
      },
    }),
    rule('X-2', 'account', ['create'], {
      fill: (_context, { id }) => (seen.push(`fill ${id}`), { city: 'Graz' }),
      effects: (_context, { id }) => (seen.push(`effects ${id}`), [{ table: 'account', id: 'a2', set: { city: 'Linz' } }]),
    }),
  ];
  runRules(rules, runOf(view, [created(view, 'a1')]));
  expect(seen).toEqual(['fill a1', 'effects a1', 'check Graz Linz', 'check Graz Linz']);
});

test('a rule that watches fields sleeps through updates of others', () => {
  const view = memoryView();
  view.put('account', account('a1', { city: 'Graz' }));
  const heard: string[] = [];
  const rules: readonly AnyRule[] = [
    rule('X-1', 'account', ['update', 'delete'], { fields: ['city'], check: (_context, { action }) => void heard.push(action) }),
  ];
  const row = account('a1', { city: 'Graz' });
  runRules(
    rules,
    runOf(view, [{ table: 'account', id: 'a1', action: 'update', before: account('a1', { city: 'Graz', name: 'x' }), after: row }]),
  );
  expect(heard).toEqual([]);
  runRules(rules, runOf(view, [{ table: 'account', id: 'a1', action: 'update', before: account('a1', { city: 'Linz' }), after: row }]));
  runRules(rules, runOf(view, [{ table: 'account', id: 'a1', action: 'delete', before: row, after: undefined }]));
  expect(heard).toEqual(['update', 'delete']);
});

test('sums are worked out once for each record they go to', () => {
  const view = memoryView();
  view.put('account', account('a1'), account('a2', { parent: 'a1' }), account('a3', { parent: 'a1' }));
  let worked = 0;
  const rules: readonly AnyRule[] = [
    rule('X-1', 'account', ['create'], {
      recompute: {
        table: 'account',
        targets: (_context, { after }) => (after?.parent === undefined ? [] : [after.parent, 'gone']),
        values: ({ view: now }, id) => {
          worked += 1;
          return { seats: now.by('account', 'parent', id).length };
        },
      },
    }),
  ];
  const run = runOf(
    view,
    ['a2', 'a3'].map((id) => created(view, id)),
  );
  runRules(rules, run);
  expect(worked).toBe(1);
  expect(run.applied).toEqual([{ table: 'account', id: 'a1', set: { seats: 2 } }]);
});

test('the first refusal stops the command', () => {
  const view = memoryView();
  view.put('account', account('a1'));
  const refusing = (id: string) => rule(id, 'account', ['create'], { check: () => new AppError('rule', id, { rule: id }) });
  expect(() => runRules([refusing('X-1'), refusing('X-2')], runOf(view, [created(view, 'a1')]))).toThrow('X-1');
});

test('effects go on until nothing changes, and not for ever', () => {
  const view = memoryView();
  view.put('account', account('a1', { seats: 0 }));
  const counting = (most: number): readonly AnyRule[] => [
    rule('X-1', 'account', SAVED, {
      effects: (_context, { after }) =>
        (after?.seats ?? 0) < most ? [{ table: 'account', id: 'a1', set: { seats: (after?.seats ?? 0) + 1 } }] : [],
    }),
  ];
  runRules(counting(5), runOf(view, [created(view, 'a1')]));
  expect(view.get('account', 'a1')?.seats).toBe(5);
  expect(() => runRules(counting(100), runOf(view, [created(view, 'a1')]))).toThrow('did not come to rest');
});

test('an undo asks only whether it is allowed', () => {
  const view = memoryView();
  view.put('account', account('a1'));
  const rules: readonly AnyRule[] = [
    rule('X-1', 'account', ['create'], {
      fill: () => ({ city: 'Graz' }),
      effects: () => [{ table: 'account', id: 'a1', set: { seats: 1 } }],
    }),
    rule('X-2', 'account', ['create'], { check: () => new AppError('rule', 'no', { rule: 'X-2' }) }),
  ];
  const run = runOf(view, [created(view, 'a1')], 'checks');
  expect(() => runRules(rules, run)).toThrow('no');
  expect(run.applied).toEqual([]);
});

test('a rule cannot invent a field', () => {
  const view = memoryView();
  view.put('account', account('a1'));
  expect(() =>
    runRules([rule('X-1', 'account', ['create'], { fill: () => ({ colour: 'red' }) })], runOf(view, [created(view, 'a1')])),
  ).toThrow('account.colour');
});

test('DCE-05 BR-38 an undo steps back over publication', () => {
  const view = memoryView();
  const draft = testRow('healthDefinition', 'h1', { name: 'All', global: true, state: 'draft' });
  const published = testRow('healthDefinition', 'h1', { name: 'All', global: true, state: 'published' });
  view.put('healthDefinition', draft);
  const back: Change<'healthDefinition'> = { table: 'healthDefinition', id: 'h1', action: 'update', before: published, after: draft };
  const run = { ...runOf(view, [back], 'checks') };
  expect(() => runRules(allRules, run)).toThrow('can only become retired');
  runRules(allRules, { ...run, puttingBack: true });
});
