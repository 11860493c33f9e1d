import type { Money } from '../model/field.ts';
import { SETTING_DEFAULTS } from '../model/settings.ts';
import { convertMoney, type Rates } from '../util/convert-money.ts';
import { majorUnits, moneyFromNumber } from '../util/money.ts';
import type { ReadView } from './view.ts';

const NO_RATES: Readonly<Record<string, number>> = {};

/** The workspace's currency and what others are worth in it (UX-04), as its settings' records say. What no record says has its default. */
export function ratesOf(view: ReadView): Rates {
  const [rates] = view.by('setting', 'key', 'exchangeRates');
  return {
    currency: currencyOf(view),
    rates: isRates(rates?.value) ? rates.value : NO_RATES,
    of: rates?.updatedAt.slice(0, 10),
  };
}

function currencyOf(view: ReadView): string {
  const [currency] = view.by('setting', 'key', 'currency');
  return typeof currency?.value === 'string' ? currency.value : SETTING_DEFAULTS.currency;
}

const isRates = (value: unknown): value is Readonly<Record<string, number>> =>
  typeof value === 'object' && value !== null && Object.values(value).every((rate) => typeof rate === 'number' && rate > 0);

/** Several amounts as one: as they are where they have one currency, else in the workspace's; undefined where a rate is missing. */
export function asOneAmount(amounts: readonly Money[], view: ReadView): Money | undefined {
  if (amounts.length < 2) return amounts[0];
  const { currency, rates } = ratesOf(view);
  const { total, without } = convertMoney(amounts, currency, rates);
  return without.length === 0 ? total : undefined;
}

/**
 * The amount in major units of the workspace's currency, so that amounts of several currencies compare (conditions, order, measures).
 * Without a rate: in its own.
 */
export function comparableUnits(money: Money, view: ReadView): number {
  // most amounts are in it, and lists of 10,000 compare them
  if (money.currency === currencyOf(view)) return majorUnits(money);
  const { currency, rates } = ratesOf(view);
  const rate = rates[money.currency];
  return rate === undefined ? majorUnits(money) : majorUnits(convertMoney([money], currency, rates).total);
}

/** Where the range of contract values that an amount lies in begins (REC-44, DSH-07), in the workspace's currency; undefined without a rate. */
export function rangeStart(amounts: readonly Money[], view: ReadView): Money | undefined {
  if (amounts.length === 0) return undefined;
  const { currency, rates } = ratesOf(view);
  const { total, without } = convertMoney(amounts, currency, rates);
  if (without.length > 0) return undefined;
  const [stored] = view.by('setting', 'key', 'contractValueRanges');
  const limits = isLimits(stored?.value) ? stored.value : SETTING_DEFAULTS.contractValueRanges;
  const units = majorUnits(total);
  return moneyFromNumber(limits.findLast((limit) => units >= limit) ?? 0, currency);
}

const isLimits = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every((limit) => typeof limit === 'number');
