import type { TableName } from '#shared/model/dictionary.ts';
import { changesOf, seriesChangesOf, SERIES_PART, type ChangeBody, type ChangePart, type HeaderRow } from './change-parts.ts';
import { bareSeries, type RowChange, type SeriesChange } from './change-set.ts';
import { packSeriesChanges } from './series-change-codec.ts';
import type { Database } from './database.ts';

/** A record by its type and ID. */
export type RecordName = { readonly table: TableName; readonly id: string };

const IDS_AT_ONCE = 500;
/** A step of which nothing is left says no more than that. */
const PURGED_LABEL = 'Records that are no longer yours';

/** What others wrote is gone; what the person did themselves and was not sent yet stays theirs (S9). */
const ownPart = ({ before: _before, ...change }: RowChange): RowChange => (change.action === 'delete' ? bare(change) : change);
/** What is left of a change of a record that is no longer this device's: that there was one. */
const bare = ({ table, id, action, rev }: RowChange): RowChange => ({ table, id, action, rev });

/**
 * Takes the texts of records out of the history (S9: what a device may no longer have is purged from it, which is no deletion): of each of
 * their changes only that it happened is kept. Words of steps that changed nothing else go too.
 */
export async function purgeHistory(
  { strict }: Database,
  records: readonly RecordName[],
  isUnsent: (seq: number) => boolean,
  yieldTurn: () => Promise<void>,
): Promise<void> {
  const ids = new Map<string, TableName>(records.map(({ table, id }) => [id, table]));
  const all = [...ids.keys()];
  const seqs = new Set<number>();
  for (let from = 0; from < all.length; from += IDS_AT_ONCE) {
    const found = await strict
      .table<HeaderRow, number>('changeSets')
      .where('records')
      .anyOf(all.slice(from, from + IDS_AT_ONCE))
      .primaryKeys();
    for (const seq of found) seqs.add(seq);
    await yieldTurn();
  }
  const gone = new Set(records.flatMap(({ table, id }) => (table === 'dataPointSeries' ? [id] : [])));
  const pointsLeft = (of: { readonly points?: Uint8Array }, unsent: boolean): { readonly points?: Uint8Array } => {
    if (of.points === undefined || gone.size === 0) return {};
    const changes = seriesChangesOf(of);
    return { points: packSeriesChanges(changes.map((one) => (gone.has(one.series) ? (unsent ? daysAlone : bareSeries)(one) : one))) };
  };
  const isGone = (change: RowChange): boolean => ids.get(change.id) === change.table;
  for (const seq of seqs) {
    const body = await strict.table<ChangeBody, number>('changeBodies').get(seq);
    const header = await strict.table<HeaderRow, number>('changeSets').get(seq);
    if (body === undefined || header === undefined) continue;
    const left = isUnsent(seq) ? ownPart : bare;
    await strict
      .table<ChangeBody>('changeBodies')
      .put({ ...body, rows: body.rows.map((change) => (isGone(change) ? left(change) : change)), ...pointsLeft(body, isUnsent(seq)) });
    if (!isUnsent(seq) && body.rows.every(isGone))
      await strict.table<HeaderRow>('changeSets').put({ ...header, label: PURGED_LABEL, undoable: false });
    await yieldTurn();
  }
  const bulk = await strict.table<HeaderRow, number>('changeSets').where('bulk').equals(1).primaryKeys();
  for (const seq of bulk)
    for (const table of new Set(ids.values())) {
      const parts = await strict
        .table<ChangePart>('changeParts')
        .where('[seq+table+last]')
        .between([seq, table], [seq, table, []])
        .toArray();
      for (const part of parts) {
        if (!changesOf(part).some((change) => isGone(change) && (change.before ?? change.after) !== undefined)) continue;
        const rows = (part.rows ?? []).map((change) => (isGone(change) ? (isUnsent(seq) ? ownPart : bare)(change) : change));
        await strict.table<ChangePart>('changeParts').put({ ...part, rows });
      }
      await yieldTurn();
    }
  if (gone.size === 0) return;
  for (const seq of bulk) {
    const parts = await strict
      .table<ChangePart>('changeParts')
      .where('[seq+table+last]')
      .between([seq, SERIES_PART], [seq, SERIES_PART, []])
      .toArray();
    for (const part of parts)
      if (seriesChangesOf(part).some(({ series }) => gone.has(series)))
        await strict.table<ChangePart>('changeParts').put({ ...part, ...pointsLeft(part, isUnsent(seq)) });
    await yieldTurn();
  }
}

/** Own changes that were not sent yet are told by their days alone: what was there before was not the person's. */
function daysAlone(change: SeriesChange): SeriesChange {
  const days = Int32Array.from([...change.added, ...change.before.end]).toSorted();
  return { ...bareSeries(change), added: days, removed: change.removed };
}
