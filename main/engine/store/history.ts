import type { TableName } from '#shared/model/dictionary.ts';
import { changesOf, joinChangeSet, type ChangeBody, type ChangePart, type HeaderRow } from './change-parts.ts';
import { headerOf, type ChangeHeader, type ChangeSet, type RowChange } from './change-set.ts';
import type { Database } from './database.ts';
import { changesOn } from './changes-on.ts';
import { purgeHistory, type RecordName } from './purge-history.ts';
import { guarded } from './storage-error.ts';

/** The change sets of the past. */
export type History = {
  /** Headers of the last ones, oldest first. */
  readonly headers: () => Promise<readonly ChangeHeader[]>;
  readonly read: (seq: number) => Promise<ChangeSet | undefined>;
  readonly find: (id: string) => Promise<ChangeHeader | undefined>;
  /** What a change set changed in one table; of a large one nothing else is read. */
  readonly ofTable: (seq: number, table: TableName) => Promise<readonly RowChange[]>;
  /** A record's changes with their change sets, newest first; `before`: only those of older change sets. */
  readonly ofRecord: (table: TableName, id: string, page: HistoryPage) => Promise<RecordHistory>;
};
export type HistoryPage = { readonly limit: number; readonly before?: number };
/** One page; `next`: where the page with what is older begins, absent with the last one. */
export type RecordHistory = { readonly changes: readonly RecordChange[]; readonly next?: number };
export type RecordChange = { readonly header: ChangeHeader; readonly change: RowChange };

/** The store's side of the history. */
export type OpenHistory = History & {
  /** The first record that each change set touched; undefined for large ones. */
  readonly firsts: (seqs: readonly number[]) => Promise<readonly (RowChange | undefined)[]>;
  readonly add: (set: ChangeSet) => void;
  /** What change sets did to these records and series, oldest first; `isWanted`: of which sets, by number. */
  readonly changesOn: (ids: ReadonlySet<string>, isWanted: (seq: number) => boolean) => Promise<readonly ChangeSet[]>;
  /** Takes the texts of records out of the past (purge-history.ts). */
  readonly purge: (records: readonly RecordName[], isUnsent: (seq: number) => boolean, yieldTurn: () => Promise<void>) => Promise<void>;
  /** The database was written anew: what is known of it is read again. */
  readonly reset: () => void;
};

const PARTS_AT_ONCE = 4;
/** How many of the last change sets made here are known by their header: undo looks no further back. */
const HEADERS_KEPT = 5000;
/** With those that came from others, which a busy team sends by the hundred a day. */
const HEADERS_MOST = 50_000;
/** Headers that are read in one piece. */
const HEADERS_AT_ONCE = 500;
const FIRST_PAGE = Number.MAX_SAFE_INTEGER;
const FIRST_KEY = '';
const LAST_KEY = '\uFFFF';

