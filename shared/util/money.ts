import { AppError } from '../errors/app-error.ts';
import { isCurrency, minorDigits } from './currencies.ts';

/** Integer minor units with the ISO 4217 code; the same shape as `Money` of the model. */
type Money = { readonly amount: number; readonly currency: string };

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/**
 * Money from a plain decimal (`1234.5`, `-7`, `1.2e3`; point as the decimal sign, no grouping), without float drift.
 * Digits beyond the currency's minor unit are rounded half away from zero. Throws AppError `validation` where the text is
 * no such number, the currency is not known, or the amount is larger than can be kept exactly.
 */
export function moneyFromDecimal(text: string, currency: string): Money {
  if (!isCurrency(currency)) throw new AppError('validation', `“${currency.slice(0, 10)}” is not a currency code such as USD or EUR.`);
  const match = DECIMAL.exec(text.trim());
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') throw new AppError('validation', `“${text.slice(0, 40)}” is not an amount such as 1234.50.`);
  const amount = scaled(whole, fraction, minorDigits(currency) + Number(match[4] ?? 0));
  if (!Number.isSafeInteger(amount)) throw new AppError('validation', `“${text.slice(0, 40)}” is too large an amount.`);
  return { amount: match[1] === '-' && amount !== 0 ? -amount : amount, currency };
}

/** `whole.fraction × 10^places`, rounded half away from zero; works on the digits. */
function scaled(whole: string, fraction: string, places: number): number {
  const digits = whole + fraction;
  const point = whole.length + places;
  if (point > 400) return /^0*$/.test(digits) ? 0 : Number.POSITIVE_INFINITY;
  if (point < 0) return 0;
  const kept = Number(digits.slice(0, point).padEnd(point, '0') || '0');
  return kept + (Number(digits[point] ?? '0') >= 5 ? 1 : 0);
}

/** Money from a number as it is written (a cell of a workbook); rounding and errors as {@link moneyFromDecimal}. */
export function moneyFromNumber(value: number, currency: string): Money {
  return moneyFromDecimal(String(value), currency);
}

/** The amount as a plain decimal with all minor digits: `1234.50`, `-0.07`, `1234` for JPY. */
export function decimalOf(money: Money): string {
  const places = minorDigits(money.currency);
  const digits = String(Math.abs(money.amount)).padStart(places + 1, '0');
  const sign = money.amount < 0 ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The amount in major units, for comparing with a number that a person typed; the nearest double. */
export function majorUnits(money: Money): number {
  return money.amount / 10 ** minorDigits(money.currency);
}

/** The amount as a person of the locale writes it; whole amounts without their zero cents. */
export function formatMoney(money: Money, locale = 'en'): string {
  const whole = money.amount % 10 ** minorDigits(money.currency) === 0;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: whole ? 0 : minorDigits(money.currency),
    maximumFractionDigits: minorDigits(money.currency),
  });
  // a decimal string is formatted without passing through a double; the type of format() does not know yet
  return format.format(decimalOf(money) as `${number}`);
}

/**
 * Sums by currency, the workspace's first, then by code. Currencies are never mixed.
 * Throws AppError `limit` where a sum is larger than can be kept exactly.
 */
export function sumMoney(items: Iterable<Money | undefined>, firstCurrency?: string): readonly Money[] {
  const sums = new Map<string, number>();
  for (const item of items) {
    if (!item) continue;
    const sum = (sums.get(item.currency) ?? 0) + item.amount;
    if (!Number.isSafeInteger(sum)) throw new AppError('limit', `The sum in ${item.currency} is too large to be kept exactly.`);
    sums.set(item.currency, sum);
  }
  const rank = (code: string): string => (code === firstCurrency ? '' : code);
  return [...sums].map(([currency, amount]) => ({ amount, currency })).sort((a, b) => (rank(a.currency) < rank(b.currency) ? -1 : 1));
}
