import { expect, test } from 'vitest';
import { memoryView, testRow } from '../../../test/support/memory-view.ts';
import { savedFilterRules } from './saved-filter-rules.ts';

const condition = { all: [] } as const;
const view = memoryView();
const filter = (id: string, fields: object) =>
  testRow('savedFilter', id, { name: id, list: 'touchpoint', condition, standard: true, ...fields });
view.put(
  'savedFilter',
  filter('before', { owner: 'u1' }),
  filter('hers', { owner: 'u2' }),
  filter('elsewhere', { owner: 'u1', list: 'account' }),
);

const effectsOf = (after: ReturnType<typeof filter>) =>
  savedFilterRules.flatMap((rule) =>
    // there is one rule, and it is about saved filters
    (rule.effects as (context: object, change: object) => readonly { readonly id: string; readonly set: object }[])(
      { view },
      { id: after.id, after },
    ),
  );

test('REC-36 a filter that is shown first takes the place of the one before it: of the same person and list', () => {
  expect(effectsOf(filter('new', { owner: 'u1' }))).toEqual([{ table: 'savedFilter', id: 'before', set: { standard: false } }]);
});

test('REC-36 a filter that is not shown first leaves the others alone', () => {
  expect(effectsOf(filter('new', { owner: 'u1', standard: false }))).toEqual([]);
});
