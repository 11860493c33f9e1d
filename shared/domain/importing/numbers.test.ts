import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseNumberStyle, isNothing, readBoolean, readNumber } from './numbers.ts';

const POINT = { decimal: '.', grouping: ',' } as const;
const COMMA = { decimal: ',', grouping: '.' } as const;

describe('ONB-05 numbers', () => {
  test.each([
    ['1,234.50', '1234.50', undefined],
    ['1.234,50 €', undefined, '1234.50'],
    ['(12)', '-12', '-12'],
    ['−5', '-5', '-5'],
    ['5-', '-5', '-5'],
    ['$1,000', '1000', '1.000'],
    ["1'234'567.8", '1234567.8', undefined],
    ['1 234 567', '1234567', '1234567'],
    ['1\u202F234,5', undefined, '1234.5'],
    ['1,5', undefined, '1.5'],
    ['EUR 12', '12', '12'],
    ['.5', '0.5', undefined],
    ['1e3', '1e3', '1e3'],
    ['1.2M', '1200000', undefined],
    ['3k', '3000', '3000'],
    ['-0', '0', '0'],
    ['AB12', undefined, undefined],
    ['12 apples', undefined, undefined],
    ['1,23', undefined, '1.23'],
    ['1.2.3', undefined, undefined],
    ['', undefined, undefined],
    ['2024-01-01', undefined, undefined],
  ])('%s is %s with a decimal point and %s with a decimal comma', (text, point, comma) => {
    expect(readNumber(text, POINT)?.decimal).toBe(point);
    expect(readNumber(text, COMMA)?.decimal).toBe(comma);
  });

  test('currency and percent stand beside the number', () => {
    expect(readNumber('€ 12', POINT)).toEqual({ decimal: '12', percent: false, currency: 'EUR' });
    expect(readNumber('12.5 %', POINT)).toEqual({ decimal: '12.5', percent: true });
    expect(readNumber('CHF -3', POINT)).toEqual({ decimal: '-3', percent: false, currency: 'CHF' });
  });

  const column = (...values: string[]) => values.map((value) => ({ value, count: 1 }));
  test('the style is chosen for the whole column', () => {
    expect(chooseNumberStyle(column('1.234', '2.345', '12,5')).style.decimal).toBe(',');
    expect(chooseNumberStyle(column('1,234', '2,345', '12.5')).style.decimal).toBe('.');
    expect(chooseNumberStyle(column('1.234', '1.235'))).toMatchObject({ style: POINT, ambiguous: '1.234' });
    expect(chooseNumberStyle(column('1.234', '1.235'), ',')).toMatchObject({ style: COMMA, ambiguous: '1.234' });
    expect(chooseNumberStyle(column('12', '13')).ambiguous).toBeUndefined();
  });

  test('what is written in a locale is read back', () => {
    const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(
        fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH'),
        fc.array(amount, { minLength: 1, maxLength: 20 }),
        (locale, amounts) => {
          const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
          const { style } = chooseNumberStyle(column(...amounts.map((value) => format.format(value))));
          for (const value of amounts) expect(Number(readNumber(format.format(value), style)?.decimal)).toBe(value === 0 ? 0 : value);
        },
      ),
    );
  });
});

test.each([
  ['True', true],
  ['FALSE', false],
  ['yes', true],
  ['N', false],
  ['1', true],
  ['0', false],
  ['1.0', true],
  ['maybe', undefined],
  ['', undefined],
])('ONB-05 %s is read as %s', (text, value) => {
  expect(readBoolean(text)).toBe(value);
});

test.each([
  ['NULL', true, true],
  ['#N/A', true, true],
  [' ', true, true],
  ['None', false, true],
  ['n/a', false, true],
  ['Nullarbor Ltd', false, false],
  ['0', false, false],
])('ONB-05 %j means nothing: in text %s, elsewhere %s', (text, inText, elsewhere) => {
  expect(isNothing(text, 'text')).toBe(inText);
  expect(isNothing(text, 'other')).toBe(elsewhere);
});
