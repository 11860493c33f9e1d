import type { ChangeSet, RowChange } from '../store/change-set.ts';
import { NO_POINTS } from '../store/points.ts';
import type { SyncRows } from '../store/sync-rows.ts';
import { nameOf, type RefusedPoints } from './sync-keys.ts';

/** The person's own part of a deed, as far as its records are no longer on this device. */
export type OwnWords = { readonly label: string; readonly rows: readonly RowChange[]; readonly points: readonly RefusedPoints[] };

/** Under which it is kept, by the deed's own key. */
export const ownKey = (deed: string): string => `own/${deed}`;

/** A deed as it was sent: with the person's own words on what has left the device since. */
export function withOwnWords<T extends Pick<ChangeSet, 'label' | 'rows' | 'series'>>(deed: T, key: string, sync: SyncRows): T {
  const own = sync.get(ownKey(key)) as OwnWords | undefined; // kept by own-words.ts
  if (own === undefined) return deed;
  const rows = new Map(own.rows.map((change) => [nameOf(change.table, change.id), change]));
  const points = new Map(own.points.map((one) => [one.series, one]));
  return {
    ...deed,
    label: own.label,
    rows: deed.rows.map((change) => rows.get(nameOf(change.table, change.id)) ?? change),
    series: deed.series.map((change) => {
      const { set, remove } = points.get(change.series) ?? {};
      if (set === undefined || remove === undefined) return change;
      const days = Int32Array.from([...set.end, ...remove]).toSorted();
      return { ...change, added: days, removed: NO_POINTS.end, before: NO_POINTS, made: { set, remove } };
    }),
  };
}
