import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseDateForm, instantOf, plainDateOf, readDate, readDateIn, type DateForm, type DateOrder } from './dates.ts';

const column = (...values: string[]) => values.map((value) => ({ value, count: 1 }));

describe('ONB-05 a date is read in the given order or not at all', () => {
  test.each<[string, DateOrder, string | undefined]>([
    ['2024-12-31', 'iso', '2024-12-31'],
    ['2024-2-3', 'iso', '2024-02-03'],
    ['2020-12-30 3:15:52', 'iso', '2020-12-30'],
    ['2023-02-20 09:33:15.662000', 'iso', '2023-02-20'],
    ['2018-12-06 12:07:17.000000', 'iso', '2018-12-06'],
    ['2024-12-31T23:59:59.123456Z', 'iso', '2024-12-31'],
    ['2024-12-31T23:59:59+0200', 'iso', '2024-12-31'],
    ['2024/12/31', 'iso', undefined],
    ['2024/12/31', 'ymd', '2024-12-31'],
    ['2024.12.31', 'ymd', '2024-12-31'],
    ['20241231', 'ymd', '2024-12-31'],
    ['20241231T101500Z', 'iso', '2024-12-31'],
    ['31.12.2024', 'dmy', '2024-12-31'],
    ['31. 12. 2024', 'dmy', '2024-12-31'],
    ['31/12/24', 'dmy', '2024-12-31'],
    ['31/12/70', 'dmy', '1970-12-31'],
    ['31/12/2024', 'mdy', undefined],
    ['12/31/2024 11:59 PM', 'mdy', '2024-12-31'],
    ['1/2/2024', 'dmy', '2024-02-01'],
    ['1/2/2024', 'mdy', '2024-01-02'],
    ['27 Oct 2024', 'dmy', '2024-10-27'],
    ['27-Oct-24', 'mdy', '2024-10-27'],
    ['Oct 27, 2024', 'dmy', '2024-10-27'],
    ['Sunday, October 27th, 2024', 'mdy', '2024-10-27'],
    ['27. Oktober 2024', 'dmy', '2024-10-27'],
    ['2024-Oct-27', 'ymd', '2024-10-27'],
    ['Oct 27, 2024', 'iso', undefined],
    ['2024-02-30', 'iso', undefined],
    ['29.02.2023', 'dmy', undefined],
    ['2024-12-31 25:00', 'iso', undefined],
    ['2024-12-31 noon', 'iso', undefined],
    ['soon', 'dmy', undefined],
    ['1/2/3', 'dmy', undefined],
    ['', 'iso', undefined],
    ['1-1-1-1', 'dmy', undefined],
  ])('%s as %s is %s', (text, order, expected) => {
    const parts = readDate(text, order);
    expect(parts === undefined ? undefined : plainDateOf(parts)).toBe(expected);
  });

  test.each<[string, DateForm, string | undefined]>([
    ['45292', 'serial', '2024-01-01'],
    ['45292.5', 'serial', '2024-01-01'],
    ['1704067200', 'seconds', '2024-01-01'],
    ['1704067200000', 'milliseconds', '2024-01-01'],
    ['x', 'serial', undefined],
  ])('%s as %s is %s', (text, form, expected) => {
    const parts = readDateIn(text, form);
    expect(parts === undefined ? undefined : plainDateOf(parts)).toBe(expected);
  });
});

