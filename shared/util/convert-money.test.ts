import { expect, test } from 'vitest';
import { convertMoney } from './convert-money.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });

test('UX-04 amounts of several currencies become one by the stored rates, rounded amount by amount', () => {
  const amounts = [usd(10_000), { amount: 5_005, currency: 'EUR' }, { amount: -333, currency: 'EUR' }];
  expect(convertMoney(amounts, 'USD', { EUR: 1.1 })).toEqual({ total: usd(10_000 + 5_506 - 366), without: [] });
});

test('UX-04 minor units differ between currencies', () => {
  expect(convertMoney([{ amount: 1_000, currency: 'JPY' }], 'USD', { JPY: 0.0067 }).total).toEqual(usd(670));
  expect(convertMoney([usd(670)], 'JPY', { USD: 149.25 }).total).toEqual({ amount: 1_000, currency: 'JPY' });
});

test('UX-04 a currency without a rate is left out and named', () => {
  expect(convertMoney([usd(100), { amount: 900, currency: 'CHF' }, { amount: 1, currency: 'BRL' }], 'USD', {})).toEqual({
    total: usd(100),
    without: ['BRL', 'CHF'],
  });
});
