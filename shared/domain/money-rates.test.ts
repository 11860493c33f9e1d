import { expect, test } from 'vitest';
import { memoryView, testRow, type MemoryView } from '../../test/support/memory-view.ts';
import type { Condition } from '../model/condition.ts';
import { compileCondition } from './condition/compile-condition.ts';
import { fieldAt } from './derived/field-path.ts';
import { asOneAmount, comparableUnits, rangeStart, ratesOf } from './money-rates.ts';

const asOf = '2025-06-15';
const of = (currency: string) => (amount: number) => ({ amount, currency });
const [usd, eur, jpy, chf] = [of('USD'), of('EUR'), of('JPY'), of('CHF')];

function world(...settings: readonly (readonly [key: string, value: unknown])[]): MemoryView {
  const view = memoryView();
  for (const [key, value] of settings)
    view.put('setting', { ...testRow('setting', key, { key, value }), updatedAt: '2025-06-01T10:00:00Z' });
  return view;
}
const rated = () => world(['exchangeRates', { EUR: 1.25, JPY: 0.01 }]);

test('UX-04 rates are those of the settings with the day of their entry; without any there are none', () => {
  expect(ratesOf(world())).toEqual({ currency: 'USD', rates: {}, of: undefined });
  expect(ratesOf(rated())).toEqual({ currency: 'USD', rates: { EUR: 1.25, JPY: 0.01 }, of: '2025-06-01' });
  expect(ratesOf(world(['currency', 'EUR'], ['exchangeRates', { USD: 'much' }]))).toMatchObject({ currency: 'EUR', rates: {} });
});

test('UX-04 amounts of one currency stay as they are; several become one in the workspace’s, unless a rate is missing', () => {
  expect(asOneAmount([], rated())).toBeUndefined();
  expect(asOneAmount([chf(5)], rated())).toEqual(chf(5));
  expect(asOneAmount([eur(1_000), usd(50)], rated())).toEqual(usd(1_300));
  expect(asOneAmount([eur(1_000), chf(50)], rated())).toBeUndefined();
});

test('UX-04 amounts of several currencies compare in the workspace’s; one without a rate by its own units', () => {
  expect(comparableUnits(usd(12_345), rated())).toBe(123.45);
  expect(comparableUnits(eur(10_000), rated())).toBe(125);
  expect(comparableUnits(jpy(10_000), rated())).toBe(100);
  expect(comparableUnits(chf(10_000), rated())).toBe(100);
});

test.each([
  [0, 0],
  [999_999, 0],
  [1_000_000, 10_000],
  [4_999_999, 10_000],
  [100_000_000, 1_000_000],
  [900_000_000, 1_000_000],
])('REC-44 the range of %i cents begins at %i', (amount, start) => {
  expect(rangeStart([usd(amount)], rated())).toEqual(usd(start * 100));
});

test('REC-44 the settings name the ranges, in the workspace’s currency; no amount or no rate is no range', () => {
  const view = world(['contractValueRanges', [100, 200]], ['exchangeRates', { EUR: 2 }]);
  expect(rangeStart([eur(7_000)], view)).toEqual(usd(10_000));
  expect(rangeStart([eur(7_000), usd(6_000)], view)).toEqual(usd(20_000));
  expect(rangeStart([chf(7_000)], view)).toBeUndefined();
  expect(rangeStart([], view)).toBeUndefined();
});

test('UX-04, REC-44 conditions compare an engagement’s contracts of two currencies together, and find its range', () => {
  const view = rated();
  view.put('account', testRow('account', 'a1', { name: 'Acme' }));
  const engagement = testRow('engagement', 'e1', { title: 'Care', account: 'a1' });
  view.put('engagement', engagement);
  view.put(
    'contract',
    testRow('contract', 'c1', { name: 'Gold', account: 'a1', value: eur(800_000) }),
    testRow('contract', 'c2', { name: 'Silver', account: 'a1', value: usd(100_000) }),
  );
  expect(fieldAt('engagement', 'contractValue').read(engagement, view, asOf)).toEqual(usd(1_100_000));
  const passes = (condition: Condition) => compileCondition(condition, 'engagement')(engagement, view, asOf);
  expect(passes({ field: 'contractValue', op: 'above', value: 10_999 })).toBe(true);
  expect(passes({ field: 'contractValue', op: 'above', value: 11_000 })).toBe(false);
  expect(passes({ field: 'contractValueRange', op: 'is', value: 10_000 })).toBe(true);
  expect(passes({ field: 'contractValueRange', op: 'atLeast', value: 50_000 })).toBe(false);
});
