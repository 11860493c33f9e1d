import type { Row } from '#shared/model/dictionary.ts';
import { coverageOf } from '#shared/domain/health/health-score.ts';
import { addMetric, addMetricSteps, roomForDays, startSums, writeScores } from '#shared/domain/health/health-over-days.ts';
import { fillMetric, roomFor } from '../metrics/metric-values.ts';
import type { SourceReader } from '../metrics/source-reader.ts';
import type { TimeGrid } from '../metrics/time-grid.ts';
import type { HealthPlan, PlannedDefinition, PlannedMetric } from './health-plan.ts';
import type { InputBook } from './packed-inputs.ts';

/** Scores engagements over all days of a grid; its room is used again for each of them. */
export type Scorer = {
  /** Writes the score of each day into `out` from `at` on (NaN: not known), and says how it stands today. */
  readonly score: (engagement: Row<'engagement'>, out: Float64Array, at: number) => Standing;
};

export type Standing = {
  readonly definition: PlannedDefinition | undefined;
  /** Of today, in percent; 0 where the engagement is not scored. */
  readonly coverage: number;
};

/** A metric with the reader of its source and that one's place among the packed ones. */
type ReadMetric = { readonly metric: PlannedMetric; readonly reader: SourceReader; readonly place: number };

const NOT_SCORED: Standing = { definition: undefined, coverage: 0 };

/** A scorer for one plan and grid. `inputs`: of readers among which are those of the plan. */
export function createScorer(plan: HealthPlan, inputs: InputBook, grid: TimeGrid): Scorer {
  const days = grid.days.length;
  const sums = roomForDays(days);
  const room = roomFor(days);
  const values = new Float64Array(days);
  const row = new Float64Array(days);
  const places = new Map(inputs.readers.map((reader, place) => [reader.source.id, { reader, place }]));
  const read = new Map(plan.definitions.map((definition) => [definition, readMetrics(definition, places)]));

  const scoreBy = (definition: PlannedDefinition, engagement: Row<'engagement'>, out: Float64Array, at: number): void => {
    startSums(sums);
    const { from, to, day, value } = inputs.of(engagement);
    for (const { metric, reader, place } of read.get(definition) ?? []) {
      const first = from[place] ?? -1;
      if (first >= 0) {
        addMetricSteps(
          sums,
          metric,
          { day, value, from: first, to: to[place] ?? 0, maxAge: reader.maxAge, falls: reader.falls },
          grid.days,
        );
        continue;
      }
      fillMetric(reader, inputs.sources.recordsOf(reader, engagement), metric.aggregate, grid, values, room);
      addMetric(sums, metric, values);
    }
    writeScores(sums, definition.weight, out, at);
  };
  const standing = (definition: PlannedDefinition): Standing => ({
    definition,
    coverage: coverageOf(sums.denominator[grid.now] ?? 0, definition.weight),
  });
  /** Where the definition may differ from day to day: each of them over its own days, today's last, so that the sums are its. */
  const scoreByDay = (engagement: Row<'engagement'>, out: Float64Array, at: number): Standing => {
    const chosen = grid.dates.map((date) => plan.choose(engagement, date));
    const today = chosen[grid.now];
    out.fill(Number.NaN, at, at + days);
    for (const definition of [...new Set(chosen)].sort((a, b) => Number(a === today) - Number(b === today))) {
      if (!definition) continue;
      scoreBy(definition, engagement, row, 0);
      for (const [day, each] of chosen.entries()) if (each === definition) out[at + day] = row[day] ?? Number.NaN;
    }
    return today ? standing(today) : NOT_SCORED;
  };

  return {
    score: (engagement, out, at) => {
      if (plan.daily) return scoreByDay(engagement, out, at);
      const definition = plan.choose(engagement, grid.asOf);
      if (!definition) {
        out.fill(Number.NaN, at, at + days);
        return NOT_SCORED;
      }
      scoreBy(definition, engagement, out, at);
      return standing(definition);
    },
  };
}

function readMetrics(
  definition: PlannedDefinition,
  places: ReadonlyMap<string, { readonly reader: SourceReader; readonly place: number }>,
): readonly ReadMetric[] {
  return definition.metrics.flatMap((metric) => {
    const found = places.get(metric.source);
    return found ? [{ metric, ...found }] : [];
  });
}
