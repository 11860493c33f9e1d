import type { AnyRow } from '#shared/model/dictionary.ts';
import {
  changedSegment,
  POINTS_TABLE,
  readSegmentId,
  segmentId,
  yearsOfChange,
  type Points,
  type SegmentValues,
} from '#shared/sync-core/points.ts';
import type { Scope } from '#shared/sync-core/scope.ts';
import type { SeriesChange } from '../records/operations.ts';
import type { ReadCache } from '../records/record-cache.ts';
import type { ScopeChanges, ScopedRecord } from '../records/scope-changes.ts';
import { sql, type Sql } from '../storage/storage.ts';

const segmentsOf = sql(
  'segments-of',
  // an ID continues with a slash, and 0 is the letter after it
  `select r.id, r.version, r.scope, r.body from unnest($2::text[]) as s(id)
   join record r on r.tenant = $1 and r.tbl = '${POINTS_TABLE}' and r.id > s.id || '/' and r.id < s.id || '0'`,
);

/** What is to be written, and what it does to data points. */
export type ChangesWithPoints = ScopeChanges & { readonly points: readonly SeriesChange[] };
type Stored = { readonly id: string; readonly version: number; readonly scope: string; readonly body: SegmentValues | null };
/** A segment of a series as a push leaves it; without values it is gone. */
export type ChangedSegment = {
  readonly id: string;
  readonly version: number;
  readonly scope: Scope;
  readonly values: SegmentValues | undefined;
  readonly left: Scope | undefined;
};

/**
 * What a push means for data points: changed ones are merged into their segments (S4), those of a deleted series go with it, those of one
 * that moved follow it. First and last day and the number of points of a series are counted here, for devices know only of theirs.
 */
export async function withSegments(
  on: Sql,
  tenant: string,
  cache: Pick<ReadCache, 'stored'>,
  computed: ChangesWithPoints,
): Promise<{ readonly computed: ChangesWithPoints; readonly segments: readonly ChangedSegment[] }> {
  const records = new Map(computed.records.flatMap((record) => (record.table === 'dataPointSeries' ? [[record.id, record] as const] : [])));
  const settled = [...records.values()].filter(
    ({ id, row, left }) => cache.stored('dataPointSeries', id) !== undefined && (row === undefined || left !== undefined),
  );
  const changes = Map.groupBy(computed.points, ({ series }) => series);
  const affected = [...new Set([...settled.map(({ id }) => id), ...changes.keys()])];
  if (affected.length === 0) return { computed, segments: [] };
  const stored = Map.groupBy(await on.run<Stored>(segmentsOf, [tenant, affected]), ({ id }) => readSegmentId(id)?.series ?? '');
  const segments: ChangedSegment[] = [];
  for (const series of affected) {
    const known = cache.stored('dataPointSeries', series);
    const record: ScopedRecord | undefined =
      records.get(series) ?? (known?.row && { table: 'dataPointSeries', id: series, row: known.row, scope: known.scope, left: undefined });
    if (record === undefined) continue;
    const after = changedSegments(series, record, stored.get(series) ?? [], changes.get(series) ?? []);
    segments.push(...after.changed);
    if (record.row !== undefined && changes.has(series)) records.set(series, { ...record, row: counted(record.row, after.points) });
  }
  const others = computed.records.filter(({ table }) => table !== 'dataPointSeries');
  return { computed: { ...computed, records: [...others, ...records.values()] }, segments };
}

function changedSegments(
  series: string,
  { row, scope, left }: ScopedRecord,
  stored: readonly Stored[],
  changes: readonly SeriesChange[],
): { readonly changed: readonly ChangedSegment[]; readonly points: readonly Points[] } {
  const byYear = new Map(stored.map((one) => [readSegmentId(one.id)?.year ?? 0, one]));
  const years = new Set([...byYear.keys(), ...changes.flatMap(yearsOfChange)]);
  const points: Points[] = [];
  const changed = [...years]
    .toSorted((a, b) => a - b)
    .flatMap((year): readonly ChangedSegment[] => {
      const before = byYear.get(year);
      const isLive = (before?.body ?? null) !== null;
      const touching = changes.filter((change) => yearsOfChange(change).includes(year));
      if (touching.length === 0 && !isLive) return [];
      const merged =
        row === undefined
          ? undefined
          : touching.reduce<Points | undefined>((now, change) => changedSegment(now, change, year), before?.body ?? undefined);
      const values =
        merged === undefined || merged.end.length === 0
          ? undefined
          : { series, year, start: merged.start, end: merged.end, value: merged.value };
      if (values !== undefined) points.push(values);
      const isSame = touching.length === 0 && row !== undefined && left === undefined;
      if (isSame || (values === undefined && !isLive)) return [];
      return [{ id: segmentId(series, year), version: (before?.version ?? 0) + 1, scope, values, left: isLive ? left : undefined }];
    });
  return { changed, points };
}

/** A series with what its points come to. */
function counted(row: AnyRow, points: readonly Points[]): AnyRow {
  const [first] = points[0]?.end ?? [];
  const last = points.at(-1)?.end.at(-1);
  const { firstEnd: _first, lastEnd: _last, ...rest } = row as AnyRow & { readonly firstEnd?: unknown; readonly lastEnd?: unknown };
  const ends = first === undefined || last === undefined ? {} : { firstEnd: dateOf(first), lastEnd: dateOf(last) };
  return { ...rest, ...ends, points: points.reduce((sum, { end }) => sum + end.length, 0) };
}

const DAY_MS = 86_400_000;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
