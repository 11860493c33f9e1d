import { describe, expect, test } from 'vitest';
import { roomAt, withinCount } from './use-in-sight.ts';

const list = { rowHeight: 34, header: 34 };

describe('UX-01 the lines in sight', () => {
  test.each([
    ['at the top', 0, 374, 1_000, 0, 9],
    ['a line that is cut at both ends counts', 35, 374, 1_000, 1, 11],
    ['at the end', 34 * 990, 374, 1_000, 990, 999],
    ['past the end, as a list that has just become shorter', 50_000, 374, 1_000, 999, 999],
    ['of few lines', 0, 374, 3, 0, 2],
    ['of no lines', 0, 374, 0, 0, -1],
    ['in no room', 0, 0, 1_000, 0, -2],
  ])('%s', (_title, top, height, count, first, last) => {
    expect(withinCount(roomAt(top, height, list), count)).toEqual({ first, last });
  });
});
