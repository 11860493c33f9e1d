import { tableOf, type AnyRow, type TableName } from '../../../model/dictionary.ts';
import { readNumber as readRecordNumber } from '../../labels/record-number.ts';
import { cellAt } from '../cells.ts';
import { isNothing } from '../numbers.ts';
import { valueAt, type Converted } from './convert.ts';
import type { PlannedTable } from './planned-tables.ts';
import type { PlannedRecord, SheetChoice } from './plan-types.ts';
import type { ProblemList } from './problems.ts';

/** Records whose names repeat: what else tells them apart. */
const TOLD_WITH: { readonly [T in TableName]?: string } = {
  contact: 'account',
  engagement: 'account',
  capability: 'product',
  contract: 'account',
};

export type IdentifyContext = {
  readonly sheetIndex: number;
  readonly choice: SheetChoice;
  readonly table: PlannedTable;
  readonly problems: ProblemList;
  readonly skip: Uint8Array;
  /** Reference columns that are resolved already, by field. */
  readonly references: ReadonlyMap<string, Converted>;
  /** Planned records by name and the like; undefined where every row of the set has a key. */
  readonly naturalKeys: Map<string, PlannedRecord> | undefined;
  /** Rows of the set name records of this type. */
  readonly isNamed: boolean;
  readonly turn: () => Promise<void>;
};

/** A text that is the same for the same texts, for rows that have nothing else to be known by (two times 32 bits of FNV-1a). */
export function hashTexts(texts: readonly string[]): string {
  let one = 0x811c9dc5;
  let two = 0x01000193;
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 16_777_619);
      two = Math.imul(two ^ (code + 31), 2_654_435_761);
    }
    one = Math.imul(one ^ 0xff, 16_777_619);
    two = Math.imul(two ^ 0xff, 2_654_435_761);
  }
  return (one >>> 0).toString(36) + (two >>> 0).toString(36);
}

/**
 * Says which record each row of a sheet is: by our own number, its external ID, or the dictionary's further keys (name, e-mail);
 * a row that has none is known by its content, so that the same file brought in again changes nothing. Undefined: the row is
 * bad, left out, or says again what another row said.
 */
