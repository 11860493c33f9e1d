import { AppError } from '#shared/errors/app-error.ts';
import type { TableName } from '#shared/model/dictionary.ts';
import { packSeriesChanges, unpackSeriesChanges } from './series-change-codec.ts';
import { headerOf, type ChangeHeader, type ChangeSet, type RowChange, type SeriesChange } from './change-set.ts';

/** A change set's header as it is stored. */
export type HeaderRow = ChangeHeader & {
  /** IDs touched, indexed; absent where there are many. */
  readonly records?: readonly string[];
  readonly bulk?: 1;
};

/** The content of a small change set. */
export type ChangeBody = { readonly seq: number; readonly rows: readonly RowChange[]; readonly points?: Uint8Array };

/** Changes of one table in the order of their IDs; `last` is the last ID in it. Series stand under their own name. */
export type ChangePart = {
  readonly seq: number;
  readonly table: TableName | typeof SERIES_PART;
  readonly last: string;
  readonly created?: readonly string[];
  readonly rows?: readonly RowChange[];
  readonly points?: Uint8Array;
};

export const SERIES_PART = 'points';
/** Up to so many records a change set stays whole and each of its IDs is indexed. */
const WHOLE_LIMIT = 200;
const PART_SIZE = 1000;
/** Of records with what they were before: each part is read back in one piece. */
const WHOLE_PART_SIZE = 200;

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

/** What the database keeps of a change set: its header, and its content in one body or in parts. */
export type StoredChangeSet = {
  readonly header: HeaderRow;
  readonly body: ChangeBody | undefined;
  readonly parts: readonly ChangePart[];
};

/** Splits a change set into what the database keeps, a part a step. */
export function* splitChangeSet(set: ChangeSet): Generator<void, StoredChangeSet, void> {
  const { seq, rows, series } = set;
  const header = headerOf(set);
  if (rows.length + series.length <= WHOLE_LIMIT)
    // those whose points alone changed as well
    return {
      header: { ...header, records: [...new Set([...rows.map(({ id }) => id), ...series.map((change) => change.series)])] },
      body: { seq, rows, ...packed(series) },
      parts: [],
    };
  const parts: ChangePart[] = [];
  for (const [table, changes] of Map.groupBy(rows, (change) => change.table)) {
    yield;
    const plain = (change: RowChange) => change.action === 'create' && change.rev === 1;
    for (const run of chunks(changes.toSorted(byId), changes.every(plain) ? PART_SIZE : WHOLE_PART_SIZE)) {
      const created = run.filter(plain).map((change) => change.id);
      parts.push({ seq, table, last: run.at(-1)?.id ?? '', created, rows: run.filter((change) => !plain(change)) });
      yield;
    }
  }
  for (const run of chunks(series.toSorted((a, b) => (a.series < b.series ? -1 : 1)))) {
    parts.push({ seq, table: SERIES_PART, last: run.at(-1)?.series ?? '', ...packed(run) });
    yield;
  }
  return { header: { ...header, bulk: 1 }, body: undefined, parts };
}

/** Puts a change set together again. */
export function joinChangeSet({ header, body, parts }: StoredChangeSet): ChangeSet {
  return {
    ...headerOf(header),
    rows: [...(body?.rows ?? []), ...parts.flatMap(changesOf)],
    series: [...(body === undefined ? [] : [body]), ...parts].flatMap(seriesChangesOf),
  };
}

function packed(series: readonly SeriesChange[]): { readonly points?: Uint8Array } {
  return series.length === 0 ? {} : { points: packSeriesChanges(series) };
}

/** All changes of series in a body or part. */
export function seriesChangesOf({ points }: { readonly points?: Uint8Array }): readonly SeriesChange[] {
  if (points === undefined) return [];
  const changes = unpackSeriesChanges(points);
  if (changes === undefined) throw new AppError('storage', 'An old change could not be read, so it cannot be undone.');
  return changes;
}

/** All record changes of a part; created rows were kept by their ID alone. */
export function changesOf(part: ChangePart): readonly RowChange[] {
  const { table } = part;
  if (table === SERIES_PART) return [];
  const created = (part.created ?? []).map((id): RowChange => ({ table, id, action: 'create', rev: 1 }));
  return [...created, ...(part.rows ?? [])];
}

function* chunks<T>(all: readonly T[], size = PART_SIZE): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
