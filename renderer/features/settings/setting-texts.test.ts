import { expect, test } from 'vitest';
import { readAmounts, readRates, writeAmounts, writeRates } from './setting-texts.ts';

test('REC-44 ranges and rates are read as they are written', () => {
  expect(readAmounts(writeAmounts([10_000, 50_000]))).toEqual([10_000, 50_000]);
  expect(readAmounts('10000; x')).toEqual([10_000, 0]);
  expect(readRates(writeRates({ EUR: 1.08, GBP: 1.27 }))).toEqual({ EUR: 1.08, GBP: 1.27 });
  expect(readRates('eur=1.1, CHF: many')).toEqual({ EUR: 1.1, CHF: 0 });
  expect(readRates(' ')).toEqual({});
});
