import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field, MergePolicy } from '../model/field.ts';
import { sameValue } from '../domain/validate/same-value.ts';
import { mergeField, policyOf, type FieldMerge } from './merge-field.ts';
import { mergePatch } from './merge-patch.ts';

const fieldWith = (merge: MergePolicy): Pick<Field, 'merge' | 'kind'> => ({ kind: 'text', merge });
const entry = (text: string) => ({ at: '2026-01-01T00:00:00.000Z', by: 'u1', text });

test.each<[MergePolicy, unknown, unknown, unknown, FieldMerge]>([
  ['latest', 'a', 'a', 'b', { outcome: 'apply', value: 'b' }],
  ['latest', 'a', 'b', 'b', { outcome: 'same' }],
  ['latest', 'a', 'b', 'c', { outcome: 'merged', value: 'c' }],
  ['latest', 'a', 'b', null, { outcome: 'merged', value: undefined }],
  ['latest', null, undefined, 'c', { outcome: 'apply', value: 'c' }],
  ['review', 'a', 'a', 'b', { outcome: 'apply', value: 'b' }],
  ['review', 'a', 'b', 'c', { outcome: 'review' }],
  ['review', 'a', undefined, undefined, { outcome: 'same' }],
  ['refuse', 'a', 'b', 'c', { outcome: 'refuse' }],
  ['set', ['x', 'y'], ['x', 'y', 'z'], ['y', 'w'], { outcome: 'merged', value: ['y', 'z', 'w'] }],
  ['set', ['x'], ['x', 'z'], undefined, { outcome: 'merged', value: ['z'] }],
  ['set', ['x'], undefined, ['x'], { outcome: 'same' }],
  ['max', 1, 5, 3, { outcome: 'same' }],
  ['max', 1, 5, 9, { outcome: 'merged', value: 9 }],
  ['max', '2026-01-01', '2026-03-01', '2026-05-01', { outcome: 'merged', value: '2026-05-01' }],
  ['min', 9, 5, 7, { outcome: 'same' }],
  ['min', 9, 5, 3, { outcome: 'merged', value: 3 }],
  ['counter', 10, 12, 13, { outcome: 'merged', value: 15 }],
  ['counter', undefined, 2, 3, { outcome: 'merged', value: 5 }],
])('S4 %s: base %j, theirs %j, mine %j', (policy, base, theirs, mine, expected) => {
  expect(mergeField(fieldWith(policy), base, theirs, mine)).toEqual(expected);
});

test('S4 a journal takes each entry once, in the order of arrival, and gives back what an undo takes out', () => {
  const journal = { kind: 'journal' } as const;
  expect(mergeField(journal, undefined, [entry('a')], { add: [entry('b'), entry('b'), entry('a')] })).toEqual({
    outcome: 'apply',
    value: [entry('a'), entry('b')],
  });
  expect(mergeField(journal, undefined, [entry('a'), entry('b')], { remove: [entry('a')] })).toEqual({
    outcome: 'apply',
    value: [entry('b')],
  });
  expect(mergeField(journal, undefined, [entry('a')], { add: [entry('a')] })).toEqual({ outcome: 'same' });
  expect(mergeField(journal, undefined, [entry('a')], 'a text')).toEqual({ outcome: 'same' });
});

test('S4 journals append, lists join and everything else takes the last one where the dictionary says nothing', () => {
  expect(policyOf({ kind: 'journal' })).toBe('append');
  expect(policyOf({ kind: 'tags' })).toBe('set');
  expect(policyOf({ kind: 'references' })).toBe('set');
  expect(policyOf({ kind: 'money' })).toBe('latest');
  expect(policyOf({ kind: 'money', merge: 'review' })).toBe('review');
});

const policies: readonly MergePolicy[] = ['latest', 'review', 'refuse', 'set', 'max', 'min', 'counter'];
const policy = fc.constantFrom(...policies);
const valueFor = (one: MergePolicy): fc.Arbitrary<unknown> =>
  one === 'set'
    ? fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
    : one === 'counter' || one === 'max' || one === 'min'
      ? fc.integer({ min: -50, max: 50 })
      : fc.constantFrom('a', 'b', undefined);
