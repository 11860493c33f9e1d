import type { PackedSeries } from '#shared/domain/series/packed-series.ts';
import { tableNames, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { atOnce } from '../host/in-turns.ts';
import { seriesChangesOf, type ChangeBody, type HeaderRow } from './change-parts.ts';
import type { Database } from './database.ts';
import { readImage, type Image } from './image.ts';
import { NO_POINTS } from './points.ts';
import { recordTable } from './schema.ts';
import type { SegmentRow } from './segments.ts';
import { createSeriesSet, seriesOf, type SeriesSet } from './series-set.ts';
import { loadSyncRows, type SyncRows } from './sync-rows.ts';
import { createWorkingSet, type WorkingSet } from './working-set.ts';

export type Loaded = { readonly rows: WorkingSet; readonly series: SeriesSet; readonly sync: SyncRows; readonly from: 'image' | 'rows' };

/** Brings the working set and the series into memory: from the image where there is one, else row by row. */
export async function load(database: Database, seq: number, yieldTurn: () => Promise<void>): Promise<Loaded> {
  return { ...(await loadRecords(database, seq, yieldTurn)), sync: await loadSyncRows(database) };
}

type LoadedRecords = Omit<Loaded, 'sync'>;

async function loadRecords(database: Database, seq: number, yieldTurn: () => Promise<void>): Promise<LoadedRecords> {
  const image = await readImage(database, yieldTurn);
  if (image === undefined || image.seq > seq) return loadRows(database);
  const since = await changedSince(database, image.seq, seq);
  return since === undefined ? loadRows(database) : fromImage(image, since);
}

/** Reads everything row by row. */
async function loadRows({ relaxed }: Database): Promise<LoadedRecords> {
  const tables = new Map<TableName, readonly AnyRow[]>();
  for (const name of tableNames) tables.set(name, await relaxed.table<AnyRow>(recordTable(name)).toArray());
  const segments = await relaxed.table<SegmentRow>('segments').toArray();
  // torn ones must show now, while the store can still be recovered
  const series = [...seriesOf(segments)];
  return {
    rows: createWorkingSet((table) => tables.get(table) ?? []),
    series: createSeriesSet(() => series),
    from: 'rows',
  };
}

/** Above so many changed records reading all rows is quicker than patching the image. */
const PATCH_LIMIT = 20_000;

type Since = {
  /** Rows as they are now; undefined: deleted. */
  readonly rows: ReadonlyMap<TableName, ReadonlyMap<string, AnyRow | undefined>>;
  readonly series: ReadonlyMap<string, PackedSeries>;
};

/** What was changed by the commits after `from`; undefined where that is too much to patch. */
async function changedSince({ relaxed }: Database, from: number, to: number): Promise<Since | undefined> {
  const rows = new Map<TableName, Map<string, AnyRow | undefined>>();
  const series = new Map<string, PackedSeries>();
  if (from === to) return { rows, series };
  const headers = await relaxed.table<HeaderRow>('changeSets').where('seq').between(from, to, false, true).toArray();
  if (headers.length !== to - from || headers.some((header) => header.bulk === 1)) return undefined;
  const ids = new Map<TableName, Set<string>>();
  const names = new Set<string>();
  let count = 0;
  for (const body of await relaxed.table<ChangeBody>('changeBodies').where('seq').between(from, to, false, true).toArray()) {
    const changes = seriesChangesOf(body);
    for (const { table, id } of body.rows) ids.set(table, (ids.get(table) ?? new Set()).add(id));
    for (const change of changes) names.add(change.series);
    count += body.rows.length + changes.length;
  }
  if (count > PATCH_LIMIT) return undefined;
  for (const [table, wanted] of ids) {
    const keys = [...wanted];
    const found = await relaxed.table<AnyRow, string>(recordTable(table)).bulkGet(keys);
    rows.set(table, new Map(keys.map((id, at) => [id, found[at]])));
  }
  for (const name of names) {
    const segments = await relaxed.table<SegmentRow>('segments').where('[series+year]').between([name], [name, []]).toArray();
    const [only] = seriesOf(segments);
    series.set(name, only?.[1] ?? NO_POINTS);
  }
  return { rows, series };
}

function fromImage(image: Image, since: Since): LoadedRecords {
  const patched = function* (table: TableName): Generator<void, readonly AnyRow[], void> {
    const rows = yield* image.rows(table);
    const changed = since.rows.get(table);
    if (changed === undefined) return rows;
    const now = [...changed.values()].filter((row) => row !== undefined);
    return [...rows.filter((row) => !changed.has(row.id)), ...now];
  };
  return {
    rows: createWorkingSet((table) => atOnce(patched(table)), patched),
    series: createSeriesSet(() => [...image.series(), ...since.series]),
    from: 'image',
  };
}
