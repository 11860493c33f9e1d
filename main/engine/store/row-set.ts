import type { AnyRow } from '#shared/model/dictionary.ts';
import { createRangeIndex, type RangeIndex } from './range-index.ts';
import { createRowIndex, type RowIndex } from './row-index.ts';

/**
 * Rows of one table in memory. Everything comes in the order of the IDs, whatever the history was, so that figures
 * that add up rows are the same to the last bit after a restart.
 */
export type RowSet = {
  readonly size: () => number;
  readonly get: (id: string) => AnyRow | undefined;
  readonly has: (id: string) => boolean;
  /** All rows in the order of their IDs. */
  readonly all: () => Iterable<AnyRow>;
  /** Rows whose key (a field, or several joined by {@link joinedKey}) has the value, in the order of their IDs. A copy: later changes do not show in it. */
  readonly by: (key: string, value: string) => AnyRow[];
  /** Rows whose text field lies between two values, both included; by value, equal ones by ID. */
  readonly range: (field: string, from: string | undefined, to: string | undefined) => AnyRow[];
  /** Grows with every change. */
  readonly version: () => number;
  readonly put: (row: AnyRow) => void;
  readonly remove: (id: string) => void;
  /**
   * Works out many changes step by step while others read on: nothing shows before what it answers is called. No other change may come in
   * between.
   */
  readonly prepare: (puts: readonly AnyRow[], removes: readonly string[]) => Generator<void, () => void, void>;
  /** Brings the first rows step by step; whoever needs them before has them brought at once. */
  readonly bring: () => Generator<void, void, void>;
};

const byId = (a: AnyRow, b: AnyRow) => (a.id < b.id ? -1 : 1);
const isSorted = (rows: readonly AnyRow[]) => rows.every((row, at) => at === 0 || (rows[at - 1]?.id ?? '') < row.id);
/** Above so many, changes are not made one after the other at once: rows and indexes are made anew, step by step. */
const AT_ONCE = 1000;

/** Rows in the order of their IDs with changes in it, one a step. `puts` are in that order and stand for what was there before. */
function* merged(rows: Iterable<AnyRow>, puts: readonly AnyRow[], removes: ReadonlySet<string>): Generator<AnyRow, void, void> {
  let next = 0;
  for (const row of rows) {
    for (let put = puts[next]; put !== undefined && put.id <= row.id; put = puts[next]) {
      yield put;
      next += 1;
    }
    if (puts[next - 1]?.id !== row.id && !removes.has(row.id)) yield row;
  }
  for (; next < puts.length; next += 1) {
    const put = puts[next];
    if (put !== undefined) yield put;
  }
}

/**
 * Makes a set of rows; `load` brings the first rows (each ID once) when the set is first used, `steps` does the same step by step. Rows
 * that are only walked or found by a key never cost a map by ID.
 */
export function createRowSet(load?: () => readonly AnyRow[], steps?: () => Generator<void, readonly AnyRow[], void>): RowSet {
  let loading = load;
  /** The rows in order, as long as nothing was looked up by ID. */
  let list: readonly AnyRow[] | undefined = load === undefined ? [] : undefined;
  let map: Map<string, AnyRow> | undefined;
  let lastId = '';
  let inOrder = true;
  let version = 0;
  const indexes = new Map<string, RowIndex>();
  const ranges = new Map<string, RangeIndex>();

  const begin = (first: readonly AnyRow[]): void => {
    loading = undefined;
    list = isSorted(first) ? first : first.toSorted(byId);
  };
  const listed = (): readonly AnyRow[] | undefined => {
    if (loading !== undefined) begin(loading());
    return list;
  };
  const mapped = (): Map<string, AnyRow> => {
    const rows = listed();
    if (map !== undefined) return map;
    map = new Map();
    for (const row of rows ?? []) map.set(row.id, row);
    lastId = rows?.at(-1)?.id ?? '';
    list = undefined;
    return map;
  };
  const all = (): Iterable<AnyRow> => {
    const rows = listed();
    if (rows !== undefined) return rows;
    if (!inOrder) {
      map = new Map([...mapped().values()].toSorted(byId).map((row) => [row.id, row]));
      inOrder = true;
    }
    return mapped().values();
  };
  const indexOf = (key: string): RowIndex => {
    const known = indexes.get(key);
    if (known !== undefined) return known;
    const index = createRowIndex(key);
    for (const row of all()) index.enter(row);
    indexes.set(key, index);
    return index;
  };
  const rangeOf = (field: string): RangeIndex => {
    const known = ranges.get(field);
    if (known !== undefined) return known;
    const index = createRangeIndex(field, all());
    ranges.set(field, index);
    return index;
  };
  const put = (row: AnyRow): void => {
    const rows = mapped();
    const before = rows.get(row.id);
    version += 1;
    if (before !== undefined) for (const index of indexes.values()) index.take(before);
    else if (row.id > lastId) lastId = row.id;
    else inOrder = false;
    rows.set(row.id, row);
    for (const index of indexes.values()) index.enter(row);
    for (const index of ranges.values()) index.change(before, row);
  };
  const remove = (id: string): void => {
    const rows = mapped();
    const before = rows.get(id);
    if (before === undefined) return;
    version += 1;
    for (const index of indexes.values()) index.take(before);
    for (const index of ranges.values()) index.change(before, undefined);
    rows.delete(id);
  };

  return {
    size: () => listed()?.length ?? mapped().size,
    get: (id) => mapped().get(id),
    has: (id) => mapped().has(id),
    all,
    by: (key, value) => indexOf(key).find(value),
    range: (field, from, to) => rangeOf(field).between(from, to),
    version: () => version,
    put,
    remove,
    *bring() {
      if (loading === undefined || steps === undefined) return;
      const first = yield* steps();
      // somebody may have needed them meanwhile, and changed them
      if (loading !== undefined) begin(first);
    },
    *prepare(puts, removes) {
      if (puts.length + removes.length <= AT_ONCE)
        return () => {
          for (const id of removes) remove(id);
          for (const row of puts) put(row);
        };
      const rows = new Map<string, AnyRow>();
      const anew = [...indexes.keys()].map((key) => [key, createRowIndex(key)] as const);
      const inTheirOrder = isSorted(puts) ? puts : puts.toSorted(byId);
      for (const row of merged(all(), inTheirOrder, new Set(removes))) {
        rows.set(row.id, row);
        for (const [, index] of anew) index.enter(row);
        yield;
      }
      const last = inTheirOrder.at(-1)?.id ?? '';
      return () => {
        map = rows;
        list = undefined;
        // an ID that is gone may stay the last: what follows is still in order
        if (last > lastId) lastId = last;
        inOrder = true;
        version += 1;
        indexes.clear();
        for (const [key, index] of anew) indexes.set(key, index);
        ranges.clear();
      };
    },
  };
}
