import type { Row } from '#shared/model/dictionary.ts';
import { coverageOf } from '#shared/domain/health/health-score.ts';
import { addMetric, roomForDays, startSums, writeScores, type OverDays } from '#shared/domain/health/health-over-days.ts';
import { fillMetric, roomFor, type Room } from '../metrics/metric-values.ts';
import type { SourceSet } from '../metrics/source-set.ts';
import type { TimeGrid } from '../metrics/time-grid.ts';
import type { HealthPlan, PlannedDefinition } from './health-plan.ts';

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

const NOT_SCORED: Standing = { definition: undefined, coverage: 0 };

/** A scorer for one plan, set of sources and grid. */
export function createScorer(plan: HealthPlan, sources: SourceSet, grid: TimeGrid): Scorer {
  const days = grid.days.length;
  const sums: OverDays = roomForDays(days);
  const room: Room = roomFor(days);
  const values = new Float64Array(days);
  const row = new Float64Array(days);

  const scoreBy = (definition: PlannedDefinition, engagement: Row<'engagement'>, out: Float64Array, at: number): void => {
    startSums(sums);
    for (const metric of definition.metrics) {
      const reader = sources.readerOf(metric.source);
      if (!reader) continue;
      fillMetric(reader, sources.recordsOf(reader, engagement), metric.aggregate, grid, values, room);
      addMetric(sums, metric, values);
    }
    writeScores(sums, definition.weight, out, at);
  };
  const standing = (definition: PlannedDefinition): Standing => ({
    definition,
    coverage: coverageOf(sums.denominator[grid.now] ?? 0, definition.weight),
  });

  return {
    score: (engagement, out, at) => {
      const today = plan.choose(engagement, grid.asOf);
      if (!plan.daily) {
        if (!today) out.fill(Number.NaN, at, at + days);
        else scoreBy(today, engagement, out, at);
        return today ? standing(today) : NOT_SCORED;
      }
      out.fill(Number.NaN, at, at + days);
      const chosen = grid.dates.map((date) => plan.choose(engagement, date));
      for (const definition of new Set(chosen.filter((each) => each !== undefined && each !== today))) {
        if (definition) scoreBy(definition, engagement, row, 0);
        for (const [day, each] of chosen.entries()) if (each === definition) out[at + day] = row[day] ?? Number.NaN;
      }
      if (!today) return NOT_SCORED;
      // last, so that the sums are today's definition's
      scoreBy(today, engagement, row, 0);
      for (const [day, each] of chosen.entries()) if (each === today) out[at + day] = row[day] ?? Number.NaN;
      return standing(today);
    },
  };
}
