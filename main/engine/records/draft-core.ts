import { AppError } from '#shared/errors/app-error.ts';
import { SYSTEM_FIELDS, tableOf, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Change } from '#shared/domain/rules/rule.ts';
import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { createOverlay } from '../store/overlay.ts';
import { NO_POINTS } from '../store/points.ts';
import type { Store } from '../store/store.ts';
import { sameValue } from './equal.ts';

/** One record that the command touches, as it was and as it is now. */
export type Entry = {
  readonly table: TableName;
  readonly id: string;
  action: Change['action'];
  readonly before: AnyRow | undefined;
  /** Fields that rules set as a consequence. */
  consequences: Set<string> | undefined;
};

type Values = Readonly<Record<string, unknown>>;

/** The bare changes of an open command, before any rule: what `Draft`, rules and undo are made of. */
export type DraftCore = {
  readonly view: ReadView;
  readonly entries: () => Entry[];
  readonly row: (table: TableName, id: string) => AnyRow | undefined;
  /** Throws `not-found` with the record type's name. */
  readonly need: (table: TableName, id: string) => AnyRow;
  readonly insert: (table: TableName, row: AnyRow) => void;
  /** Sets fields (undefined or null empties); answers whether anything became different. */
  readonly set: (table: TableName, id: string, values: Values, action: Change['action'], consequence?: boolean) => boolean;
  readonly remove: (table: TableName, id: string) => void;
  readonly changeOf: (entry: Entry) => Change;
  readonly entryOf: (table: TableName, id: string) => Entry | undefined;
  readonly points: (seriesId: string) => PackedSeries;
  readonly setPoints: (seriesId: string, points: PackedSeries) => void;
  readonly touchedSeries: () => ReadonlyMap<string, PackedSeries>;
};

/** A row with fields set; empty ones are absent. */
export function withValues(row: AnyRow, values: Values): AnyRow {
  const next: Record<string, unknown> = { ...row };
  for (const [field, value] of Object.entries(values))
    if (value === undefined || value === null) delete next[field];
    else next[field] = value;
  return next as AnyRow; // only fields of the record type are set, the system fields stay
}

/** Opens the changes of one command on a store. */
export function openDraftCore(store: Store): DraftCore {
  const overlay = createOverlay(store.rows);
  const entries = new Map<string, Entry>();
  const series = new Map<string, PackedSeries>();
  const keyOf = (table: TableName, id: string) => `${table}:${id}`;
  const row = (table: TableName, id: string): AnyRow | undefined => overlay.view.get(table, id);
  const need = (table: TableName, id: string): AnyRow => {
    const found = row(table, id);
    if (found !== undefined) return found;
    throw new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
  };
  /** Later actions of the same command on the same record melt into one. */
  const touch = (table: TableName, id: string, action: Change['action'], before: AnyRow | undefined): Entry => {
    const key = keyOf(table, id);
    const known = entries.get(key);
    if (known === undefined) {
      const entry: Entry = { table, id, action, before, consequences: undefined };
      entries.set(key, entry);
      return entry;
    }
    if (action === 'delete') known.action = 'delete';
    else if (known.action === 'delete') known.action = known.before === undefined ? 'create' : 'update';
    else if (known.action !== 'create' && action !== 'update') known.action = action;
    return known;
  };

  return {
    view: overlay.view,
    row,
    need,
    entries: () => [...entries.values()],
    entryOf: (table, id) => entries.get(keyOf(table, id)),
    changeOf: (entry) => {
      const after = row(entry.table, entry.id);
      // a row under a table's name is a row of that table
      return {
        table: entry.table,
        id: entry.id,
        action: entry.action,
        before: entry.before as Row | undefined,
        after: after as Row | undefined,
      };
    },
    insert: (table, fresh) => {
      const known = entries.get(keyOf(table, fresh.id));
      touch(table, fresh.id, 'create', known?.before);
      overlay.put(table, fresh);
    },
    set: (table, id, values, action, consequence = false) => {
      const current = need(table, id);
      const fields = Object.keys(values).filter((field) => !sameValue(current[field], values[field]));
      for (const field of fields)
        if (SYSTEM_FIELDS.some((system) => system === field)) throw new TypeError(`${field} is kept by the store`);
      if (fields.length === 0 && action === 'update') return false;
      const entry = touch(table, id, action, current);
      if (consequence) for (const field of fields) (entry.consequences ??= new Set()).add(field);
      else for (const field of fields) entry.consequences?.delete(field);
      overlay.put(table, withValues(current, Object.fromEntries(fields.map((field) => [field, values[field]]))));
      return fields.length > 0;
    },
    remove: (table, id) => {
      const current = need(table, id);
      const entry = touch(table, id, 'delete', current);
      if (entry.before === undefined) entries.delete(keyOf(table, id));
      overlay.remove(table, id);
      // points belong to their series
      if (table === 'dataPointSeries') series.set(id, NO_POINTS);
    },
    points: (id) => series.get(id) ?? store.series.points(id) ?? NO_POINTS,
    setPoints: (id, points) => {
      series.set(id, points);
    },
    touchedSeries: () => series,
  };
}
