import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCurrency, minorDigits } from './currencies.ts';
import { decimalOf, formatMoney, majorUnits, moneyFromDecimal, moneyFromNumber, sumMoney } from './money.ts';

test.each([
  ['1234.5', 'USD', 123_450],
  ['-0.07', 'EUR', -7],
  ['.5', 'USD', 50],
  ['5.', 'USD', 500],
  ['+12', 'USD', 1_200],
  ['1.005', 'USD', 101],
  ['-1.005', 'USD', -101],
  ['1.004999', 'USD', 100],
  ['0.005', 'USD', 1],
  ['0.0049', 'USD', 0],
  ['-0.001', 'USD', 0],
  ['1234.5', 'JPY', 1_235],
  ['1234', 'JPY', 1_234],
  ['1.2345', 'KWD', 1_235],
  ['1.2e3', 'USD', 120_000],
  ['1e-3', 'USD', 0],
  ['9e-3', 'USD', 1],
  ['90071992547409.91', 'USD', 9_007_199_254_740_991],
  [' 7 ', 'USD', 700],
])('%s %s is %i minor units', (text, currency, amount) => {
  expect(moneyFromDecimal(text, currency)).toEqual({ amount, currency });
});

test.each([
  ['', 'USD', 'is not an amount'],
  ['.', 'USD', 'is not an amount'],
  ['1,5', 'USD', 'is not an amount'],
  ['0x10', 'USD', 'is not an amount'],
  ['NaN', 'USD', 'is not an amount'],
  ['1e999', 'USD', 'too large'],
  ['90071992547409.92', 'USD', 'too large'],
  ['1', 'usd', 'is not a currency code'],
  ['1', 'XXX', 'is not a currency code'],
])('%j %s is refused: %s', (text, currency, message) => {
  expect(() => moneyFromDecimal(text, currency)).toThrow(message);
});

test('the numbers of a workbook are read as they are written', () => {
  for (const [value, amount] of [
    [0.1 + 0.2, 30],
    [1.1 * 3, 330],
    [1e21 / 1e19, 10_000],
    [-2_786.5, -278_650],
    [1e-7, 0],
  ] as const)
    expect(moneyFromNumber(value, 'USD').amount).toBe(amount);
});

const amounts = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }).map((amount) => (amount === 0 ? 0 : amount));
const money = fc.record({ amount: amounts, currency: fc.constantFrom('USD', 'JPY', 'KWD', 'CLF', 'EUR') });

test('writing and reading an amount gives the same amount', () => {
  fc.assert(
    fc.property(money, (value) => {
      expect(moneyFromDecimal(decimalOf(value), value.currency)).toEqual(value);
    }),
  );
});

test('UX-04 money is written for a person of the locale, whole amounts without cents', () => {
  expect(formatMoney({ amount: 123_450, currency: 'USD' })).toBe('$1,234.50');
  expect(formatMoney({ amount: 120_000, currency: 'USD' })).toBe('$1,200');
  expect(formatMoney({ amount: 1_234, currency: 'JPY' })).toBe('¥1,234');
  expect(formatMoney({ amount: -123_456, currency: 'EUR' }, 'de').replaceAll('\u00a0', ' ')).toBe('-1.234,56 €');
  expect(formatMoney({ amount: 9_007_199_254_740_991, currency: 'USD' })).toBe('$90,071,992,547,409.91');
});

test('sums keep currencies apart, the workspace’s first', () => {
  const items = [
    { amount: 1, currency: 'USD' },
    { amount: 2, currency: 'EUR' },
    undefined,
    { amount: 3, currency: 'USD' },
    { amount: 4, currency: 'CHF' },
  ];
  expect(sumMoney(items)).toEqual([
    { amount: 4, currency: 'CHF' },
    { amount: 2, currency: 'EUR' },
    { amount: 4, currency: 'USD' },
  ]);
  expect(sumMoney(items, 'USD')[0]).toEqual({ amount: 4, currency: 'USD' });
  expect(sumMoney([])).toEqual([]);
  expect(() =>
    sumMoney([
      { amount: 2 ** 53 - 1, currency: 'USD' },
      { amount: 1, currency: 'USD' },
    ]),
  ).toThrow('too large');
});

test('sums do not depend on the order', () => {
  const small = fc.array(fc.record({ amount: fc.integer(), currency: fc.constantFrom('USD', 'EUR') }));
  fc.assert(
    fc.property(small, (items) => {
      expect(sumMoney(items.toReversed())).toEqual(sumMoney(items));
    }),
  );
});

test('minor units by ISO 4217', () => {
  expect(['USD', 'JPY', 'KWD', 'CLF', 'ISK', 'TND'].map(minorDigits)).toEqual([2, 0, 3, 4, 0, 3]);
  expect(isCurrency('EUR') && !isCurrency('eur') && !isCurrency('XXX') && !isCurrency('__proto__')).toBe(true);
  expect(majorUnits({ amount: 29, currency: 'USD' })).toBe(0.29);
});
