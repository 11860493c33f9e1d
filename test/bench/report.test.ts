import { expect, test } from 'vitest';
import { percentile } from './define.ts';
import { figureLine, limitFaults } from './report.ts';

test('a figure is one JSON line with its ratio to the floor', () => {
  expect(JSON.parse(figureLine({ name: 'a', value: 30, unit: 'ms', floor: 20 }))).toEqual({
    name: 'a',
    value: 30,
    unit: 'ms',
    floor: 20,
    ratio: 1.5,
  });
  expect(JSON.parse(figureLine({ name: 'a', value: 30, unit: 'ms' }))).toMatchObject({ floor: null, ratio: null });
});

test.each([
  [{ value: 30 }, []],
  [{ value: 29 }, ['a is 30 ms, more than 29']],
  [{ ratio: 1.5 }, []],
  [{ ratio: 1.4 }, ['a is 1.5 times its floor, more than 1.4']],
])('a limit of %j', (limit, faults) => {
  expect(limitFaults([{ name: 'a', value: 30, unit: 'ms', floor: 20 }], { a: limit })).toEqual(faults);
});

test('a figure that is missing, or has no floor where the limit needs one, is a fault', () => {
  expect(limitFaults([], { a: { value: 1 } })).toEqual(['a was not measured']);
  expect(limitFaults([{ name: 'a', value: 1, unit: 'ms' }], { a: { ratio: 1 } })).toEqual(['a has no floor to be compared with']);
});

test('percentiles are of nearest rank', () => {
  expect(percentile([5, 1, 3, 2, 4], 0.95)).toBe(5);
  expect(percentile([5, 1, 3, 2, 4], 0.5)).toBe(3);
  expect(() => percentile([], 0.5)).toThrow('no values');
});
