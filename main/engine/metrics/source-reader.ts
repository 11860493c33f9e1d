import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import type { Indicator } from '#shared/model/indicator.ts';
import { countedRows, type CountedRows } from '#shared/domain/indicator/counted-rows.ts';
import { planIndicator, type IndicatorPlan } from '#shared/domain/indicator/indicator-plan.ts';
import { fillIndicator, type Days } from '#shared/domain/indicator/indicator-values.ts';
import type { Mapper } from '#shared/domain/indicator/source-records.ts';
import { fillLatest, latestOn } from '#shared/domain/series/latest-values.ts';
import { PERIOD_DAYS } from '#shared/domain/series/periods.ts';
import { rollUp, type Reported } from '#shared/domain/series/roll-up.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { SeriesView } from '../context.ts';
import { trackingView, type Tracked } from './tracking-view.ts';

/** Reads one data source's values for any source record and day, and keeps what it has prepared until told to forget it. */
export type SourceReader = {
  readonly source: Row<'dataSource'>;
  /** How its records lead to engagements; none: the source reaches nobody. */
  readonly mappers: readonly Mapper[];
  /** The table whose records the indicator counts; undefined: delivered from outside. */
  readonly counts: IndicatorPlan | undefined;
  /** Writes the values of a source record on each of the days into `out`; NaN: missing. */
  readonly fill: (record: string, wanted: Days, out: Float64Array) => void;
  /** The newest value on a day however old, with its end. An indicator's value is always of that very day. */
  readonly latest: (record: string, wanted: Days, column: number) => { readonly end: number; readonly value: number } | undefined;
  readonly forget: (record: string) => void;
  readonly forgetAll: () => void;
  /** Other tables that filters and fields have read: a change there may change any value. */
  readonly alsoReads: () => ReadonlySet<TableName>;
};

type Stored = { readonly view: ReadView; readonly series: SeriesView };

/** A reader of a source as its row stands. Throws AppError `validation` where the indicator does not fit the records. */
export function sourceReader(source: Row<'dataSource'>, mappers: readonly Mapper[], stored: Stored): SourceReader {
  return source.kind === 'external' ? externalReader(source, mappers, stored) : indicatorReader(source, mappers, stored);
}

function externalReader(source: Row<'dataSource'>, mappers: readonly Mapper[], { view, series }: Stored): SourceReader {
  const known = new Map<string, Reported>();
  const maxAge = 2 * PERIOD_DAYS[source.frequency];
  const reportedOf = (record: string): Reported => {
    const ready = known.get(record);
    if (ready) return ready;
    const own = view.by('dataPointSeries', 'sourceRecord', record).filter((row) => row.source === source.id);
    const collected = own.map(({ id }) => series.points(id)).filter((points) => points !== undefined);
    const reported = rollUp(collected, source.frequency, source.rollUp ?? 'average');
    known.set(record, reported);
    return reported;
  };
  return {
    source,
    mappers,
    counts: undefined,
    fill: (record, { days }, out) => fillLatest(reportedOf(record), days, maxAge, out),
    latest: (record, { days }, column) => latestOn(reportedOf(record), days[column] ?? 0),
    forget: (record) => void known.delete(record),
    forgetAll: () => known.clear(),
    alsoReads: () => new Set(),
  };
}

function indicatorReader(source: Row<'dataSource'>, mappers: readonly Mapper[], { view }: Stored): SourceReader {
  // stored by the form and the starter set; planIndicator refuses what does not fit
  const plan = planIndicator(source.indicator as unknown as Indicator, source.breakdown);
  const tracked: Tracked = trackingView(view);
  const known = new Map<string, CountedRows>();
  const countedOf = (record: string): CountedRows => {
    const ready = known.get(record);
    if (ready) return ready;
    const counted = countedRows(plan, recordsNaming(view, plan, record), tracked.view);
    known.set(record, counted);
    return counted;
  };
  const one = new Float64Array(1);
  const fill: SourceReader['fill'] = (record, wanted, out) => fillIndicator(plan, countedOf(record), wanted, tracked.view, out);
  return {
    source,
    mappers,
    counts: plan,
    fill,
    latest: (record, { days, dates }, column) => {
      const end = days[column] ?? 0;
      fill(record, { days: Int32Array.of(end), dates: [dates[column] ?? ''] }, one);
      const value = one[0] ?? Number.NaN;
      return Number.isNaN(value) ? undefined : { end, value };
    },
    forget: (record) => void known.delete(record),
    forgetAll: () => known.clear(),
    alsoReads: () => tracked.reads,
  };
}

function recordsNaming(view: ReadView, plan: IndicatorPlan, record: string): readonly AnyRow[] {
  if (plan.keyField !== undefined) return view.by(plan.table, plan.keyField, record);
  const row = view.get(plan.table, record);
  return row ? [row] : [];
}
