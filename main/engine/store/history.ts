import type { TableName } from '#shared/model/dictionary.ts';
import { changesOf, fromParts, type ChangePart, type ChangeSetRow } from './change-parts.ts';
import { headerOf, type ChangeHeader, type ChangeSet, type RowChange } from './change-set.ts';
import type { Database } from './database.ts';
import { HEADERS_KEPT } from './load.ts';
import { storageError } from './storage-error.ts';

/** The change sets of the past. */
export type History = {
  /** Headers of the last ones, oldest first. */
  readonly headers: () => readonly ChangeHeader[];
  readonly add: (set: ChangeSet) => void;
  readonly read: (seq: number) => Promise<ChangeSet | undefined>;
  readonly find: (id: string) => Promise<ChangeHeader | undefined>;
  /** A record's changes with their change sets, newest first. */
  readonly ofRecord: (
    table: TableName,
    id: string,
    limit: number,
  ) => Promise<readonly { readonly header: ChangeHeader; readonly change: RowChange }[]>;
};

const FIRST_KEY = '';
const LAST_KEY = '\uFFFF';

/** Gives access to the change sets in the database; `headers` are the last ones, oldest first. */
export function createHistory(database: Database, known: readonly ChangeHeader[]): History {
  const headers = [...known];
  const sets = database.relaxed.table<ChangeSetRow, number>('changeSets');
  const parts = database.relaxed.table<ChangePart, [number, string, string]>('changeParts');

  const read = async (seq: number): Promise<ChangeSet | undefined> => {
    const row = await sets.get(seq);
    if (row === undefined) return undefined;
    if (row.bulk === undefined) return fromParts(row, []);
    const all = await parts.where('[seq+table+last]').between([seq, FIRST_KEY, FIRST_KEY], [seq, LAST_KEY, LAST_KEY]).toArray();
    return fromParts(row, all);
  };
  const inPart = async (row: ChangeSetRow, table: TableName, id: string): Promise<RowChange | undefined> => {
    const part = await parts.where('[seq+table+last]').between([row.seq, table, id], [row.seq, table, LAST_KEY]).first();
    return part === undefined ? undefined : changesOf(part).find((change) => change.id === id);
  };
  const ofRecord: History['ofRecord'] = async (table, id, limit) => {
    const whole = await sets.where('records').equals(id).toArray();
    const bulk = await sets.where('bulk').equals(1).toArray();
    const inWhole = whole.map((row) => ({ row, change: row.rows?.find((change) => change.id === id && change.table === table) }));
    const inParts = await Promise.all(bulk.map(async (row) => ({ row, change: await inPart(row, table, id) })));
    return [...inWhole, ...inParts]
      .flatMap(({ row, change }) => (change === undefined ? [] : [{ header: headerOf(row), change }]))
      .toSorted((a, b) => b.header.seq - a.header.seq)
      .slice(0, limit);
  };
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (thrown) {
      throw storageError(thrown);
    }
  };

  return {
    headers: () => headers,
    add: (set) => {
      headers.push(headerOf(set));
      if (headers.length > 2 * HEADERS_KEPT) headers.splice(0, headers.length - HEADERS_KEPT);
    },
    read: (seq) => guarded(read(seq)),
    find: async (id) => {
      const near = headers.findLast((header) => header.id === id);
      if (near !== undefined) return near;
      const row = await guarded(Promise.resolve(sets.where('id').equals(id).first()));
      return row === undefined ? undefined : headerOf(row);
    },
    ofRecord: (table, id, limit) => guarded(ofRecord(table, id, limit)),
  };
}
