import { isTableName, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Scope } from '#shared/sync-core/scope.ts';
import { withValues } from '../records/draft-core.ts';
import type { Brought } from '../records/writer.ts';
import { POINTS_TABLE, type Points } from '#shared/sync-core/points.ts';
import type { RowChange, SeriesChange } from '../store/change-set.ts';
import type { Store } from '../store/store.ts';
import type { SyncRow } from '../store/sync-rows.ts';
import type { Part } from './deeds.ts';
import type { KnownChange } from './known.ts';
import type { Queue } from './queue.ts';
import { planPoints, type Over, type PlannedPoints } from './plan-points.ts';
import type { Leaving } from './own-words.ts';
import { changeBetween, replay, withoutDeed } from './replay.ts';
import { kept, nameOf, shadowKey, shadowOf } from './sync-keys.ts';

/** What the server has of a record. */
type Confirmed =
  | { readonly what: 'row'; readonly row: AnyRow; readonly version: number; readonly scope: Scope }
  | { readonly what: 'points'; readonly points: Points; readonly version: number; readonly scope: Scope }
  | { readonly what: 'deleted' }
  /** No longer this device's, which is no deletion (S9). */
  | { readonly what: 'forgotten' };

/** Collects what becomes of records as the person sees them: what the server has, with deeds on top that it has not answered. */
export type RowPlan = {
  readonly confirm: (table: string, id: string, confirmed: Confirmed) => void;
  /** Works a record out anew, because deeds on it came to their end. `refused`: those that were taken back. */
  readonly recompute: (table: TableName, id: string, refused?: RowChange) => void;
  /** The same of data points. */
  readonly recomputePoints: (change: SeriesChange) => void;
  /** Everything that changes, a record a step. */
  readonly finish: () => Generator<void, Planned, void>;
};
export type Planned = Pick<Brought, 'rows' | 'puts' | 'removes'> & {
  readonly put: readonly SyncRow[];
  readonly remove: readonly string[];
  readonly forgotten: readonly { readonly table: TableName; readonly id: string }[];
  readonly points: PlannedPoints;
  /** What goes from here without having been deleted, as it is now. */
  readonly leaving: readonly Leaving[];
};

type Target = { readonly table: TableName; readonly id: string; confirmed?: ConfirmedRow; readonly refused: RowChange[] };
type ConfirmedRow = Exclude<Confirmed, { readonly what: 'points' }>;

/**
 * Begins a plan. `over`: parts of deeds whose effect is in what the server says, and those that it has just refused; neither is put on top.
 * `tellsWho`: what comes is news, of which each change names who made it.
 */
export function planRows(store: Store, queue: Queue, knownChange: KnownChange, over: Over, tellsWho: boolean): RowPlan {
  const isOver = (part: Part): boolean => over.isConfirmed(part) || over.isRefused(part);
  const segments = planPoints(store, queue, over);
  const targets = new Map<string, Target>();
  const targetOf = (table: TableName, id: string): Target => {
    const name = nameOf(table, id);
    const target = targets.get(name) ?? { table, id, refused: [] };
    targets.set(name, target);
    return target;
  };

  /** The row as the person sees it from now on; undefined: none. */
  const visible = (
    { table, id, confirmed, refused }: Target,
    now: AnyRow | undefined,
    pending: readonly RowChange[],
  ): AnyRow | undefined => {
    if (confirmed?.what === 'deleted' || confirmed?.what === 'forgotten') return undefined;
    const isKnown = queue.known.version(table, id) !== undefined;
    const base = confirmed?.row ?? shadowOf(store.sync, table, id) ?? (isKnown ? now : undefined);
    if (base !== undefined) return replay(base, pending);
    // the server has none of it: it is here as long as the deed that made it may still be taken in
    if (now === undefined || !pending.some(({ action }) => action === 'create')) return undefined;
    return refused.reduce(withoutDeed, now);
  };

  return {
    confirm: (table, id, confirmed) => {
      if (confirmed.what === 'row' || confirmed.what === 'points') knownChange.set(table, id, confirmed.version, confirmed.scope);
      else knownChange.remove(table, id);
      if (table === POINTS_TABLE) {
        if (confirmed.what === 'forgotten') segments.forget(id);
        else segments.confirm(id, confirmed.what === 'points' ? confirmed.points : undefined);
        return;
      }
      if (confirmed.what === 'points') return;
      // of a type that comes with a later version only that it is there is kept (S14)
      if (isTableName(table)) targetOf(table, id).confirmed = confirmed;
    },
    recompute: (table, id, refused) => {
      const target = targetOf(table, id);
      if (refused !== undefined) target.refused.push(refused);
    },
    recomputePoints: segments.recompute,
    *finish() {
      const rows: RowChange[] = [];
      const puts = new Map<TableName, AnyRow[]>();
      const removes = new Map<TableName, string[]>();
      const put: SyncRow[] = [];
      const remove: string[] = [];
      const forgotten: { readonly table: TableName; readonly id: string }[] = [];
      const leaving: Leaving[] = [];
      for (const target of targets.values()) {
        yield;
        const { table, id, confirmed } = target;
        const now = store.rows.table(table).get(id);
        const pending = queue.changesOf(table, id, isOver);
        const next = visible(target, now, pending);
        const key = shadowKey(table, id);
        const isShadowed = store.sync.get(key) !== undefined;
        if (confirmed?.what === 'row' && pending.length > 0) put.push(kept(key, confirmed.row));
        else if (isShadowed && (pending.length === 0 || (confirmed !== undefined && confirmed.what !== 'row'))) remove.push(key);
        if (confirmed?.what === 'forgotten') forgotten.push({ table, id });
        if (next === undefined) {
          if (now === undefined) continue;
          // a forgotten record leaves no text behind in the history, a refused creation neither: that one is kept to be looked at
          const isGone = confirmed?.what === 'deleted';
          if (!isGone && target.refused.length === 0) leaving.push({ table, id, row: now });
          rows.push({ table, id, action: 'delete', rev: now.rev, ...(isGone ? { before: now } : {}) });
          push(removes, table, id);
          continue;
        }
        const row = withValues(next, { rev: now === undefined ? 1 : now.rev + 1 });
        const change = changeBetween(table, id, now, row);
        if (change === undefined) continue;
        rows.push(tellsWho && confirmed?.what === 'row' ? { ...change, by: row.updatedBy, at: row.updatedAt } : change);
        push(puts, table, row);
      }
      const points = yield* segments.finish();
      return { rows, puts, removes, put: [...put, ...points.put], remove: [...remove, ...points.remove], forgotten, points, leaving };
    },
  };
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
