import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatBytes, formatChange, formatDate, formatDistance, formatMoney, formatMoneySum } from './format.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import { parseMoney, parseNumber } from './typed-number.ts';

describe('UX-04 numbers, money and dates as people type them', () => {
  test.each([
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1 234', 1234],
    ['1,234,567', 1_234_567],
    ['12k', 12_000],
    ['1.2m', 1_200_000],
    ['−3', -3],
    ['0,5', 0.5],
    ['45%', 45],
    ['', undefined],
    ['abc', undefined],
    ['1.2.3,4,5', undefined],
    ['.', undefined],
  ])('%s is %s', (typed, value) => {
    expect(parseNumber(typed, 'en-US')).toBe(value);
  });

  test('three figures after a single sign group in one locale and are decimals in the other', () => {
    expect(parseNumber('1,234', 'en-US')).toBe(1234);
    expect(parseNumber('1,234', 'de-DE')).toBe(1.234);
  });

  test('every number comes back from how it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('en-US', 'de-DE', 'fr-FR'), (cents, locale) => {
        const shown = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(cents / 100);
        expect(parseNumber(shown, locale)).toBeCloseTo(cents / 100, 4);
      }),
    );
  });

  test.each([
    ['12k EUR', { amount: 1_200_000, currency: 'EUR' }],
    ['$1,200', { amount: 120_000, currency: 'USD' }],
    ['1200', { amount: 120_000, currency: 'GBP' }],
    ['¥500', { amount: 500, currency: 'JPY' }],
    ['chf 99.95', { amount: 9995, currency: 'CHF' }],
    ['a lot', undefined],
  ])('%s is money', (typed, money) => {
    expect(parseMoney(typed, 'GBP', 'en-GB')).toEqual(money);
  });

  const today = '2024-12-31';
  test.each([
    ['2025-01-05', '2025-01-05'],
    ['today', today],
    ['t', today],
    ['tomorrow', '2025-01-01'],
    ['+14', '2025-01-14'],
    ['2w', '2025-01-14'],
    ['-1m', '2024-11-30'],
    ['fri', '2025-01-03'],
    ['tuesday', '2025-01-07'],
    ['5 mar 2025', '2025-03-05'],
    ['march 5', '2024-03-05'],
    ['31 feb', undefined],
    ['2025-02-30', undefined],
    ['soon', undefined],
    ['12', undefined],
    ['', undefined],
  ])('%s is the day %s', (typed, date) => {
    expect(parseDate(typed, today, 'en-GB')).toBe(date);
  });

  test('day and month follow the locale', () => {
    expect(parseDate('3/4/2025', today, 'en-US')).toBe('2025-03-04');
    expect(parseDate('3/4/2025', today, 'en-GB')).toBe('2025-04-03');
    expect(parseDate('3.4.', today, 'de-DE')).toBe('2024-04-03');
  });
});

describe('UX-04 figures as they are shown', () => {
  test('money keeps cents only where there are any, and shortens in tight columns', () => {
    expect(formatMoney({ amount: 120_000, currency: 'USD' }, false, 'en-US')).toBe('$1,200');
    expect(formatMoney({ amount: 120_050, currency: 'USD' }, false, 'en-US')).toBe('$1,200.50');
    expect(formatMoney({ amount: 123_456_700, currency: 'USD' }, true, 'en-US')).toBe('$1.23M');
    expect(formatMoney({ amount: 500, currency: 'JPY' }, false, 'en-US')).toBe('¥500');
  });
  test('sums of several currencies are never added up in silence', () => {
    const sum = [
      { amount: 100_00, currency: 'USD' },
      { amount: 50_00, currency: 'EUR' },
    ];
    expect(formatMoneySum(sum, false, 'en-US')).toBe('$100 + €50');
    expect(formatMoneySum([])).toBe('—');
  });
  test('dates, distances, changes and sizes', () => {
    expect(formatDate('2024-12-31', 'en-GB')).toBe('31 Dec 2024');
    expect(formatDistance('2025-01-12', '2024-12-31', 'en')).toBe('in 12 days');
    expect(formatDistance('2024-12-30', '2024-12-31', 'en')).toBe('yesterday');
    expect(formatChange(-2.04, 1, 'en')).toBe('−2');
    expect(formatChange(0, 1, 'en')).toBe('0');
    expect(formatBytes(1_234_567, 'en')).toBe('1.2 MB');
  });
});
