import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Indicator } from '../../model/indicator.ts';
import { tableOf, type AnyRow, type NewValues, type TableName } from '../../model/dictionary.ts';
import { memoryView, testRow } from '../../../test/support/memory-view.ts';
import { dateOf, dayOf } from '../../util/calendar-days.ts';
import { countedRows, isDaily } from './counted-rows.ts';
import { fillByDay } from './indicator-by-day.ts';
import { COUNTDOWNS, planIndicator } from './indicator-plan.ts';
import { indicatorSteps } from './indicator-steps.ts';
import { fillSteps } from '../series/steps.ts';
import { fieldAt } from '../derived/field-path.ts';

const view = memoryView();
const rowsOf = <T extends TableName>(table: T, values: readonly NewValues<T>[]): readonly AnyRow[] =>
  values.map((each, index) => testRow(table, `${table}-${index}`, each));

function valuesOn(indicator: Indicator, rows: readonly AnyRow[], ...dates: readonly string[]): readonly number[] {
  const plan = planIndicator(indicator, 'account');
  const out = new Float64Array(dates.length);
  const days = Int32Array.from(dates, dayOf);
  const counted = countedRows(plan, rows, view);
  if (isDaily(plan)) fillByDay(plan, counted, { days, dates }, view, out);
  else fillSteps(indicatorSteps(plan, counted), days, out);
  return [...out];
}

const ticket = (submitted: string, more: NewValues<'supportTicket'> = {}): NewValues<'supportTicket'> => ({
  account: 'A',
  submittedAt: `${submitted}T09:00:00.000Z`,
  ...more,
});
const csat: Indicator = {
  table: 'supportTicket',
  fn: 'average',
  field: 'satisfaction',
  time: { kind: 'during', field: 'submittedAt', days: 90 },
};

test('DCE-01 an average counts the records of the half-open window that have a value', () => {
  const tickets = rowsOf('supportTicket', [
    ticket('2024-10-02', { satisfaction: 1 }),
    ticket('2024-10-03', { satisfaction: 3 }),
    ticket('2024-12-31', { satisfaction: 5 }),
    ticket('2024-12-30'),
    ticket('2025-01-01', { satisfaction: 2 }),
  ]);
  expect(valuesOn(csat, tickets, '2024-10-01', '2024-10-02', '2024-12-31')).toEqual([Number.NaN, 1, 4]);
});

test('DCE-01 an open record counts from its beginning until its end, in the past as well', () => {
  const open: Indicator = {
    table: 'supportTicket',
    fn: 'count',
    filter: { field: 'priority', op: 'is', value: 'p1' },
    time: { kind: 'open', from: 'submittedAt', to: 'closedAt' },
    whenNone: 0,
  };
  const tickets = rowsOf('supportTicket', [
    ticket('2024-12-01', { priority: 'p1', closedAt: '2024-12-10T10:00:00.000Z' }),
    ticket('2024-12-05', { priority: 'p1' }),
    ticket('2024-12-05', { priority: 'p2' }),
  ]);
  expect(valuesOn(open, tickets, '2024-11-30', '2024-12-01', '2024-12-05', '2024-12-10', '2024-12-31')).toEqual([0, 1, 2, 1, 1]);
});

test('DCE-01 share, ratio, smallest, largest, sum and net promoter score', () => {
  const tickets = rowsOf('supportTicket', [
    ticket('2024-12-01', { satisfaction: 10, escalated: true, resolutionHours: 4 }),
    ticket('2024-12-02', { satisfaction: 9, resolutionHours: 2 }),
    ticket('2024-12-03', { satisfaction: 7 }),
    ticket('2024-12-04', { satisfaction: 6, resolutionHours: 6 }),
  ]);
  const on = (indicator: Omit<Indicator, 'table'>) => valuesOn({ table: 'supportTicket', ...indicator }, tickets, '2024-12-31')[0];
  expect(on({ fn: 'share', matching: { field: 'escalated', op: 'is', value: true } })).toBe(25);
  expect(on({ fn: 'ratio', field: 'resolutionHours', per: 'satisfaction' })).toBe((100 * 12) / 25);
  expect([
    on({ fn: 'min', field: 'resolutionHours' }),
    on({ fn: 'max', field: 'resolutionHours' }),
    on({ fn: 'sum', field: 'resolutionHours' }),
  ]).toEqual([2, 6, 12]);
  expect(on({ fn: 'npsScore', field: 'satisfaction' })).toBe(25);
  expect(on({ fn: 'sum', field: 'firstResponseMinutes' })).toBeNaN();
  expect(on({ fn: 'count', filter: { field: 'state', op: 'is', value: 'closed' }, whenNone: 0 })).toBe(0);
});

