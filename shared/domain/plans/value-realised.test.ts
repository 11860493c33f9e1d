import { expect, test } from 'vitest';
import { meanRealised, valueRealised } from './value-realised.ts';

test.each([
  [{ baseValue: 10, targetValue: 20, currentValue: 15 }, 50],
  [{ baseValue: 20, targetValue: 10, currentValue: 12.5 }, 75],
  [{ targetValue: 10, currentValue: 30 }, 100],
  [{ baseValue: 10, targetValue: 20, currentValue: 5 }, 0],
  [{ baseValue: 10, targetValue: 10, currentValue: 10 }, 0],
  [{ baseValue: 10, targetValue: 10, currentValue: 10, closureCode: 'achieved' as const }, 100],
  [{ targetValue: 10 }, undefined],
])('TCH-08 %o has realised %s', (outcome, value) => {
  expect(valueRealised(outcome)).toBe(value);
});

test('TCH-08 an objective realises the mean of what its outcomes do', () => {
  expect(meanRealised([{ targetValue: 10, currentValue: 5 }, { targetValue: 10, currentValue: 10 }, {}])).toBe(75);
  expect(meanRealised([{}])).toBeUndefined();
});
