import { tableNames, type AnyRow } from '#shared/model/dictionary.ts';
import type { Head } from './commit.ts';
import type { Database } from './database.ts';
import { recordTable } from './schema.ts';
import type { SegmentRow } from './segments.ts';
import { createSeriesSet, seriesOf, type SeriesSet } from './series-set.ts';
import { createWorkingSet, type WorkingSet } from './working-set.ts';

export const NEW_HEAD: Head = { key: 'head', seq: 0, stamp: '', blocks: {}, counters: {} };

export type Loaded = {
  readonly head: Head;
  readonly rows: WorkingSet;
  readonly series: SeriesSet;
};

/** Reads everything row by row. */
export async function loadAll(database: Database): Promise<Loaded> {
  const { relaxed } = database;
  const head = (await relaxed.table<Head, string>('meta').get('head')) ?? NEW_HEAD;
  const tables = new Map(
    await Promise.all(tableNames.map(async (name) => [name, await relaxed.table<AnyRow>(recordTable(name)).toArray()] as const)),
  );
  const segments = await relaxed.table<SegmentRow>('segments').toArray();
  return {
    head,
    rows: createWorkingSet((table) => tables.get(table) ?? []),
    series: createSeriesSet(() => seriesOf(segments)),
  };
}
