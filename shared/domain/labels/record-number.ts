import { tableNames, tableOf, type TableName } from '../../model/dictionary.ts';

const DIGITS = 7;
const NUMBER = /^([A-Za-z]{2,5})[\s-]?0*(\d{1,12})$/;

const byPrefix: ReadonlyMap<string, TableName> = new Map(
  tableNames.flatMap((name) => {
    const { prefix } = tableOf(name);
    return prefix === undefined ? [] : [[prefix, name] as const];
  }),
);

/** A record's human number: prefix and at least seven digits, `ENG0001042`. */
export function numberOf(prefix: string, serial: number): string {
  return prefix + String(serial).padStart(DIGITS, '0');
}

/** Reads what a person types for a number (`eng1042`, `ENG-0001042`): the record type and the number as it is stored; undefined where it is none. */
export function readNumber(text: string): { readonly table: TableName; readonly number: string } | undefined {
  const match = NUMBER.exec(text.trim());
  const prefix = (match?.[1] ?? '').toUpperCase();
  const table = byPrefix.get(prefix);
  return match?.[2] === undefined || table === undefined ? undefined : { table, number: prefix + match[2].padStart(DIGITS, '0') };
}

/** The serial of a number of this prefix; undefined where it has another one. Counting goes on from the largest. */
export function serialOf(prefix: string, number: string): number | undefined {
  const digits = number.startsWith(prefix) ? number.slice(prefix.length) : '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}
