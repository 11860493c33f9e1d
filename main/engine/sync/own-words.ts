import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { FieldKind } from '#shared/model/field.ts';
import { isSystem } from '../records/touches.ts';
import type { ChangeSet, RowChange, SeriesChange } from '../store/change-set.ts';
import { NO_POINTS } from '../store/points.ts';
import type { Store } from '../store/store.ts';
import type { SyncRow } from '../store/sync-rows.ts';
import { daysOf, madeOf } from './deed-points.ts';
import { deedOfAdopted, imageOf, keyOfDeed } from './deeds.ts';
import { ownKey, type OwnWords } from './as-sent.ts';
import type { Queue } from './queue.ts';
import { ADOPTED, kept, keptUnder, nameOf, SENT, type Adopted, type RefusedPoints, type SentDeed } from './sync-keys.ts';

/*
 * What a person did to a record that leaves their device (S9) is their own: an intent, and no row. It is kept beside the list of sent deeds and as long as
 * that, so that a central store which was put back to an earlier time gets it again (S13, ADR 0021).
 */

/** What was there before a deed is others' words, and goes; but whom or what it put in whose place belongs to the deed. */
const TURNED: ReadonlySet<FieldKind> = new Set<FieldKind>(['choice', 'boolean', 'reference', 'references', 'anyReference', 'tags']);

/** A record that is about to leave the device without having been deleted, as it is now. */
export type Leaving = { readonly table: TableName; readonly id: string; readonly row: AnyRow };

/**
 * What is to be kept of deeds that are sent once more (S13), so that they go as they were sent the first time: records that were changed since they were made
 * would go with what others have written into them, who send that again themselves.
 */
export async function asFirstSent(
  applying: { readonly store: Store; readonly queue: Queue },
  deeds: readonly Pick<ChangeSet, 'rows'>[],
): Promise<readonly SyncRow[]> {
  const changed = deeds.flatMap(({ rows }) =>
    rows.flatMap((change): Leaving[] => {
      const row = applying.store.rows.table(change.table).get(change.id);
      return row !== undefined && isOtherNow(change, row) ? [{ table: change.table, id: change.id, row }] : [];
    }),
  );
  return ownWordsOf(applying, changed, new Set(), 'created');
}

/** A deed that the central store has or is about to have, as far as it touched what leaves. */
type Source = Pick<ChangeSet, 'label' | 'rows' | 'series'> & { readonly key: string; readonly isLater: (set: ChangeSet) => boolean };
type Past = ReadonlyMap<string, readonly { readonly set: ChangeSet; readonly change: RowChange }[]>;

/** What is to be kept of the deeds on records and series that leave the device. Reads the store as it is before they do. */
export async function ownWordsOf(
  { store, queue }: { readonly store: Store; readonly queue: Queue },
  leaving: readonly Leaving[],
  series: ReadonlySet<string>,
  which: 'all' | 'created' = 'all',
): Promise<readonly SyncRow[]> {
  if (leaving.length + series.size === 0) return [];
  const rows = new Map(leaving.map(({ table, id, row }) => [nameOf(table, id), row]));
  const gone = new Set([...series, ...leaving.flatMap(({ table, id }) => (table === 'dataPointSeries' ? [id] : []))]);
  const all = await sourcesOf(store, queue, rows, gone);
  const sources =
    which === 'all' ? all : all.map((of) => ({ ...of, rows: of.rows.filter(({ action }) => action === 'create'), series: [] }));
  if (sources.length === 0) return [];
  // most records leave as they were made; of the others it is worked out what they were then
  const made = sources.flatMap((of) => of.rows.filter((change) => isOtherNow(change, rows.get(nameOf(change.table, change.id)))));
  const touched = new Set([...made.map(({ id }) => id), ...sources.flatMap((of) => of.series.map((one) => one.series))]);
  const sets = touched.size === 0 ? [] : await store.history.changesOn(touched, () => true);
  const past = Map.groupBy(
    sets.flatMap((set) => set.rows.map((change) => ({ set, change }))),
    ({ change }) => nameOf(change.table, change.id),
  );

  return sources.flatMap((of): SyncRow[] => {
    const before = store.sync.get(of.key) as OwnWords | undefined; // kept below
    const own = of.rows.flatMap((change) => wordsOf(of, change, rows.get(nameOf(change.table, change.id)), past));
    const points = of.series.flatMap((change) => pointsOf(of, change, store, sets));
    if (own.length + points.length === 0) return [];
    // what left the device before is as it was then
    const known = new Set(before?.rows.map((one) => nameOf(one.table, one.id)));
    const knownSeries = new Set(before?.points.map((one) => one.series));
    const words: OwnWords = {
      label: before?.label ?? of.label,
      rows: [...(before?.rows ?? []), ...own.filter((one) => !known.has(nameOf(one.table, one.id)))],
      points: [...(before?.points ?? []), ...points.filter((one) => !knownSeries.has(one.series))],
    };
    return [kept(of.key, words)];
  });
}

