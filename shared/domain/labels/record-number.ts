import { tableNames, tableOf, type TableName } from '../../model/dictionary.ts';

const DIGITS = 7;
const NUMBER = /^([A-Za-z]{2,5})[\s-]?0*(\d{1,12})$/;

const byPrefix: ReadonlyMap<string, TableName> = new Map(
  tableNames.flatMap((name) => {
    const { prefix } = tableOf(name);
    return prefix === undefined ? [] : [[prefix, name] as const];
  }),
);

/** Reads what a person types for a number (`eng1042`, `ENG-0001042`): the record type and the number as it is stored; undefined where it is none. */
export function readNumber(text: string): { readonly table: TableName; readonly number: string } | undefined {
  const match = NUMBER.exec(text.trim());
  const prefix = (match?.[1] ?? '').toUpperCase();
  const table = byPrefix.get(prefix);
  return match?.[2] === undefined || table === undefined ? undefined : { table, number: prefix + match[2].padStart(DIGITS, '0') };
}
