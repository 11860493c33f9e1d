import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import type { Indicator } from '#shared/model/indicator.ts';
import { countedRows, isDaily, type CountedRows } from '#shared/domain/indicator/counted-rows.ts';
import { fillByDay, type Days } from '#shared/domain/indicator/indicator-by-day.ts';
import { fallsEvenly, planIndicator, type IndicatorPlan } from '#shared/domain/indicator/indicator-plan.ts';
import { indicatorSteps } from '#shared/domain/indicator/indicator-steps.ts';
import type { Mapper } from '#shared/domain/indicator/source-records.ts';
import { PERIOD_DAYS } from '#shared/domain/series/periods.ts';
import { rollUp } from '#shared/domain/series/roll-up.ts';
import { fillSteps, stepOn, stepsOf, type Steps } from '#shared/domain/series/steps.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { SeriesView } from '../context.ts';
import { trackingView } from './tracking-view.ts';

/** Reads one data source's values for any source record and day, and keeps what it has prepared until told to forget it. */
export type SourceReader = {
  readonly source: Row<'dataSource'>;
  /** How its records lead to engagements; none: the source reaches nobody. */
  readonly mappers: readonly Mapper[];
  /** The table whose records the indicator counts; undefined: delivered from outside. */
  readonly counts: IndicatorPlan | undefined;
  /** For how many days a value counts, and by how much it falls each of them. */
  readonly maxAge: number;
  readonly falls: number;
  /** The values of a source record on all days; undefined where they have to be asked for day by day. */
  readonly steps: (record: string) => Steps | undefined;
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

/** Keeps what was prepared for each record. */
function keeping<V>(prepare: (record: string) => V) {
  const known = new Map<string, V>();
  return {
    of: (record: string): V => {
      const ready = known.get(record);
      if (ready !== undefined) return ready;
      const made = prepare(record);
      known.set(record, made);
      return made;
    },
    forget: (record: string): void => void known.delete(record),
    forgetAll: (): void => known.clear(),
  };
}

function externalReader(source: Row<'dataSource'>, mappers: readonly Mapper[], { view, series }: Stored): SourceReader {
  const maxAge = 2 * PERIOD_DAYS[source.frequency];
  const kept = keeping((record: string): Steps => {
    const own = view.by('dataPointSeries', 'sourceRecord', record).filter((row) => row.source === source.id);
    const collected = own.map(({ id }) => series.points(id)).filter((points) => points !== undefined);
    return stepsOf(rollUp(collected, source.frequency, source.rollUp ?? 'average'), maxAge);
  });
  return {
    source,
    mappers,
    counts: undefined,
    maxAge,
    falls: 0,
    steps: kept.of,
    fill: (record, { days }, out) => fillSteps(kept.of(record), days, out),
    latest: (record, { days }, column) => {
      const step = stepOn(kept.of(record), days[column] ?? 0);
      return step && { end: step.day, value: step.value };
    },
    forget: kept.forget,
    forgetAll: kept.forgetAll,
    alsoReads: () => NOTHING,
  };
}

const NOTHING: ReadonlySet<TableName> = new Set();

function indicatorReader(source: Row<'dataSource'>, mappers: readonly Mapper[], { view }: Stored): SourceReader {
  // stored by the form and the starter set; planIndicator refuses what does not fit
  const plan = planIndicator(source.indicator as unknown as Indicator, source.breakdown);
  const tracked = trackingView(view);
  const daily = isDaily(plan);
  const rowsOf = (record: string): CountedRows => countedRows(plan, recordsNaming(view, plan, record), tracked.view);
  const steps = keeping((record: string): Steps => indicatorSteps(plan, rowsOf(record)));
  const rows = keeping(rowsOf);
  const fill: SourceReader['fill'] = daily
    ? (record, wanted, out) => fillByDay(plan, rows.of(record), wanted, tracked.view, out)
    : (record, { days }, out) => fillSteps(steps.of(record), days, out);
  const one = new Float64Array(1);
  return {
    source,
    mappers,
    counts: plan,
    maxAge: Infinity,
    falls: fallsEvenly(plan) ? 1 : 0,
    steps: daily ? () => undefined : steps.of,
    fill,
    latest: (record, { days, dates }, column) => {
      const end = days[column] ?? 0;
      fill(record, { days: Int32Array.of(end), dates: [dates[column] ?? ''] }, one);
      const value = one[0] ?? Number.NaN;
      return Number.isNaN(value) ? undefined : { end, value };
    },
    forget: (record) => {
      steps.forget(record);
      rows.forget(record);
    },
    forgetAll: () => {
      steps.forgetAll();
      rows.forgetAll();
    },
    alsoReads: () => tracked.reads,
  };
}

function recordsNaming(view: ReadView, plan: IndicatorPlan, record: string): readonly AnyRow[] {
  if (plan.keyField !== undefined) return view.by(plan.table, plan.keyField, record);
  const row = view.get(plan.table, record);
  return row ? [row] : [];
}