describe('ONB-05 an instant', () => {
  test.each([
    ['2024-07-01', 'UTC', '2024-07-01T00:00:00.000Z'],
    ['2024-07-01', 'Europe/Vienna', '2024-06-30T22:00:00.000Z'],
    ['2024-01-01 12:00', 'America/New_York', '2024-01-01T17:00:00.000Z'],
    ['2024-07-01 12:00:00Z', 'America/New_York', '2024-07-01T12:00:00.000Z'],
    ['2024-07-01T12:00:00+05:30', 'UTC', '2024-07-01T06:30:00.000Z'],
    ['2024-07-01 3:15:52.9', 'UTC', '2024-07-01T03:15:52.900Z'],
    ['2024-02-29 23:30', 'Asia/Tokyo', '2024-02-29T14:30:00.000Z'],
    // the clocks go from 02:00 to 03:00
    ['2024-03-31 02:30', 'Europe/Vienna', '2024-03-31T01:30:00.000Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    const parts = readDate(text, 'iso');
    expect(parts && instantOf(parts, zone)).toBe(instant);
  });
});

describe('ONB-05 the order is chosen once for a whole column', () => {
  test('one value that only one order allows decides for all', () => {
    expect(chooseDateForm(column('01/02/2024', '03/04/2024', '13/04/2024'))).toMatchObject({ form: 'dmy', orders: ['dmy'], valid: 3 });
    expect(chooseDateForm(column('01/02/2024', '03/04/2024', '04/13/2024'))).toMatchObject({ form: 'mdy', orders: ['mdy'] });
  });

  test('where both fit it is asked, with the other columns of the set as the default', () => {
    const choice = chooseDateForm(column('01/02/2024', '03/04/2024'), ['mdy', 'dmy']);
    expect(choice).toMatchObject({ form: 'mdy', orders: ['dmy', 'mdy'], ambiguous: '01/02/2024' });
    expect(chooseDateForm(column('01/02/2024'), ['dmy'])).toMatchObject({ form: 'dmy' });
  });

  test('where the orders read the same there is nothing to ask', () => {
    expect(chooseDateForm(column('01/01/2024', '02/02/2024')).ambiguous).toBeUndefined();
    expect(chooseDateForm(column('27 Oct 2024')).ambiguous).toBeUndefined();
  });

  test('what does not fit the order of most rows is a fault, never read otherwise', () => {
    const choice = chooseDateForm(column('13/01/2024', '14/01/2024', '01/15/2024'));
    expect(choice).toMatchObject({ form: 'dmy', valid: 2, filled: 3 });
    expect(readDateIn('01/15/2024', choice.form)).toBeUndefined();
  });

  test.each<[string, string[], DateForm]>([
    ['ISO', ['2024-01-02', '2024-01-03 10:00'], 'iso'],
    ['spreadsheet days', ['45292', '45293.5'], 'serial'],
    ['seconds', ['1704067200'], 'seconds'],
    ['milliseconds', ['1704067200000'], 'milliseconds'],
    ['years first', ['2024/01/02'], 'ymd'],
    ['compact', ['20240102'], 'ymd'],
  ])('%s', (_, values, form) => {
    expect(chooseDateForm(column(...values)).form).toBe(form);
  });

  const day = fc.date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2060-12-31T00:00:00Z'), noInvalidDate: true });
  const write: Record<DateOrder, (y: string, m: string, d: string) => string> = {
    iso: (y, m, d) => `${y}-${m}-${d}`,
    ymd: (y, m, d) => `${y}/${m}/${d}`,
    dmy: (y, m, d) => `${d}.${m}.${y}`,
    mdy: (y, m, d) => `${m}/${d}/${y}`,
  };
  test('a column with one day past the twelfth is always read back as it was written', () => {
    fc.assert(
      fc.property(fc.constantFrom<DateOrder>('iso', 'ymd', 'dmy', 'mdy'), fc.array(day, { minLength: 1, maxLength: 20 }), (order, days) => {
        const dates = [...days.map((date) => date.toISOString().slice(0, 10)), '2024-05-17'];
        const texts = dates.map((date) => write[order](date.slice(0, 4), date.slice(5, 7), date.slice(8)));
        const { form, valid, ambiguous } = chooseDateForm(column(...texts));
        expect(form).toBe(order);
        expect(valid).toBe(texts.length);
        expect(ambiguous === undefined || order === 'dmy' || order === 'mdy').toBe(true);
        for (const [index, text] of texts.entries()) {
          const parts = readDateIn(text, form);
          expect(parts && plainDateOf(parts)).toBe(dates[index]);
        }
      }),
    );
  });
});
