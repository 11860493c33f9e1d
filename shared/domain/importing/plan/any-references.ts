import { refTo } from '../../../model/any-reference.ts';
import { isTableName, tableOf, type TableName } from '../../../model/dictionary.ts';
import { readNumber as readRecordNumber } from '../../labels/record-number.ts';
import { distinctOf, type Cells } from '../cells.ts';
import { nounOf, nounsOf, wordsOf } from '../headings.ts';
import { isNothing } from '../numbers.ts';
import type { PlannedTable } from './planned-tables.ts';
import { byCell, lookUp, type Found, type ResolvedReferences } from './references.ts';

export type AnyReferenceContext = {
  readonly isMandatory: boolean;
  /** Record types that the field may point to. */
  readonly tables: readonly TableName[];
  readonly planned: (table: TableName) => PlannedTable;
  readonly turn: () => Promise<void>;
};

const quoted = (text: string) => `“${text.slice(0, 60)}”`;

/** `Engagement: E-17` and `engagement/E-17`: the record type and what names the record within it. */
function typedText(text: string, tables: readonly TableName[]): { readonly table: TableName; readonly rest: string } | undefined {
  const slash = /^([a-z][A-Za-z0-9]*)\/(\S.*)$/.exec(text.trim());
  const [, table = '', id = ''] = slash ?? [];
  if (isTableName(table) && tables.includes(table)) return { table, rest: id };
  const [, type = '', rest = ''] = /^([^:]{2,60}):\s*(\S.*)$/.exec(text.trim()) ?? [];
  const noun = nounOf(wordsOf(type));
  const named = noun === '' ? undefined : tables.find((one) => nounsOf(one).includes(noun));
  return named === undefined ? undefined : { table: named, rest };
}

function resolveOne(text: string, { tables, planned, isMandatory }: AnyReferenceContext): Found {
  const number = readRecordNumber(text);
  const numbered = number && tables.includes(number.table) ? planned(number.table).byNumber(number.number) : undefined;
  if (number !== undefined && numbered !== undefined) return { id: refTo(number.table, numbered.id) };
  const typed = typedText(text, tables);
  const candidates = typed === undefined ? tables.map((table) => ({ table, rest: text })) : [typed];
  const found = candidates.flatMap(({ table, rest }) => {
    const to = planned(table);
    const one = to.has(rest) ? { id: rest } : lookUp(rest, to);
    return one === undefined ? [] : [{ table, one }];
  });
  const [only] = found;
  if (found.length === 1 && only !== undefined && 'id' in only.one) return { id: refTo(only.table, only.one.id) };
  if (only !== undefined)
    return {
      fault: `Several records are named ${quoted(text)}. Write the number of the one that is meant, or its type and external ID: “${tableOf(only.table).label}: …”.`,
    };
  const what = `There is no record ${quoted(text)} among ${tables.map((table) => tableOf(table).plural.toLowerCase()).join(', ')}`;
  return isMandatory
    ? { fault: `${what}. Write its number, or its type and external ID.` }
    : { warning: `${what}; the field stays empty.` };
}

/** Resolves a column that refers to records of several types: by number, by type with external ID or name, else by a key or name that only one record has. */
export async function resolveAnyReferences(cells: Cells, context: AnyReferenceContext): Promise<ResolvedReferences> {
  for (const table of context.tables) await context.planned(table).loadNames(context.turn);
  const results = new Map<string, Found>();
  for (const { value } of distinctOf(cells)) if (!isNothing(value, 'other')) results.set(value, resolveOne(value, context));
  return byCell(cells, results);
}
