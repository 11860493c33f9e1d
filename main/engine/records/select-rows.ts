import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { planIndexes } from '#shared/domain/condition/index-plan.ts';
import { labelOfId } from '#shared/domain/labels/record-label.ts';
import { ratesOf } from '#shared/domain/money-rates.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Condition } from '#shared/model/condition.ts';
import { refsIn, type AnyRef } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { JournalEntry } from '#shared/model/field.ts';
import { fold } from '#shared/util/folding.ts';
import type { EngineContext } from '../context.ts';
import { candidates } from './index-candidates.ts';
import { sortRows, type SortField, type SortWorld } from './sort-keys.ts';

/** Which rows of one table. */
export type Filter = { readonly table: TableName; readonly condition?: Condition | undefined; readonly search?: string | undefined };
export type Selection = Filter & { readonly sort?: readonly SortField[] | undefined };

/** So many last answers are kept: scrolling asks for the next window of the same one. */
const KEPT = 20;

type Kept = { readonly filtered: Map<string, readonly AnyRow[]>; readonly ordered: Map<string, readonly AnyRow[]> };

/** By view, because what a person may see is a view of its own. */
const kept = new WeakMap<ReadView, Kept>();
const followed = new WeakSet<EngineContext['feed']>();
let generation = 0;

/** What was found is forgotten with every commit and every recomputation. */
function keptOf({ view, feed }: EngineContext): Kept & { readonly generation: number } {
  if (!followed.has(feed)) {
    followed.add(feed);
    const forget = () => {
      generation += 1;
    };
    feed.subscribe(forget);
    feed.onDerived(forget);
  }
  const known = kept.get(view) ?? { filtered: new Map(), ordered: new Map() };
  kept.set(view, known);
  return { ...known, generation };
}

function remember<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= KEPT) break;
    map.delete(oldest);
  }
  return value;
}

/** What sorting, grouping and summing need of the engine. */
export function sortWorld(context: EngineContext): SortWorld {
  const { asOf } = context.settings();
  return { view: context.view, asOf, more: context.derivedFields.all(), rates: ratesOf(context.whole.view) };
}

/** The rows that match, in the order of their IDs. Throws AppError `validation` where the condition does not fit the type. */
export function filterRows(context: EngineContext, { table, condition, search = '' }: Filter): readonly AnyRow[] {
  const world = sortWorld(context);
  const memory = keptOf(context);
  return remember(memory.filtered, JSON.stringify([memory.generation, world.asOf, table, condition, search]), () =>
    look(world, { table, condition, search }),
  );
}

/** The rows that match, in the order asked for. Throws AppError `validation` where a field does not exist. */
export function selectRows(context: EngineContext, { sort = [], ...filter }: Selection): readonly AnyRow[] {
  const found = filterRows(context, filter);
  if (sort.length === 0) return found;
  const world = sortWorld(context);
  const memory = keptOf(context);
  return remember(
    memory.ordered,
    JSON.stringify([memory.generation, world.asOf, filter.table, filter.condition, filter.search ?? '', sort]),
    () => sortRows(filter.table, found, sort, world),
  );
}

function look({ view, asOf, more }: SortWorld, { table, condition, search = '' }: Filter): readonly AnyRow[] {
  const matches = condition === undefined ? undefined : compileCondition(condition, table, more);
  const plan = condition === undefined ? undefined : planIndexes(condition, table, asOf);
  const words = fold(search).split(' ').filter(Boolean);
  const hasWords = words.length === 0 ? undefined : wordFinder(table, view, words);
  const found: AnyRow[] = [];
  for (const row of (plan && candidates(plan, table, view)) ?? (view.all(table) as Iterable<AnyRow>)) {
    // Row seen generically
    if (hasWords?.(row) === false) continue;
    if (matches === undefined || matches(row, view, asOf)) found.push(row);
  }
  return found;
}

const texts = new WeakMap<AnyRow, string>();

/** Fields whose records' names stand in the row: in its label, or in a column that lists put forward. */
function namedBy(table: TableName) {
  const { title, fields } = tableOf(table);
  return Object.entries(fields).filter(
    ([name, { kind, column }]) => (kind === 'reference' || kind === 'anyReference') && (column !== undefined || title.includes(name)),
  );
}

/** Whether all words occur in a record's number, label and searched fields, or in the names of what it shows of other records. */
function wordFinder(table: TableName, view: ReadView, words: readonly string[]): (row: AnyRow) => boolean {
  const naming = namedBy(table);
  const names = new Map<string, string>();
  const nameOf = (ref: AnyRef): string => {
    const known = names.get(ref.id);
    if (known !== undefined) return known;
    const name = fold(labelOfId(ref.table, ref.id, view));
    names.set(ref.id, name);
    return name;
  };
  return (row) => {
    const known = texts.get(row);
    const own = known ?? ownText(table, row);
    if (known === undefined) texts.set(row, own);
    return words.every(
      (word) => own.includes(word) || naming.some(([name, field]) => refsIn(field, row[name]).some((ref) => nameOf(ref).includes(word))),
    );
  };
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
