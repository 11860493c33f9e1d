import { labelOf } from '#shared/domain/labels/record-label.ts';
import { readNumber } from '#shared/domain/labels/record-number.ts';
import { askedWords, searchedTexts } from '#shared/domain/search/searched-text.ts';
import { hasAll } from '#shared/domain/search/snippet.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { fold } from '#shared/util/folding.ts';
import type { EngineContext } from '../context.ts';
import { atOnce, inTurns } from '../host/in-turns.ts';
import { openSearchIndex, type SearchIndex } from './search-index.ts';

export type Found = { readonly table: TableName; readonly row: AnyRow };
export type Findings = {
  /** Best first. */
  readonly found: readonly Found[];
  /** How many match, by table; of these the caller sees. */
  readonly counts: ReadonlyMap<TableName, number>;
  /** There are more than were counted. */
  readonly capped: boolean;
  /** False while the index is being made. */
  readonly complete: boolean;
};
export type Wanted = {
  readonly limit: number;
  readonly only?: readonly TableName[] | undefined;
  /** Milliseconds to wait for an index that is being made; by default until it is. */
  readonly patience?: number;
};

/** Of so many best ones the order is looked at once more, with their titles. */
const LOOKED_AT = 200;
/** Where a caller does not see everything, finds are looked at one by one: so many in any case, more as long as it takes no longer. */
const ALWAYS_CHECKED = 5_000;
const COUNTING_MS = 40;
/** Until the index is made. */
const AS_LONG_AS_IT_TAKES = 600_000;

const indexes = new WeakMap<EngineContext, SearchIndex>();

/** The index of an engine: one for all callers, over all records. */
export function searchIndexOf({ whole }: EngineContext): SearchIndex {
  const known = indexes.get(whole);
  if (known !== undefined) return known;
  const index = openSearchIndex(whole);
  indexes.set(whole, index);
  return index;
}

/** A record as the caller sees it, if what they see of it has the words. */
function seen(context: EngineContext, table: TableName, id: string, words: readonly string[]): AnyRow | undefined {
  const row: AnyRow | undefined = context.view.get(table, id);
  // of a row that is shown in part only the words of that part count: customers find nothing by internal notes
  if (row === undefined || row === context.whole.view.get(table, id)) return row;
  return hasAll(searchedTexts(table, row, context.view), words) ? row : undefined;
}

/** Records by their number, whole (`eng1042`) or its figures alone (`1042`). */
function numbered({ view }: EngineContext, text: string): Found[] {
  const typed = text.trim();
  const number = readNumber(typed);
  const numbers =
    number !== undefined
      ? [number]
      : /^\d{1,7}$/.test(typed)
        ? tableNames.flatMap((table) => {
            const { prefix } = tableOf(table);
            return prefix === undefined ? [] : [{ table, number: prefix + typed.padStart(7, '0') }];
          })
        : [];
  return numbers.flatMap(
    ({ table, number: stored }) => (view.by(table, 'number', stored) as readonly AnyRow[]).map((row) => ({ table, row })), // Row seen generically
  );
}

/** More where the title itself is what was asked, or begins with it. */
function titleFactor({ view }: EngineContext, { table, row }: Found, asked: string): number {
  const title = fold(labelOf(table, row, view));
  if (title === asked) return 2;
  return title.startsWith(asked) ? 1.3 : 1;
}

/**
 * Records that have all words of the text (UX-02): by their numbers first, then by how well and where the words fit, how recent they are and
 * whether their title is what was asked. Only what the caller may see.
 */
export async function findRecords(
  context: EngineContext,
  text: string,
  { limit, only, patience = AS_LONG_AS_IT_TAKES }: Wanted,
): Promise<Findings> {
  const index = searchIndexOf(context);
  const checksAll = context.view !== context.whole.view;
  const byNumber = numbered(context, text);
  const words = askedWords(text);
  const counts = new Map<TableName, number>();
  const count = (table: TableName) => counts.set(table, (counts.get(table) ?? 0) + 1);
  const isWanted = (table: TableName) => only === undefined || only.length === 0 || only.includes(table);
  const complete = words.length === 0 || (await index.ready(patience));

  const { documents, scores, at: recordAt } = index.find(words);
  // score and document in one number, so that the platform sorts them: by score, then the one that was put in first
  const keys = new Float64Array(documents.length);
  let kept = 0;
  for (const document of documents) {
    const record = recordAt(document);
    if (record === undefined) continue;
    if (!checksAll) count(record.table);
    if (isWanted(record.table))
      keys[kept++] = Math.round((scores[document] ?? 0) * record.boost * 1000) * DOCUMENTS + (DOCUMENTS - 1 - document);
  }
  const order = keys.subarray(0, kept).sort();

  const numbers = new Set(byNumber.map(({ row }) => row.id));
  const best: { readonly found: Found; readonly score: number }[] = [];
  const asked = words.join(' ');
  const wanted = Math.max(LOOKED_AT, limit);
  let checked = 0;
  const look = function* (): Generator<void, void, void> {
    for (let at = order.length - 1; at >= 0 && (checksAll || best.length < wanted); at -= 1) {
      yield;
      const key = order[at] ?? 0;
      const record = recordAt(DOCUMENTS - 1 - (key % DOCUMENTS));
      checked += 1;
      if (record === undefined) continue;
      const row = seen(context, record.table, record.id, words);
      if (row === undefined) continue;
      if (checksAll) count(record.table);
      if (numbers.has(row.id) || best.length >= wanted) continue;
      const found = { table: record.table, row };
      best.push({ found, score: Math.floor(key / DOCUMENTS) * titleFactor(context, found, asked) });
    }
  };
  const looking = look();
  if (checksAll) {
    const until = performance.now() + COUNTING_MS;
    await inTurns(
      whileTrue(looking, () => checked < ALWAYS_CHECKED || performance.now() < until),
      context.host.yieldTurn,
    );
  } else atOnce(looking);
  best.sort((a, b) => b.score - a.score);
  for (const { table, row } of byNumber) if (!documents.some((document) => recordAt(document)?.id === row.id)) count(table);
  const found = [...byNumber.filter(({ table }) => isWanted(table)), ...best.map((one) => one.found)].slice(0, limit);
  return { found, counts, capped: checksAll && checked < order.length, complete };
}

/** Documents that a key has room for. */
const DOCUMENTS = 2 ** 24;

/** Steps until a condition fails. */
function* whileTrue(steps: Generator<void, void, void>, holds: () => boolean): Generator<void, void, void> {
  for (const _ of steps) {
    if (!holds()) return;
    yield;
  }
}

/** The first records of a type by their label, for a choice before anything was typed. */
export function firstByLabel({ view }: EngineContext, table: TableName, limit: number): Found[] {
  const named: { readonly key: string; readonly row: AnyRow }[] = [];
  for (const row of view.all(table) as Iterable<AnyRow>) named.push({ key: fold(labelOf(table, row, view)), row }); // Row seen generically
  named.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return named.slice(0, limit).map(({ row }) => ({ table, row }));
}