/** Gives access to the change sets in the database. */
export function createHistory(database: Database): OpenHistory {
  const { relaxed } = database;
  const sets = relaxed.table<HeaderRow, number>('changeSets');
  const bodies = relaxed.table<ChangeBody, number>('changeBodies');
  const parts = relaxed.table<ChangePart, [number, string, string]>('changeParts');
  let headers: ChangeHeader[] = [];
  let loading: Promise<void> | undefined;

  const load = async (): Promise<void> => {
    const rows: HeaderRow[] = [];
    let own = 0;
    for (let end = FIRST_PAGE; own < HEADERS_KEPT && rows.length < HEADERS_MOST;) {
      const page = await sets.where('seq').below(end).reverse().limit(HEADERS_AT_ONCE).toArray();
      rows.push(...page);
      own += page.filter(({ kind }) => kind !== 'sync').length;
      const oldest = page.at(-1)?.seq;
      if (oldest === undefined || page.length < HEADERS_AT_ONCE) break;
      end = oldest;
    }
    // what was committed while they were read
    const newest = rows[0]?.seq ?? 0;
    headers = [...rows.map(headerOf).toReversed(), ...headers.filter((header) => header.seq > newest)];
  };
  const read = async (seq: number): Promise<ChangeSet | undefined> => {
    const header = await sets.get(seq);
    if (header === undefined) return undefined;
    if (header.bulk === undefined) return joinChangeSet({ header, body: await bodies.get(seq), parts: [] });
    const keys = await parts.where('[seq+table+last]').between([seq, FIRST_KEY, FIRST_KEY], [seq, LAST_KEY, LAST_KEY]).primaryKeys();
    const all: ChangePart[] = [];
    // a few at a time: each answer is one block of work
    for (let from = 0; from < keys.length; from += PARTS_AT_ONCE)
      for (const part of await parts.bulkGet(keys.slice(from, from + PARTS_AT_ONCE))) if (part !== undefined) all.push(part);
    return joinChangeSet({ header, body: undefined, parts: all });
  };
  const inPart = async (seq: number, table: TableName, id: string): Promise<RowChange | undefined> => {
    const part = await parts.where('[seq+table+last]').between([seq, table, id], [seq, table, LAST_KEY]).first();
    return part === undefined ? undefined : changesOf(part).find((change) => change.id === id);
  };
  const ofTable: History['ofTable'] = async (seq, table) => {
    const header = await sets.get(seq);
    if (header === undefined) return [];
    if (header.bulk === undefined) return ((await bodies.get(seq))?.rows ?? []).filter((change) => change.table === table);
    const some = await parts.where('[seq+table+last]').between([seq, table, FIRST_KEY], [seq, table, LAST_KEY]).toArray();
    return some.flatMap((part) => changesOf(part));
  };
  const changesIn = async (seqs: readonly number[], bulk: ReadonlySet<number>, table: TableName, id: string): Promise<RecordChange[]> => {
    const [headers, contents] = await Promise.all([sets.bulkGet([...seqs]), bodies.bulkGet([...seqs])]);
    const found = await Promise.all(
      seqs.map(async (seq, at): Promise<RecordChange | undefined> => {
        const header = headers[at];
        const change = bulk.has(seq)
          ? await inPart(seq, table, id)
          : contents[at]?.rows.find((one) => one.id === id && one.table === table);
        return header === undefined || change === undefined ? undefined : { header: headerOf(header), change };
      }),
    );
    return found.filter((one) => one !== undefined);
  };
  /** Reads keys first: a page of a long history costs as much as one of a short history. */
  const ofRecord: History['ofRecord'] = async (table, id, { limit, before = Infinity }) => {
    const whole = await sets.where('records').equals(id).primaryKeys();
    const bulk = new Set(await sets.where('bulk').equals(1).primaryKeys());
    const newestFirst = [...whole, ...bulk].filter((seq) => seq < before).toSorted((a, b) => b - a);
    const found: RecordChange[] = [];
    let at = 0;
    for (; at < newestFirst.length && found.length < limit; at += limit)
      found.push(...(await changesIn(newestFirst.slice(at, at + limit), bulk, table, id)));
    const changes = found.slice(0, limit);
    const next = changes.at(-1)?.header.seq;
    return { changes, ...(next === undefined || (at >= newestFirst.length && found.length <= limit) ? {} : { next }) };
  };

  return {
    headers: async () => {
      loading ??= guarded(load);
      await loading;
      return headers;
    },
    add: (set) => {
      headers.push(headerOf(set));
      if (headers.length > HEADERS_MOST + HEADERS_KEPT) headers.splice(0, headers.length - HEADERS_MOST);
    },
    reset: () => {
      headers = [];
      loading = undefined;
    },
    purge: async (records, isUnsent, yieldTurn) => {
      await guarded(() => purgeHistory(database, records, isUnsent, yieldTurn));
      headers = [];
      loading = undefined;
    },
    read: (seq) => guarded(() => read(seq)),
    changesOn: (ids, isWanted) => guarded(() => changesOn(database, ids, isWanted)),
    find: (id) =>
      guarded(async () => {
        const row = await sets.where('id').equals(id).first();
        return row === undefined ? undefined : headerOf(row);
      }),
    firsts: (seqs) => guarded(async () => (await bodies.bulkGet([...seqs])).map((body) => body?.rows[0])),
    ofTable: (seq, table) => guarded(() => ofTable(seq, table)),
    ofRecord: (table, id, page) => guarded(() => ofRecord(table, id, page)),
  };
}
