import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { formatDate, formatMoneySum } from './format.ts';
import { MoneySum, RatesContext } from './money-sum.tsx';

const rates = { currency: 'USD', rates: { EUR: 1.25 }, of: '2025-06-01' };
const usd = { amount: 100_000_000, currency: 'USD' };
const eur = { amount: 40_000_000, currency: 'EUR' };
const chf = { amount: 700, currency: 'CHF' };

function written(of: Parameters<typeof MoneySum>[0]['of'], known: typeof rates | undefined): string {
  const html = renderToStaticMarkup(
    <RatesContext value={known}>
      <MoneySum of={of} short />
    </RatesContext>,
  );
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
}

// as the machine's locale writes them
const short = (amount: number, currency: string) => formatMoneySum([{ amount, currency }], true);
const both = `${short(100_000_000, 'USD')} + ${short(40_000_000, 'EUR')}`;

test('UX-04 amounts of several currencies are shown as one, marked as converted, with its parts and the day of the rates', () => {
  const sum = { amount: 150_000_000, currency: 'USD' };
  expect(written([usd, eur], rates)).toBe(
    `≈ ${formatMoneySum([sum], true)} ${formatMoneySum([sum])} by the rates of ${formatDate('2025-06-01')}: ${formatMoneySum([usd, eur])}`,
  );
});

test('UX-04 a currency without a rate stands beside the sum and is named', () => {
  const text = written([usd, eur, chf], rates);
  expect(text).toContain(`≈ ${short(150_000_000, 'USD')} + ${short(700, 'CHF')} `);
  expect(text).toContain(', without CHF, for which there is no rate: ');
});

test('UX-04 without a rate, and with one currency, nothing is converted', () => {
  expect(written([usd, eur], undefined)).toBe(`${both} ${formatMoneySum([usd, eur])}`);
  expect(written([usd, chf], rates)).not.toContain('≈');
  expect(written([usd], rates)).not.toContain('≈');
});
