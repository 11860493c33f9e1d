import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Condition } from '#shared/model/condition.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { JournalEntry } from '#shared/model/field.ts';
import { fold } from '#shared/util/folding.ts';
import type { EngineContext } from '../context.ts';
import { sortRows, type SortField } from './sort-keys.ts';

export type Selection = {
  readonly table: TableName;
  readonly condition?: Condition | undefined;
  readonly search?: string | undefined;
  readonly sort?: readonly SortField[] | undefined;
};

/** So many last selections are kept in order: scrolling asks for the next window of the same one. */
const KEPT = 20;

/** Selects rows of one table: filter, search, order. */
export type Selector = (selection: Selection) => readonly AnyRow[];

const selectors = new WeakMap<EngineContext, Selector>();

/** The selector of an engine. A selection is worked out anew when anything was committed or computed since. */
export function selectorOf(context: EngineContext): Selector {
  const known = selectors.get(context);
  if (known !== undefined) return known;
  const kept = new Map<string, readonly AnyRow[]>();
  context.feed.subscribe(() => kept.clear());
  context.feed.onDerived(() => kept.clear());
  const selector: Selector = (selection) => {
    const { asOf } = context.settings();
    const key = JSON.stringify([asOf, selection]);
    const rows = kept.get(key) ?? select(context, selection, asOf);
    kept.delete(key);
    kept.set(key, rows);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return rows;
  };
  selectors.set(context, selector);
  return selector;
}

function select(context: EngineContext, { table, condition, search = '', sort = [] }: Selection, asOf: string): readonly AnyRow[] {
  const { view } = context;
  const more = context.derivedFields.all();
  const matches = condition === undefined ? undefined : compileCondition(condition, table, more);
  const words = fold(search).split(' ').filter(Boolean);
  const found: AnyRow[] = [];
  for (const row of view.all(table) as Iterable<AnyRow>) {
    // Row seen generically
    if (words.length > 0 && !hasWords(table, row, view, words)) continue;
    if (matches === undefined || matches(row, view, asOf)) found.push(row);
  }
  return sortRows(table, found, sort, { view, asOf, more });
}

const texts = new WeakMap<AnyRow, string>();

/** Whether all words occur in the record's number, label and searched fields. */
function hasWords(table: TableName, row: AnyRow, view: ReadView, words: readonly string[]): boolean {
  const known = texts.get(row);
  const own = known ?? ownText(table, row);
  if (known === undefined) texts.set(row, own);
  // the label may consist of other records' labels, which change without this row
  const text = namesOthers(table) ? `${own} ${fold(labelOf(table, row, view))}` : own;
  return words.every((word) => text.includes(word));
}

function namesOthers(table: TableName): boolean {
  const { title, fields } = tableOf(table);
  return title.some((name) => fields[name]?.kind === 'reference' || fields[name]?.kind === 'anyReference');
}

function ownText(table: TableName, row: AnyRow): string {
  const { title, fields } = tableOf(table);
  const texts = Object.entries(fields).flatMap(([name, { kind, search }]) => {
    const value = row[name];
    if (search === undefined && !title.includes(name)) return [];
    if (kind === 'journal' && Array.isArray(value)) return (value as readonly JournalEntry[]).map((entry) => entry.text); // the stored value of a journal
    return typeof value === 'string' && kind !== 'reference' && kind !== 'anyReference' ? [value] : [];
  });
  return fold([row.number ?? '', ...texts].join(' '));
}
