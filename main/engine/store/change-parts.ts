import type { TableName } from '#shared/model/dictionary.ts';
import { headerOf, type ChangeHeader, type ChangeSet, type RowChange, type SeriesChange } from './change-set.ts';

/** A change set as it lies in the table `changeSets`: small ones whole, large ones with their content in parts. */
export type ChangeSetRow = ChangeHeader & {
  readonly rows?: readonly RowChange[];
  readonly series?: readonly SeriesChange[];
  /** IDs touched, indexed; only where the set is whole. */
  readonly records?: readonly string[];
  readonly bulk?: 1;
};

/** Changes of one table in the order of their IDs; `last` is the last ID in it. Series stand under their own name. */
export type ChangePart = {
  readonly seq: number;
  readonly table: TableName | typeof SERIES_PART;
  readonly last: string;
  readonly created?: readonly string[];
  readonly rows?: readonly RowChange[];
  readonly series?: readonly SeriesChange[];
};

export const SERIES_PART = 'points';
/** Up to so many records a change set stays whole and each of its IDs is indexed. */
const WHOLE_LIMIT = 200;
const PART_SIZE = 2000;

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

/** Splits a change set into the rows that the database keeps. */
export function partsOf(set: ChangeSet): { readonly row: ChangeSetRow; readonly parts: readonly ChangePart[] } {
  const header = headerOf(set);
  if (set.rows.length + set.series.length <= WHOLE_LIMIT) {
    const records = set.rows.map((change) => change.id);
    return { row: { ...header, rows: set.rows, series: set.series, records }, parts: [] };
  }
  const parts: ChangePart[] = [];
  for (const [table, changes] of Map.groupBy(set.rows, (change) => change.table))
    for (const run of chunks(changes.toSorted(byId))) {
      const plain = (change: RowChange) => change.action === 'create' && change.rev === 1;
      const created = run.filter(plain).map((change) => change.id);
      const rows = run.filter((change) => !plain(change));
      parts.push({ seq: set.seq, table, last: run.at(-1)?.id ?? '', created, rows });
    }
  for (const series of chunks(set.series.toSorted((a, b) => (a.series < b.series ? -1 : 1))))
    parts.push({ seq: set.seq, table: SERIES_PART, last: series.at(-1)?.series ?? '', series });
  return { row: { ...header, bulk: 1 }, parts };
}

/** Puts a change set together again. */
export function fromParts(row: ChangeSetRow, parts: readonly ChangePart[]): ChangeSet {
  const rows = [...(row.rows ?? []), ...parts.flatMap(changesOf)];
  return { ...headerOf(row), rows, series: [...(row.series ?? []), ...parts.flatMap((part) => part.series ?? [])] };
}

/** All record changes of a part; created rows were kept by their ID alone. */
export function changesOf(part: ChangePart): readonly RowChange[] {
  const { table } = part;
  if (table === SERIES_PART) return [];
  const created = (part.created ?? []).map((id): RowChange => ({ table, id, action: 'create', rev: 1 }));
  return [...created, ...(part.rows ?? [])];
}

function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += PART_SIZE) yield all.slice(from, from + PART_SIZE);
}