export async function identifyRows(context: IdentifyContext): Promise<readonly (PlannedRecord | undefined)[]> {
  const { choice, table, problems, skip, sheetIndex } = context;
  const columnOf = (field: string) => choice.columns.find((column) => column.field === field)?.index;
  const keyColumn = columnOf('externalId');
  const textAt = (column: number | undefined, row: number): string => {
    const cells = column === undefined ? undefined : choice.sheet.columns[column]?.cells;
    const text = cells === undefined ? '' : cellAt(cells, row);
    return isNothing(text, column === keyColumn ? 'other' : 'text') ? '' : text.trim();
  };
  const mapped = choice.columns.flatMap(({ index, field }) => (field === undefined ? [] : [index]));
  const numberColumn = columnOf('number');
  const keyFields = (tableOf(table.table).importKeys ?? []).filter((field) => field !== 'externalId' && columnOf(field) !== undefined);
  const nameColumn = columnOf(tableOf(table.table).title[0] ?? '');
  const told = TOLD_WITH[table.table];
  const toldBy = told === undefined ? undefined : context.references.get(told);
  const rows = choice.sheet.lines.length;
  const records: (PlannedRecord | undefined)[] = [];
  const firstRow = new Map<PlannedRecord, number>();
  const copies = new Map<string, number>();
  const line = (row: number) => choice.sheet.lines[row] ?? row + 2;
  const bad = (row: number, column: number | undefined, message: string) => problems.add(sheetIndex, row, column, 'error', message);

  const naturalKey = (field: string, row: number): string | undefined => {
    const text = textAt(columnOf(field), row).toLowerCase();
    if (text === '') return undefined;
    const other = field === 'email' || toldBy === undefined ? undefined : valueAt(toldBy, row);
    return `${field}\u0000${text}\u0000${typeof other === 'string' ? other : ''}`;
  };
  const stored = (field: string, row: number): readonly AnyRow[] => {
    const found = table.storedByName(field, textAt(columnOf(field), row));
    if (field === 'email' || told === undefined || toldBy === undefined) return found;
    const wanted = valueAt(toldBy, row);
    return found.filter((one) => one[told] === wanted);
  };
  const byNaturalKey = (row: number, adopt: boolean): PlannedRecord | undefined => {
    for (const field of keyFields) {
      const key = naturalKey(field, row);
      if (key === undefined) continue;
      const planned = adopt ? undefined : context.naturalKeys?.get(key);
      if (planned !== undefined) return planned;
      const candidates = stored(field, row).filter((one) => !adopt || one['externalId'] === undefined);
      const [only] = candidates;
      if (only !== undefined && candidates.length === 1) return table.plan(only, 'row');
      if (candidates.length > 1 && !adopt) {
        bad(row, columnOf(field), `${candidates.length} records have this ${field}; a key is needed to tell which one is meant.`);
        return undefined;
      }
      if (!adopt) return table.plan(undefined, 'row');
    }
    return undefined;
  };
  const note = (record: PlannedRecord, row: number) => {
    const { naturalKeys } = context;
    for (const field of naturalKeys === undefined ? [] : keyFields) {
      const key = naturalKey(field, row);
      if (key !== undefined && naturalKeys?.has(key) === false) naturalKeys.set(key, record);
    }
    if (!context.isNamed || record.existing !== undefined) return;
    const name = textAt(nameColumn, row);
    if (name !== '') table.noteName(record, name);
  };
  const identify = (row: number): PlannedRecord | undefined => {
    const number = textAt(numberColumn, row);
    if (number !== '') {
      const found = readRecordNumber(number);
      const existing = found?.table === table.table ? table.byNumber(found.number) : undefined;
      if (existing !== undefined) return table.plan(existing, 'row');
      if (textAt(keyColumn, row) === '') {
        bad(
          row,
          numberColumn,
          `There is no ${tableOf(table.table).label.toLowerCase()} with the number ${number}. Empty the cell to make a new one.`,
        );
        return undefined;
      }
    }
    const key = textAt(keyColumn, row);
    if (key !== '') {
      const known = table.planByKey(key);
      if (known !== undefined) return known;
      const adopted = table.isEmpty ? undefined : byNaturalKey(row, true);
      if (adopted !== undefined) table.setKey(adopted, key);
      return adopted ?? table.plan(undefined, 'row', key);
    }
    if (keyFields.some((field) => naturalKey(field, row) !== undefined)) return byNaturalKey(row, false);
    const content = hashTexts(mapped.map((column) => textAt(column, row)));
    const copy = (copies.get(content) ?? 0) + 1;
    copies.set(content, copy);
    const made = `row-${content}${copy === 1 ? '' : `-${copy}`}`;
    const record = table.planByKey(made) ?? table.plan(undefined, 'row', made);
    record.values['externalId'] ??= made;
    return record;
  };
  const sameCells = (one: number, other: number) => mapped.every((column) => textAt(column, one) === textAt(column, other));

  for (let row = 0; row < rows; row += 1) {
    if (row % 1024 === 1023) await context.turn();
    if (skip[row] === 1 || problems.isBad(sheetIndex, row)) {
      records.push(undefined);
      continue;
    }
    const record = identify(row);
    const first = record === undefined ? undefined : firstRow.get(record);
    if (record !== undefined && first !== undefined) {
      if (!sameCells(first, row))
        bad(row, keyColumn ?? nameColumn, `It is the same record as line ${line(first)}, with other values. Keep one of the two.`);
      records.push(undefined);
      continue;
    }
    if (record !== undefined) {
      firstRow.set(record, row);
      note(record, row);
    }
    records.push(record);
  }
  return records;
}
