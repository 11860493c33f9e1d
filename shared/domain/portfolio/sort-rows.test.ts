import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bySorts, type SortKey } from './sort-rows.ts';

type Line = { readonly name: string | undefined; readonly value: number | undefined };
const up = <K extends keyof Line>(key: K) => ({ direction: 'up' as const, keyOf: (line: Line): SortKey => line[key] });
const down = <K extends keyof Line>(key: K) => ({ direction: 'down' as const, keyOf: (line: Line): SortKey => line[key] });
const lines: readonly Line[] = [
  { name: 'Äbte 10', value: 2 },
  { name: 'abte 9', value: undefined },
  { name: undefined, value: 3 },
  { name: 'Zeta', value: 2 },
];

test('texts sort as people expect: case and accents aside, numbers by their size', () => {
  expect(bySorts(lines, [up('name')]).map(({ name }) => name)).toEqual(['abte 9', 'Äbte 10', 'Zeta', undefined]);
});

test('what is empty comes last in both directions, and the next key decides between equals', () => {
  expect(bySorts(lines, [up('value'), down('name')]).map(({ name }) => name)).toEqual(['Zeta', 'Äbte 10', undefined, 'abte 9']);
  expect(bySorts(lines, [down('value'), up('name')]).map(({ name }) => name)).toEqual([undefined, 'Äbte 10', 'Zeta', 'abte 9']);
  expect(bySorts(lines, [])).toEqual(lines);
});

test('sorting keeps every row, in order, and equal ones in theirs', () => {
  const line = fc.record({
    name: fc.constantFrom('a', 'b', undefined),
    value: fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (some) => {
      const sorted = bySorts(some, [down('value')]);
      expect(new Set(sorted)).toEqual(new Set(some));
      for (const [index, { value }] of sorted.entries()) {
        const next = sorted[index + 1];
        if (!next) continue;
        expect((value ?? -Infinity) >= (next.value ?? -Infinity)).toBe(true);
        if (value === next.value) expect(some.indexOf(next) > some.indexOf(sorted[index] ?? next)).toBe(true);
      }
    }),
  );
});
