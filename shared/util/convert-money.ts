import { minorDigits } from './currencies.ts';

type Money = { readonly amount: number; readonly currency: string };

/** The workspace's currency, what one unit of another is worth in it, and the day on which somebody entered that. */
export type Rates = { readonly currency: string; readonly rates: Readonly<Record<string, number>>; readonly of: string | undefined };

/** Amounts of several currencies as one. `without`: currencies for which there is no rate, left out of the sum. */
export type Converted = { readonly total: Money; readonly without: readonly string[] };

/**
 * Converts amounts into one currency and adds them up (UX-04): each is rounded to its minor unit by itself, half away from zero, so that the parts
 * add up to the sum that is shown. `rates`: what one unit of another currency is worth in it.
 */
export function convertMoney(amounts: readonly Money[], currency: string, rates: Readonly<Record<string, number>>): Converted {
  const without = new Set<string>();
  let total = 0;
  for (const { amount, currency: own } of amounts) {
    const rate = own === currency ? 1 : rates[own];
    if (rate === undefined) {
      without.add(own);
      continue;
    }
    const exact = amount * rate * 10 ** (minorDigits(currency) - minorDigits(own));
    total += Math.sign(exact) * Math.round(Math.abs(exact));
  }
  return { total: { amount: total, currency }, without: [...without].toSorted() };
}
