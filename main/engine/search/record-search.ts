import { labelOf } from '#shared/domain/labels/record-label.ts';
import { readNumber } from '#shared/domain/labels/record-number.ts';
import { tableNames, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { JournalEntry } from '#shared/model/field.ts';
import { fold } from '#shared/util/folding.ts';
import type { EngineContext, Touched } from '../context.ts';
import { createTextIndex, type TextIndex } from './text-index.ts';

export type Found = { readonly table: TableName; readonly row: AnyRow };

/** Search over all records: number, title and searched fields; words by their beginning and with typing mistakes. */
export type RecordSearch = {
  readonly find: (text: string, limit: number, only?: TableName) => Promise<readonly Found[]>;
};

type Document = { readonly table: TableName; readonly id: string } | undefined;

const TITLE_WEIGHT = 5;
/** Records indexed before others get their turn. */
const SLICE = 400;
/** Above this share of outdated documents the index is made anew. */
const OUTDATED_SHARE = 0.3;
/** Of two equally good finds the one that people work with comes first. */
const FIRST: readonly TableName[] = ['engagement', 'account', 'contact', 'contract', 'riskSignal', 'touchpoint', 'supportTicket'];

const searches = new WeakMap<EngineContext, RecordSearch>();

/** The search of an engine; its index is made when something is first looked for and follows every change. */
export function searchOf(context: EngineContext): RecordSearch {
  const known = searches.get(context);
  if (known !== undefined) return known;
  const search = createSearch(context);
  searches.set(context, search);
  return search;
}

function createSearch(context: EngineContext): RecordSearch {
  const { view, host, feed } = context;
  let index: TextIndex = createTextIndex();
  let documents: Document[] = [];
  let places = new Map<string, number>();
  let outdated = 0;
  let building: Promise<void> | undefined;
  let waiting: Touched[] = [];

  const put = (table: TableName, row: AnyRow) => {
    const place = documents.push({ table, id: row.id }) - 1;
    places.set(row.id, place);
    index.add(place, wordsOf(table, row));
  };
  const drop = (id: string) => {
    const place = places.get(id);
    if (place === undefined) return;
    documents[place] = undefined;
    places.delete(id);
    outdated += 1;
  };
  const build = async (): Promise<void> => {
    index = createTextIndex();
    documents = [];
    places = new Map();
    outdated = 0;
    waiting = [];
    let done = 0;
    for (const table of tableNames.filter(isSearched))
      // a copy, as records change while others have their turn; Row seen generically
      for (const row of Array.from(view.all(table) as Iterable<AnyRow>)) {
        put(table, row);
        done += 1;
        if (done % SLICE === 0) await host.yieldTurn();
      }
    for (const touched of waiting.splice(0)) follow(touched);
  };
  const follow = (touched: Touched) => {
    for (const [table, ids] of touched.rows) {
      if (!isSearched(table)) continue;
      for (const id of ids) {
        drop(id);
        const row: AnyRow | undefined = view.get(table, id);
        if (row !== undefined) put(table, row);
      }
    }
  };
  feed.subscribe((touched) => {
    if (building === undefined) return;
    // an index that is being made hears of it at its end
    waiting.push(touched);
  });
  const ready = async (): Promise<void> => {
    if (building === undefined || outdated > 1000 + documents.length * OUTDATED_SHARE) building = build();
    await building;
    for (const touched of waiting.splice(0)) follow(touched);
  };

  const ranked = (words: readonly string[], limit: number, only: TableName | undefined): Found[] => {
    const scores = index.find(words, documents.length);
    const hits: { readonly place: number; readonly score: number }[] = [];
    scores.forEach((score, place) => {
      const document = documents[place];
      if (score > 0 && document !== undefined && (only === undefined || document.table === only)) hits.push({ place, score });
    });
    const rank = (place: number) => {
      const at = FIRST.indexOf(documents[place]?.table ?? 'heldRow');
      return at === -1 ? FIRST.length : at;
    };
    hits.sort((a, b) => b.score - a.score || rank(a.place) - rank(b.place) || a.place - b.place);
    return hits.slice(0, limit).flatMap(({ place }) => {
      const document = documents[place];
      const row: AnyRow | undefined = document && view.get(document.table, document.id);
      return document === undefined || row === undefined ? [] : [{ table: document.table, row }];
    });
  };

  return {
    find: async (text, limit, only) => {
      const byNumber = numbered(context, text, only);
      const words = fold(text).split(' ').filter(Boolean).slice(0, 8);
      if (words.length === 0) return byNumber;
      await ready();
      const found = ranked(words, limit, only).filter(({ row }) => byNumber.every((one) => one.row.id !== row.id));
      return [...byNumber, ...found].slice(0, limit);
    },
  };
}

/** Record types that stand by themselves: rows of links and packed figures are found with what they belong to. */
function isSearched(table: TableName): boolean {
  const { title, fields } = tableOf(table);
  return (
    table !== 'heldRow' &&
    table !== 'setting' &&
    title.some((name) => fields[name]?.kind !== 'reference' && fields[name]?.kind !== 'anyReference')
  );
}

function numbered({ view }: EngineContext, text: string, only: TableName | undefined): Found[] {
  const number = readNumber(text);
  if (number === undefined || (only !== undefined && only !== number.table)) return [];
  const rows = view.by(number.table, 'number', number.number) as readonly AnyRow[]; // Row seen generically
  return rows.map((row) => ({ table: number.table, row }));
}

function wordsOf(table: TableName, row: AnyRow): Map<string, number> {
  const words = new Map<string, number>();
  const { title, fields } = tableOf(table);
  for (const [name, { kind, search }] of Object.entries(fields)) {
    const weight = title.includes(name) ? Math.max(TITLE_WEIGHT, search ?? 0) : search;
    if (weight === undefined) continue;
    for (const word of fold(textOf(kind, row[name])).split(' '))
      if (word !== '' && (words.get(word) ?? 0) < weight) words.set(word, weight);
  }
  return words;
}

function textOf(kind: string, value: unknown): string {
  if (kind === 'reference' || kind === 'anyReference') return '';
  if (kind === 'journal' && Array.isArray(value)) return (value as readonly JournalEntry[]).map((entry) => entry.text).join(' '); // the stored value of a journal
  return typeof value === 'string' ? value : '';
}

/** The first records of a type by their label, for a choice before anything was typed. */
export function firstByLabel({ view }: EngineContext, table: TableName, limit: number): Found[] {
  const named: { readonly key: string; readonly row: AnyRow }[] = [];
  for (const row of view.all(table) as Iterable<AnyRow>) named.push({ key: fold(labelOf(table, row, view)), row }); // Row seen generically
  named.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return named.slice(0, limit).map(({ row }) => ({ table, row }));
}