async function sourcesOf(
  store: Store,
  queue: Queue,
  rows: ReadonlyMap<string, AnyRow>,
  gone: ReadonlySet<string>,
): Promise<readonly Source[]> {
  const sent = keptUnder<SentDeed>(store.sync, SENT);
  const own = new Set([...queue.deeds().flatMap(({ seq }) => seq ?? []), ...sent.flatMap(({ value }) => value.seq ?? [])]);
  const ids = new Set([...gone, ...[...rows.values()].map(({ id }) => id)]);
  const sets = own.size === 0 ? [] : await store.history.changesOn(ids, (seq) => own.has(seq));
  const deeds = sets
    .filter(({ actor }) => !isSystem(actor))
    .map((set): Source => ({ ...leftOf(set, rows, gone), key: ownKey(keyOfDeed(set.seq)), isLater: ({ seq }) => seq > set.seq }));
  const adopted = [
    ...keptUnder<Adopted>(store.sync, ADOPTED).map(({ key, value }) => ({ key: key.slice(ADOPTED.length), value })),
    ...sent.flatMap(({ key, value }) => (value.adopted === undefined ? [] : [{ key: key.slice(SENT.length), value: value.adopted }])),
  ].map(({ key, value }): Source => {
    const { head, ...deed } = deedOfAdopted(key, value, '');
    return { ...leftOf(deed, rows, gone), label: head.label, key: ownKey(key), isLater: ({ at }) => at > value.at };
  });
  return [...adopted, ...deeds].filter((of) => of.rows.length + of.series.length > 0);
}

/** What of a deed was about what leaves. */
function leftOf<T extends Pick<ChangeSet, 'rows' | 'series'>>(deed: T, rows: ReadonlyMap<string, AnyRow>, gone: ReadonlySet<string>): T {
  return {
    ...deed,
    rows: deed.rows.filter(({ table, id }) => rows.has(nameOf(table, id))),
    series: deed.series.filter((one) => gone.has(one.series)),
  };
}

const isOtherNow = ({ action, rev }: RowChange, now: AnyRow | undefined): boolean =>
  action === 'create' && now !== undefined && now.rev !== rev;

function wordsOf({ isLater }: Source, change: RowChange, now: AnyRow | undefined, past: Past): readonly RowChange[] {
  if (now === undefined) return [];
  if (change.action !== 'create') return change.after === undefined ? [] : [ownChange(change)];
  const all = past.get(nameOf(change.table, change.id)) ?? [];
  const since = all.flatMap((one) => (isLater(one.set) ? [one.change] : []));
  const image = isOtherNow(change, now) ? imageOf(now, since) : now;
  return image === undefined ? [] : [{ ...change, after: { ...image } }];
}

function pointsOf({ isLater }: Source, change: SeriesChange, store: Store, sets: readonly ChangeSet[]): readonly RefusedPoints[] {
  if (daysOf(change).length === 0) return [];
  const since = sets.filter(isLater).flatMap((set) => set.series.filter(({ series }) => series === change.series));
  return [{ series: change.series, ...madeOf(change, store.series.points(change.series) ?? NO_POINTS, since) }];
}

/** A change with the person's own words alone. */
export function ownChange({ before = {}, ...change }: RowChange): RowChange {
  const { fields } = tableOf(change.table);
  const turned = Object.entries(before).filter(([name]) => {
    const kind = fields[name]?.kind;
    return kind !== undefined && TURNED.has(kind);
  });
  return turned.length === 0 ? change : { ...change, before: Object.fromEntries(turned) };
}
