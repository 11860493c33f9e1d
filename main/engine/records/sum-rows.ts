import type { FieldPath } from '#shared/domain/derived/field-path.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import type { Money } from '#shared/model/field.ts';
import { convertMoney, type Rates } from '#shared/util/convert-money.ts';
import { sumMoney } from '#shared/util/money.ts';
import type { SortWorld } from './sort-keys.ts';

/** What a column comes to over some rows. */
export type Sum = {
  readonly field: string;
  /** Rows that have a value. */
  readonly filled: number;
  readonly sum?: number;
  readonly least?: number;
  readonly most?: number;
  /** By currency, never mixed. */
  readonly money?: Money[];
  /** Of several currencies: all that has a rate in the workspace's, and the day of the rates. */
  readonly converted?: { readonly total: Money; readonly without: string[]; readonly ratesOf?: string };
};

/** Counts a column and adds it up, in the order of the rows. Throws AppError `limit` where an amount cannot be kept exactly. */
export function sumColumn(path: FieldPath, rows: readonly AnyRow[], { view, asOf, rates }: SortWorld): Sum {
  const { path: field, kind, read } = path;
  if (kind === 'money') {
    const amounts = rows.flatMap((row) => (read(row, view, asOf) as Money | undefined) ?? []); // the stored value of a money field
    const money = [...sumMoney(amounts)];
    return { field, filled: amounts.length, money, ...convertedSum(money, amounts, rates) };
  }
  let filled = 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const value = read(row, view, asOf);
    if (typeof value !== 'number') {
      if (value !== undefined && value !== '' && value !== false) filled += 1;
      continue;
    }
    filled += 1;
    sum += value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const isNumber = kind === 'number' || kind === 'integer' || kind === 'percent';
  return { field, filled, ...(isNumber && filled > 0 ? { sum, least, most } : {}) };
}

/** Nothing where there is one currency, or no rate for any of the others. */
function convertedSum(money: readonly Money[], amounts: readonly Money[], rates: Rates | undefined): Pick<Sum, 'converted'> {
  if (rates === undefined || money.length < 2) return {};
  const { total, without } = convertMoney(amounts, rates.currency, rates.rates);
  if (money.every(({ currency }) => currency === rates.currency || without.includes(currency))) return {};
  return { converted: { total, without: [...without], ...(rates.of === undefined ? {} : { ratesOf: rates.of }) } };
}
