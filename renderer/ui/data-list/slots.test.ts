import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slotted, type Slots } from './slots.ts';

const lines = (from: number, many: number) => Array.from({ length: many }, (_, at) => from + at);
const elements = (slots: Slots) => [...slots.values()];

describe('UX-01 which element shows which line', () => {
  test('a list that jumps shows other lines in the elements that it has, in the order in which they stand', () => {
    const before = slotted(new Map(), lines(0, 20));
    const after = slotted(before, lines(5_000, 20));
    expect(elements(after)).toEqual(elements(before));
  });

  test('the line with the focus keeps its element when all others jump away', () => {
    const before = slotted(new Map(), lines(0, 20));
    const after = slotted(before, [3, ...lines(5_000, 20)]);
    expect(after.get(3)).toBe(before.get(3));
    expect(elements(after).slice(1, 20)).toEqual(elements(before).filter((slot) => slot !== before.get(3)));
  });

  test('where lines stay, those that are new have new elements, so that none of those that stay is moved', () => {
    const before = slotted(new Map(), lines(10, 20));
    const up = slotted(before, lines(7, 20));
    expect(elements(up).slice(3)).toEqual(elements(before).slice(0, 17));
    expect(
      elements(up)
        .slice(0, 3)
        .some((slot) => elements(before).includes(slot)),
    ).toBe(false);
  });

  test('whatever is scrolled to, no two lines share an element and each keeps its own', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 30 }), fc.nat(300)), { maxLength: 20 }), (jumps) => {
        let before: Slots = new Map();
        for (const [from, many, focused] of jumps) {
          const shown = [...new Set([...lines(from, many), focused])].toSorted((a, b) => a - b);
          const after = slotted(before, shown);
          expect([...after.keys()]).toEqual(shown);
          expect(new Set(after.values()).size).toBe(shown.length);
          for (const line of shown) if (before.has(line)) expect(after.get(line)).toBe(before.get(line));
          before = after;
        }
      }),
    );
  });
});
