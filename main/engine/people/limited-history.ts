import type { Sight } from '#shared/domain/permission/sight.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import type { ChangeHeader, ChangeSet, RowChange } from '../store/change-set.ts';
import type { History, RecordHistory } from '../store/history.ts';

/** The record that a change is about, as far as it is known: as it is now, else as it was when it was deleted. */
function rowOf(view: ReadView, { table, id, action, before }: RowChange): AnyRow | undefined {
  const row: AnyRow | undefined = view.get(table, id);
  // the before-image of a deletion is the whole row
  return row ?? (action === 'delete' ? (before as AnyRow | undefined) : undefined);
}

/** A change with what the caller may see of it; undefined where the record is hidden or nothing of it may be seen. */
function shownChange(view: ReadView, sight: Sight, change: RowChange): RowChange | undefined {
  const row = rowOf(view, change);
  if (row === undefined || !sight.sees(change.table, row)) return undefined;
  const { before, after } = change;
  const seen = after && sight.shownValues(change.table, after);
  if (seen !== undefined && Object.keys(seen).length === 0) return undefined;
  return {
    ...change,
    ...(before === undefined ? {} : { before: sight.shownValues(change.table, before) }),
    ...(seen === undefined ? {} : { after: seen }),
  };
}

/** The past as a caller may see it: no hidden record, no field that is not theirs. */
export function limitedHistory(history: History, view: ReadView, sight: () => Sight, isCustomer: () => boolean): History {
  // the words of a step may name what a customer does not see
  const header = (one: ChangeHeader): ChangeHeader => (isCustomer() ? { ...one, label: 'Change' } : one);
  return {
    headers: async () => (await history.headers()).map(header),
    read: async (seq): Promise<ChangeSet | undefined> => {
      const set = await history.read(seq);
      if (set === undefined) return undefined;
      const rows = set.rows.flatMap((change) => shownChange(view, sight(), change) ?? []);
      const series = set.series.filter(({ series: id }) => {
        const row: AnyRow | undefined = view.get('dataPointSeries', id);
        return row !== undefined && sight().sees('dataPointSeries', row);
      });
      return { ...set, ...header(set), rows, series };
    },
    ofTable: async (seq, table) => (await history.ofTable(seq, table)).flatMap((change) => shownChange(view, sight(), change) ?? []),
    find: async (id) => {
      const found = await history.find(id);
      return found && header(found);
    },
    ofRecord: async (table, id, page) => {
      const none: RecordHistory = { changes: [] };
      const row: AnyRow | undefined = view.get(table, id);
      if (row !== undefined && !sight().sees(table, row)) return none;
      // of a record that is gone only its deletion, the last that happened to it, says whose it was
      const [deletion] = row === undefined ? (await history.ofRecord(table, id, { limit: 1 })).changes : [];
      const last = row ?? (deletion && rowOf(view, deletion.change));
      if (last === undefined || !sight().sees(table, last)) return none;
      const { changes, ...rest } = await history.ofRecord(table, id, page);
      return {
        ...rest,
        changes: changes.flatMap((one) => {
          const { before, after } = one.change;
          const change: RowChange = {
            ...one.change,
            ...(before === undefined ? {} : { before: sight().shownValues(table, before) }),
            ...(after === undefined ? {} : { after: sight().shownValues(table, after) }),
          };
          const isEmpty = after !== undefined && Object.keys(change.after ?? {}).length === 0;
          return isEmpty ? [] : [{ header: header(one.header), change }];
        }),
      };
    },
  };
}