test('DCE-01 days to renewal are counted from each day, not from today', () => {
  const contracts = rowsOf('contract', [
    { name: 'One', account: 'A', startDate: '2023-01-01', endDate: '2024-01-01' },
    { name: 'Two', account: 'A', startDate: '2024-01-01', endDate: '2025-01-01', renewalDate: '2024-12-20' },
  ]);
  const renewal: Indicator = {
    table: 'contract',
    fn: 'min',
    field: 'daysToRenewal',
    time: { kind: 'open', from: 'startDate', to: 'endDate' },
  };
  expect(valuesOn(renewal, contracts, '2023-12-31', '2024-01-01', '2024-12-31')).toEqual([1, 354, -11]);
});

test('DCE-01 a filter that compares with today is asked again for each day', () => {
  const soon: Indicator = { table: 'contract', fn: 'count', filter: { field: 'endDate', op: 'withinNextDays', value: 30 }, whenNone: 0 };
  const contracts = rowsOf('contract', [{ name: 'One', account: 'A', startDate: '2024-01-01', endDate: '2024-12-31' }]);
  expect(valuesOn(soon, contracts, '2024-11-01', '2024-12-01', '2024-12-31', '2025-01-01')).toEqual([0, 1, 1, 0]);
});

test('every countdown falls by one a day, so reading it once is enough', () => {
  for (const [table, fields] of Object.entries(COUNTDOWNS)) {
    // a key of COUNTDOWNS is a table
    const dated = Object.entries(tableOf(table as TableName).fields).filter(([, { kind }]) => kind === 'date');
    const dates = Object.fromEntries(dated.map(([key]) => [key, '2024-12-31']));
    const row = { id: 'R', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', rev: 1, ...dates };
    for (const field of fields) {
      // a key of COUNTDOWNS is a table
      const { read } = fieldAt(table as TableName, field);
      for (const day of [0, 12_345, 20_088, 20_089]) expect(read(row, view, dateOf(day)), `${table}.${field}`).toBe(20_088 - day);
    }
  }
});

test.each([
  [{ table: 'supportTicket', fn: 'sum', field: 'subject' }, 'account', 'not a number'],
  [{ table: 'supportTicket', fn: 'sum' }, 'account', 'Choose the field'],
  [{ table: 'supportTicket', fn: 'count' }, 'engagement', 'do not name an engagement'],
  [{ table: 'supportTicket', fn: 'count', time: { kind: 'during', field: 'priority', days: 30 } }, 'account', 'not a date'],
  [{ table: 'supportTicket', fn: 'count', filter: { field: 'nothing', op: 'is', value: 1 } }, 'account', 'nothing'],
  [{ table: 'nowhere', fn: 'count' }, 'account', 'record type'],
  [{ table: 'supportTicket', fn: 'ratio', field: 'satisfaction' }, 'account', 'ratio'],
  [{ table: 'supportTicket', fn: 'share' }, 'account', 'share'],
] as const)('DCE-01 an indicator that does not fit is refused in words: %o', (indicator, breakdown, words) => {
  expect(() => planIndicator(indicator, breakdown)).toThrow(words);
});

test('DCE-01 many days at once give the values of each day on its own', () => {
  const aTicket = fc.record({
    day: fc.integer({ min: 19_900, max: 20_100 }),
    open: fc.integer({ min: 1, max: 60 }),
    satisfaction: fc.double({ min: 0, max: 10, noNaN: true }),
  });
  const times: readonly Indicator['time'][] = [undefined, csat.time, { kind: 'open', from: 'submittedAt', to: 'closedAt' }];
  const fns = ['count', 'sum', 'average', 'min', 'max', 'npsScore'] as const;
  fc.assert(
    fc.property(
      fc.array(aTicket, { maxLength: 15 }),
      fc.array(fc.integer({ min: 19_890, max: 20_110 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...fns),
      fc.constantFrom(...times),
      (tickets, days, fn, time) => {
        const rows = rowsOf(
          'supportTicket',
          tickets.map(({ day, open, satisfaction }) =>
            ticket(dateOf(day), { satisfaction, closedAt: `${dateOf(day + open)}T00:00:00.000Z` }),
          ),
        );
        const indicator: Indicator = { table: 'supportTicket', fn, field: 'satisfaction', ...(time && { time }) };
        const dates = days.toSorted((a, b) => a - b).map(dateOf);
        expect(valuesOn(indicator, rows, ...dates)).toEqual(dates.map((date) => valuesOn(indicator, rows, date)[0]));
      },
    ),
    { numRuns: 200 },
  );
});
