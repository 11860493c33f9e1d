import type { ReadView } from '#shared/domain/view.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { crc32c } from '#shared/util/crc32c.ts';

const DIGITS = 7;
/** Numbers given by the server stand behind those of every device. */
const SERVER_BLOCK = 9_999;
const encoder = new TextEncoder();

/** The human number of a new record: the device's where it fits and is free, else one that follows from the record's ID. */
export function numberFor(view: ReadView, table: TableName, id: string, given: string | undefined): string | undefined {
  const { prefix } = tableOf(table);
  if (prefix === undefined) return undefined;
  const isFree = (number: string): boolean => (view.by(table, 'number', number) as readonly AnyRow[]).every((row) => row.id === id); // Row seen generically
  if (given !== undefined && new RegExp(`^${prefix}\\d{${DIGITS},12}$`).test(given) && isFree(given)) return given;
  const numbered = (count: number): string => `${prefix}${SERVER_BLOCK}${String(count % 10 ** DIGITS).padStart(DIGITS, '0')}`;
  let count = crc32c(encoder.encode(id));
  while (!isFree(numbered(count))) count += 1;
  return numbered(count);
}