const setting = policy.chain((one) => fc.tuple(fc.constant(one), valueFor(one), valueFor(one), valueFor(one)));
const resultOf = (field: Pick<Field, 'merge' | 'kind'>, base: unknown, theirs: unknown, mine: unknown): unknown => {
  const met = mergeField(field, base, theirs, mine);
  return 'value' in met ? met.value : theirs;
};

describe('S4 whatever the values', () => {
  test('merging is deterministic and leaves its arguments alone', () => {
    fc.assert(
      fc.property(setting, ([one, base, theirs, mine]) => {
        const before = JSON.stringify([base, theirs, mine]);
        expect(mergeField(fieldWith(one), base, theirs, mine)).toEqual(mergeField(fieldWith(one), base, theirs, mine));
        expect(JSON.stringify([base, theirs, mine])).toBe(before);
      }),
    );
  });

  test('what was not touched since takes the new value, what is equal changes nothing', () => {
    fc.assert(
      fc.property(setting, ([one, base, , mine]) => {
        const met = mergeField(fieldWith(one), base, base, mine);
        if (sameValue(base, mine)) expect(met.outcome).toBe('same');
        else expect(met).toEqual({ outcome: 'apply', value: mine });
        expect(mergeField(fieldWith(one), base, mine, mine).outcome).toBe('same');
      }),
    );
  });

  test('sets, counters and extremes come to the same whichever of two devices is first', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom<MergePolicy>('set', 'counter', 'max', 'min')
          .chain((one) => fc.tuple(fc.constant(one), valueFor(one), valueFor(one), valueFor(one))),
        ([one, base, first, second]) => {
          const field = fieldWith(one);
          const together = (a: unknown, b: unknown): unknown => resultOf(field, base, resultOf(field, base, base, a), b);
          const sorted = (value: unknown): unknown =>
            Array.isArray(value) ? value.map(String).toSorted((a, b) => a.localeCompare(b)) : (value ?? (one === 'set' ? [] : value));
          // an extreme compares new values with one another; going back behind the base is a plain change
          if ((one === 'max' || one === 'min') && (sameValue(base, first) || sameValue(base, second))) return;
          expect(sorted(together(first, second))).toEqual(sorted(together(second, first)));
        },
      ),
    );
  });
});

const row = { rev: 3, stage: 'adoption', title: 'Care', watchList: ['u1'], healthMonitor: true };

test('SYN-03 edits of different fields both survive, and the fields of one patch meet one by one', () => {
  const merged = mergePatch(
    'engagement',
    row,
    { title: 'Care 2', stage: 'renew', watchList: ['u2'], unknown: 1 },
    { version: 2, fields: { title: 'Care', stage: 'onboarding', watchList: [] } },
  );
  expect(merged).toEqual({
    set: { title: 'Care 2', watchList: ['u1', 'u2'] },
    merged: ['watchList'],
    conflicts: [{ field: 'stage', base: 'onboarding', theirs: 'adoption', mine: 'renew' }],
    refused: [],
  });
});

test('S4 at the very version that the person saw, everything applies', () => {
  expect(mergePatch('engagement', row, { stage: 'renew' }, { version: 3, fields: { stage: 'made up' } })).toEqual({
    set: { stage: 'renew' },
    merged: [],
    conflicts: [],
    refused: [],
  });
});

test('S4 patches of different fields come to the same record in any order, and sent again they change nothing', () => {
  const patchOf = fc.record({ title: fc.constantFrom('A', 'B'), description: fc.constantFrom('x', 'y') }, { requiredKeys: [] });
  const other = fc.record({ healthMonitor: fc.boolean(), externalId: fc.constantFrom('1', '2') }, { requiredKeys: [] });
  const apply = (current: typeof row, patch: Record<string, unknown>) => {
    const { set } = mergePatch('engagement', current, patch, { version: 3, fields: row });
    return Object.keys(set).length === 0 ? current : { ...current, ...set, rev: current.rev + 1 };
  };
  fc.assert(
    fc.property(patchOf, other, (one, two) => {
      const { rev: _a, ...forward } = apply(apply(row, one), two);
      const { rev: _b, ...backward } = apply(apply(row, two), one);
      expect(forward).toEqual(backward);
      const once = apply(row, one);
      expect(apply(once, one)).toBe(once);
    }),
  );
});
