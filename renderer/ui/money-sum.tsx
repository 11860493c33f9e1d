import { createContext, use } from 'react';
import type { Money } from '#shared/model/field.ts';
import { convertMoney, type Rates } from '#shared/util/convert-money.ts';
import { Exact } from './exact.tsx';
import { formatDate, formatMoneySum } from './format.ts';

/** What other currencies are worth; the shell provides it from the settings. Without it amounts stand side by side. */
export const RatesContext = createContext<Rates | undefined>(undefined);

/** Where the rates come from, for a sum that was converted. */
export function ratesInWords(ratesOf: string | undefined, without: readonly string[]): string {
  const rates = ratesOf === undefined ? 'by the rates in the settings' : `by the rates of ${formatDate(ratesOf)}`;
  return without.length === 0 ? rates : `${rates}, without ${without.join(', ')}, for which there is no rate`;
}

type Spoken = { readonly text: string; readonly exact: string };

function spoken(of: readonly Money[], short: boolean, rates: Rates | undefined): Spoken {
  const apart = { text: formatMoneySum(of, short), exact: formatMoneySum(of) };
  if (rates === undefined || of.length < 2) return apart;
  const { total, without } = convertMoney(of, rates.currency, rates.rates);
  if (of.every(({ currency }) => currency === rates.currency || without.includes(currency))) return apart;
  const left = of.filter(({ currency }) => without.includes(currency));
  const text = [`≈ ${formatMoneySum([total], short)}`, ...left.map((money) => formatMoneySum([money], short))].join(' + ');
  return { text, exact: `${formatMoneySum([total])} ${ratesInWords(rates.of, without)}: ${formatMoneySum(of)}` };
}

/**
 * A sum by currency. Where there are several, as one in the workspace's by the stored rates, marked as such (UX-04): what it is made of
 * and the day of the rates are its exact value. Currencies without a rate stand beside it.
 */
export function MoneySum({ of, short = false }: { readonly of: readonly Money[]; readonly short?: boolean }) {
  const { text, exact } = spoken(of, short, use(RatesContext));
  return text === exact ? text : <Exact exact={exact}>{text}</Exact>;
}
