import type { Money } from '#shared/model/field.ts';
import { minorDigits } from '#shared/util/currencies.ts';

const SCALE: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, bn: 1e9, b: 1e9 };
const SIGNS: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' };

/** The decimal sign of a locale. */
function decimalSign(locale?: string): string {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
}

/** Figures with grouping and decimal signs as a plain number string; undefined where they contradict each other. */
function plainFigures(text: string, locale?: string): string | undefined {
  const dots = text.split('.').length - 1;
  const commas = text.split(',').length - 1;
  if (dots > 1 && commas > 1) return undefined;
  let decimal = decimalSign(locale);
  // with both signs the later one is the decimal sign; one that is repeated groups thousands
  if (dots > 0 && commas > 0) decimal = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ',';
  else if (dots > 1) decimal = ',';
  else if (commas > 1) decimal = '.';
  else if (dots + commas === 1 && !/[.,]\d{3}$/.test(text)) decimal = dots === 1 ? '.' : ',';
  const group = decimal === '.' ? ',' : '.';
  return text.replaceAll(group, '').replace(decimal, '.');
}

/** What a person means by "1,234.5", "1.234,5", "12k" or "−3"; undefined where it is no number. */
export function parseNumber(typed: string, locale?: string): number | undefined {
  const text = typed
    .trim()
    .replaceAll(/[\s'’_]/g, '')
    .replace('−', '-')
    .toLowerCase();
  const match = /^([+-]?)([\d.,]+)(k|m|bn|b)?%?$/.exec(text);
  const figures = match?.[2];
  if (!match || figures === undefined) return undefined;
  const plain = plainFigures(figures, locale);
  if (plain === undefined || !/^\d*\.?\d*$/.test(plain) || !/\d/.test(plain)) return undefined;
  const value = Number(plain) * (SCALE[match[3] ?? ''] ?? 1);
  return match[1] === '-' ? -value : value;
}

/** "12k EUR", "$1,200", "1200" (in `currency`); undefined where it is no amount. Rounds to the currency's minor unit. */
export function parseMoney(typed: string, currency: string, locale?: string): Money | undefined {
  let text = typed.trim();
  let code = currency;
  const sign = Object.keys(SIGNS).find((candidate) => text.includes(candidate));
  if (sign !== undefined) {
    code = SIGNS[sign] ?? currency;
    text = text.replace(sign, '');
  }
  const named = /(?:^|[^A-Za-z])([A-Za-z]{3})$|^([A-Za-z]{3})(?=[^A-Za-z])/.exec(text);
  const name = named?.[1] ?? named?.[2];
  if (name !== undefined) {
    code = name.toUpperCase();
    text = text.replace(name, '');
  }
  const value = parseNumber(text, locale);
  if (value === undefined) return undefined;
  return { amount: Math.round(value * 10 ** minorDigits(code)), currency: code };
}
