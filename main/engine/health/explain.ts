import type { Output } from '#shared/contract/engine-contract.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { gapPercent, metricScore } from '#shared/domain/health/attainment.ts';
import { exactParts } from '#shared/domain/health/exact-parts.ts';
import { formulaOf } from '#shared/domain/health/formula.ts';
import { healthScore } from '#shared/domain/health/health-score.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { dateOf } from '#shared/util/calendar-days.ts';
import { roundHalfAway } from '#shared/util/rounding.ts';
import type { Figures } from '../jobs/figures.ts';
import { fillMetric, roomFor } from '../metrics/metric-values.ts';
import type { SourceReader } from '../metrics/source-reader.ts';
import type { TimeGrid } from '../metrics/time-grid.ts';
import { bandLookup, type BandLookup } from './band-lookup.ts';
import type { PlannedMetric } from './health-plan.ts';

type Explanation = Output<'health.explain'>;
type MetricPart = Explanation['metrics'][number];
type Input = MetricPart['inputs'][number];

/** A metric as it stands today; NaN: missing. */
type Measured = { readonly metric: PlannedMetric; readonly value: number; readonly before: number; readonly shown: MetricPart };

const SHOWN_INPUTS = 20;

/** Why an engagement has the health that it has: every metric with its inputs, and parts that add up to the score (HLT-07). */
export function explain(view: ReadView, figures: Figures, engagement: Row<'engagement'>): Explanation {
  const grid = figures.grid();
  const definition = figures.plan().choose(engagement, grid.asOf);
  const previousScore = figures.health().score(engagement.id, grid.weekAgo);
  const previous = { asOf: grid.dates[grid.weekAgo] ?? grid.asOf, ...known('score', previousScore) };
  if (!definition) return { status: 'notScored', asOf: grid.asOf, coverage: 0, metrics: [], missing: [], formula: '', previous };

  const bands = bandLookup(view);
  const measured = definition.metrics.map((metric) => measure(metric, engagement, { view, figures, grid, bands }));
  const { status, score, coverage, denominator } = healthScore(measured.map(({ metric, value }) => ({ ...metric, value })));
  const counted = measured.filter(({ value }) => !Number.isNaN(value));
  const scored = counted.map(({ metric, value }) => ({
    weight: metric.weight,
    score: metricScore(value, metric.target, metric.direction),
  }));
  const parts =
    status === 'known'
      ? exactParts(
          scored.map((each) => each.weight * each.score),
          denominator,
          score,
        )
      : [];
  const partOf = new Map(counted.map(({ metric }, index) => [metric.id, parts[index]]));
  const band = bands.ofScore(score);
  return {
    status,
    asOf: grid.asOf,
    definitionId: definition.id,
    definition: definition.name,
    ...(status === 'known' ? { score, rounded: roundHalfAway(score) } : {}),
    ...(band ? { band } : {}),
    coverage,
    metrics: measured.map(({ metric, shown }) => {
      const part = partOf.get(metric.id);
      return part === undefined ? shown : { ...shown, part };
    }),
    missing: measured.filter(({ value }) => Number.isNaN(value)).map(({ shown }) => shown.source),
    formula: formulaOf(scored, status === 'known' ? score : undefined),
    previous,
  };
}

type Scope = { readonly view: ReadView; readonly figures: Figures; readonly grid: TimeGrid; readonly bands: BandLookup };

function measure(metric: PlannedMetric, engagement: Row<'engagement'>, scope: Scope): Measured {
  const { view, figures, grid, bands } = scope;
  const reader = figures.sources().readers.get(metric.source);
  const source = view.get('dataSource', metric.source);
  const { target, weight, direction, aggregate } = metric;
  const common = {
    metricId: metric.id,
    sourceId: metric.source,
    source: source?.name ?? 'A data source that was deleted',
    ...(source?.unit === undefined ? {} : { unit: source.unit }),
    target,
    weight,
    direction,
    aggregate,
  };
  if (!reader)
    return { metric, value: Number.NaN, before: Number.NaN, shown: { ...common, missing: 'noSource', inputs: [], inputCount: 0 } };

  const records = figures.sources().recordsOf(reader, engagement);
  const values = new Float64Array(grid.days.length);
  fillMetric(reader, records, aggregate, grid, values, roomFor(grid.days.length));
  const value = values[grid.now] ?? Number.NaN;
  const before = values[grid.weekAgo] ?? Number.NaN;
  const { inputs, newest, stale } = inputsOf(reader, records, scope);
  const gap = gapPercent(value, target, direction);
  const band = bands.ofValue(metric.source, value);
  const shown: MetricPart = {
    ...common,
    ...known('value', value),
    ...(Number.isNaN(value)
      ? { missing: stale ? ('stale' as const) : ('noData' as const) }
      : { score: metricScore(value, target, direction) }),
    ...(newest === undefined ? {} : { lastEnd: dateOf(newest), ageDays: (grid.days[grid.now] ?? 0) - newest }),
    ...(Number.isNaN(value) || gap === undefined ? {} : { gapPercent: gap }),
    ...(Number.isNaN(before) ? {} : { previousScore: metricScore(before, target, direction) }),
    ...(band ? { band } : {}),
    inputs: inputs.slice(0, SHOWN_INPUTS),
    inputCount: inputs.length,
  };
  return { metric, value, before, shown };
}

/** The source records whose values were combined, and the newest value's end (also of a stale one). */
function inputsOf(
  reader: SourceReader,
  records: readonly string[],
  { view, grid }: Scope,
): { readonly inputs: readonly Input[]; readonly newest: number | undefined; readonly stale: boolean } {
  const { breakdown } = reader.source;
  const today = new Float64Array(1);
  const now = { days: grid.days.subarray(grid.now, grid.now + 1), dates: [grid.asOf] };
  const inputs: Input[] = [];
  let newest: number | undefined;
  let stale = false;
  for (const id of records) {
    const latest = reader.latest(id, grid, grid.now);
    if (!latest) continue;
    newest = Math.max(newest ?? latest.end, latest.end);
    reader.fill(id, now, today);
    if (Number.isNaN(today[0] ?? Number.NaN)) {
      stale = true;
      continue;
    }
    const row = view.get(breakdown, id);
    inputs.push({ table: breakdown, id, label: row ? labelOf(breakdown, row, view) : '', value: latest.value, end: dateOf(latest.end) });
  }
  return { inputs, newest, stale };
}

/** A field that is left out where its number is not known. */
function known<K extends string>(name: K, value: number): { readonly [P in K]?: number } {
  // one known key of a mapped type
  return (Number.isNaN(value) ? {} : { [name]: value }) as { readonly [P in K]?: number };
}
