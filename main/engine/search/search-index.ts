import { labelOf } from '#shared/domain/labels/record-label.ts';
import { foundByNameOf, isSearched, searchedTexts } from '#shared/domain/search/searched-text.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { fold } from '#shared/util/folding.ts';
import type { EngineContext, Touched } from '../context.ts';
import { inTurns } from '../host/in-turns.ts';
import { createTextIndex, type Matches, type TextIndex } from './text-index.ts';

/** A record in the index. `boost`: what it counts beside its words: recent, open, of a type that people work with. */
export type Indexed = { readonly table: TableName; readonly id: string; readonly boost: number };

export type SearchIndex = {
  /** Records with all words, those of before the last moments included; `at` answers a document's record, undefined where it has gone, also while the index is made anew. */
  readonly find: (words: readonly string[]) => Matches & { readonly at: (document: number) => Indexed | undefined };
  /** Resolves once all is in it, at the latest when so many milliseconds have passed; answers whether it is. */
  readonly ready: (milliseconds: number) => Promise<boolean>;
  readonly size: () => { readonly documents: number; readonly words: number };
};

/** Above this share of outdated documents the index is made anew, beside the one that answers meanwhile. */
const OUTDATED_SHARE = 0.3;
/** Of two equally good finds the one that people work with comes first. */
const FIRST: readonly TableName[] = ['engagement', 'account', 'contact', 'contract', 'riskSignal', 'touchpoint', 'supportTicket'];
const DAY_MS = 86_400_000;
const RECENT_DAYS = 90;

/** From 1.14 down to 1.08 for these types, 1 for the others. */
function typeFactor(table: TableName): number {
  const at = FIRST.indexOf(table);
  return at === -1 ? 1 : 1.14 - 0.01 * at;
}

/** What a record counts beside its words, about 1. */
function boostOf(table: TableName, row: AnyRow, now: number): number {
  const days = Math.max(0, (now - Date.parse(row.updatedAt)) / DAY_MS);
  const recent = 1 + 0.15 * 2 ** (-days / RECENT_DAYS);
  return recent * (row['active'] === false ? 0.85 : 1) * typeFactor(table);
}

function wordsOf(table: TableName, row: AnyRow, view: ReadView): Map<string, number> {
  const words = new Map<string, number>();
  for (const { text, weight } of searchedTexts(table, row, view))
    for (const word of fold(text).split(' ')) if (word !== '' && (words.get(word) ?? 0) < weight) words.set(word, weight);
  return words;
}

type Content = {
  readonly text: TextIndex;
  readonly documents: (Indexed | undefined)[];
  readonly places: Map<string, number>;
  outdated: number;
};
const empty = (): Content => ({ text: createTextIndex(), documents: [], places: new Map(), outdated: 0 });

/**
 * The index over all records of an engine, in memory. It is made in slices once something asks for it, follows every change, and is
 * made anew beside itself when much in it is outdated.
 */
export function openSearchIndex({ view, host, feed, ready }: Pick<EngineContext, 'view' | 'host' | 'feed' | 'ready'>): SearchIndex {
  let content = empty();
  let complete = false;
  const changes: Touched[] = [];
  let working: Promise<void> | undefined;

  const put = (into: Content, table: TableName, row: AnyRow, now: number): void => {
    const place = into.documents.push({ table, id: row.id, boost: boostOf(table, row, now) }) - 1;
    into.places.set(row.id, place);
    into.text.add(place, wordsOf(table, row, view));
  };
  const drop = (from: Content, id: string): void => {
    const place = from.places.get(id);
    if (place === undefined) return;
    from.documents[place] = undefined;
    from.places.delete(id);
    from.outdated += 1;
  };
  const inSlices = (steps: Generator<void, void, void>): Promise<void> => inTurns(steps, host.yieldTurn);
  const readAll = function* (into: Content): Generator<void, void, void> {
    const now = Date.parse(host.now());
    for (const table of tableNames.filter(isSearched))
      // a copy, as records change while others have their turn; Row seen generically
      for (const { id } of Array.from(view.all(table) as Iterable<AnyRow>)) {
        const row: AnyRow | undefined = view.get(table, id);
        if (row !== undefined && !into.places.has(id)) put(into, table, row, now);
        yield;
      }
  };
  const readAgain = (into: Content, table: TableName, id: string, now: number): void => {
    drop(into, id);
    const row: AnyRow | undefined = view.get(table, id);
    if (row !== undefined) put(into, table, row, now);
  };
  /** What is found by the name of a record that has another one now. */
  const renamed = function* (
    into: Content,
    table: TableName,
    id: string,
    before: AnyRow | undefined,
    now: number,
  ): Generator<void, void, void> {
    const by = foundByNameOf(table);
    const row: AnyRow | undefined = by.length === 0 ? undefined : view.get(table, id);
    if (row === undefined || before === undefined || labelOf(table, row, view) === labelOf(table, before, view)) return;
    for (const naming of by)
      for (const other of view.by(naming.table, naming.field, id)) {
        readAgain(into, naming.table, other.id, now);
        yield;
      }
  };
  const follow = function* (into: Content, { rows, before }: Touched): Generator<void, void, void> {
    const now = Date.parse(host.now());
    for (const [table, ids] of rows) {
      if (!isSearched(table)) continue;
      for (const id of ids) {
        readAgain(into, table, id, now);
        yield;
        yield* renamed(into, table, id, before(table, id), now);
      }
    }
  };
  const work = async (): Promise<void> => {
    const worn = content.outdated > 1000 + content.documents.length * OUTDATED_SHARE;
    if (!complete || worn) {
      const next = worn ? empty() : content;
      await ready();
      changes.splice(0);
      await inSlices(readAll(next));
      content = next;
    }
    for (let touched = changes.shift(); touched !== undefined; touched = changes.shift()) await inSlices(follow(content, touched));
    complete = true;
  };
  /** What is asked for while it works is done by the work that goes on, or by one more. */
  const update = (): Promise<void> => {
    working ??= work().finally(() => {
      working = undefined;
      if (changes.length > 0) void update();
    });
    return working;
  };
  let asked = false;
  feed.subscribe((touched) => {
    if (!asked) return;
    changes.push(touched);
    void update();
  });

  return {
    find: (words) => {
      const { text, documents } = content;
      return { ...text.find(words, documents.length), at: (document) => documents[document] };
    },
    ready: async (milliseconds) => {
      asked = true;
      if (complete && changes.length === 0 && working === undefined) return true;
      let cancel = (): void => undefined;
      const late = new Promise<void>((resolve) => {
        cancel = host.later(milliseconds, resolve);
      });
      await Promise.race([update(), late]);
      cancel();
      return complete && changes.length === 0;
    },
    size: () => ({ documents: content.documents.length - content.outdated, words: content.text.words() }),
  };
}
