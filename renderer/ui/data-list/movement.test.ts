import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moved, nextSort, type Place } from './movement.ts';
import { laidOut, type Column } from './types.ts';

const extent = { rows: 100, columns: 5, page: 20 };
const at = (row: number, column: number): Place => ({ row, column });

describe('UX-01 keys in a list', () => {
  test.each([
    ['ArrowDown', false, at(3, 2), at(4, 2)],
    ['ArrowUp', false, at(0, 2), at(-1, 2)],
    ['ArrowUp', false, at(-1, 2), at(-1, 2)],
    ['ArrowDown', false, at(99, 2), at(99, 2)],
    ['ArrowRight', false, at(3, 4), at(3, 4)],
    ['ArrowLeft', false, at(3, 2), at(3, 1)],
    ['PageDown', false, at(90, 0), at(99, 0)],
    ['PageUp', false, at(10, 0), at(0, 0)],
    ['Home', false, at(10, 3), at(10, 0)],
    ['End', false, at(10, 0), at(10, 4)],
    ['Home', true, at(50, 3), at(0, 0)],
    ['End', true, at(50, 0), at(99, 4)],
    ['j', false, at(1, 0), at(2, 0)],
    ['k', false, at(1, 0), at(0, 0)],
    ['x', false, at(1, 0), undefined],
  ] as const)('%s (ctrl %s)', (key, ctrl, from, to) => {
    expect(moved(from, key, ctrl, extent)).toEqual(to);
  });

  test('no key leaves the grid', () => {
    const keys = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean()), { maxLength: 50 }),
        fc.nat(30),
        fc.integer({ min: 1, max: 8 }),
        (presses, rows, columns) => {
          let place = at(rows > 0 ? 0 : -1, 0);
          for (const [key, ctrl] of presses) place = moved(place, key, ctrl, { rows, columns, page: 10 }) ?? place;
          expect(place.row).toBeGreaterThanOrEqual(-1);
          expect(place.row).toBeLessThan(Math.max(rows, 1));
          expect(place.column).toBeGreaterThanOrEqual(0);
          expect(place.column).toBeLessThan(columns);
        },
      ),
    );
  });
});

describe('sorting by header', () => {
  test('a header goes up, down and back to none', () => {
    const up = nextSort([], 'health', false);
    const down = nextSort(up, 'health', false);
    expect(up).toEqual([{ field: 'health', direction: 'up' }]);
    expect(down).toEqual([{ field: 'health', direction: 'down' }]);
    expect(nextSort(down, 'health', false)).toEqual([]);
  });
  test('Shift adds and keeps the order of keys', () => {
    const two = nextSort(nextSort([], 'stage', false), 'health', true);
    expect(two.map((key) => key.field)).toEqual(['stage', 'health']);
    expect(nextSort(two, 'stage', true)).toEqual([
      { field: 'stage', direction: 'down' },
      { field: 'health', direction: 'up' },
    ]);
    expect(nextSort(two, 'account', false)).toEqual([{ field: 'account', direction: 'up' }]);
  });
});

test('a layout keeps its order and widths, and survives columns that no longer exist', () => {
  const column = (key: string): Column<string> => ({ key, title: key, width: 100, render: (row) => row });
  const columns = ['a', 'b', 'c'].map(column);
  expect(laidOut(columns, { keys: ['c', 'gone', 'a'], widths: { a: 50 } }).map(({ key, width }) => [key, width])).toEqual([
    ['c', 100],
    ['a', 50],
  ]);
  expect(laidOut(columns, { keys: ['gone'] })).toHaveLength(3);
  expect(laidOut(columns, {}, ['b']).map(({ key }) => key)).toEqual(['b']);
});
