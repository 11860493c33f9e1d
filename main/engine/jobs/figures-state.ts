import { withValues } from '#shared/domain/derived/computed-fields.ts';
import type { DerivedTables } from '#shared/domain/derived/derived-field.ts';
import type { EngineContext } from '../context.ts';
import type { BandLookup } from '../health/band-lookup.ts';
import { healthBook, type HealthBook } from '../health/health-book.ts';
import { healthPlan, publishedDefinitions, type HealthPlan } from '../health/health-plan.ts';
import { inputBook, type InputBook } from '../health/packed-inputs.ts';
import { createScorer, type Scorer } from '../health/score-engagement.ts';
import { openReaders } from '../metrics/open-readers.ts';
import { sameOrNewSet, type SourceSet } from '../metrics/source-set.ts';
import { KEPT_WEEKS, timeGrid, type TimeGrid } from '../metrics/time-grid.ts';

/** What figures are computed with and where they are written, for one day and one set of definitions. */
export type FiguresState = {
  readonly grid: TimeGrid;
  readonly sources: SourceSet;
  readonly plan: HealthPlan;
  readonly inputs: InputBook;
  readonly book: HealthBook;
  readonly scorer: Scorer;
};

/** Inputs of the readers that the plan's metrics need; those from before where they are the same. */
function inputsFor(plan: HealthPlan, sources: SourceSet, before: InputBook | undefined): InputBook {
  const needed = new Set(plan.definitions.flatMap(({ metrics }) => metrics.map(({ source }) => source)));
  const readers = [...sources.readers.values()].filter(({ source }) => needed.has(source.id));
  const same =
    before?.sources === sources &&
    before.readers.length === readers.length &&
    readers.every((reader, place) => before.readers[place] === reader);
  return same ? before : inputBook(sources, readers);
}

/** Reads the day, the sources and the definitions; `before`: what is still as it was then goes on with all that it has prepared. */
export function prepareFigures({ view, series, host, settings }: EngineContext, before: FiguresState | undefined): FiguresState {
  const grid = timeGrid(settings().asOf, KEPT_WEEKS);
  const report = (what: string) => (id: string) => host.log({ event: 'definition-unusable', what, id });
  const readers = openReaders({ view, series, before: (source) => before?.sources.readers.get(source), report: report('source') });
  const sources = sameOrNewSet(view, before?.sources, readers);
  const plan = healthPlan(publishedDefinitions(view, report('health')), view);
  const inputs = inputsFor(plan, sources, before?.inputs);
  return { grid, sources, plan, inputs, book: healthBook(grid, view.count('engagement')), scorer: createScorer(plan, inputs, grid) };
}

/** The computed health as fields of the engagement, for lists, conditions and records (HLT-06: beside the perceived one). */
export function healthFields(state: () => FiguresState, bands: () => BandLookup): DerivedTables {
  const known = (score: number): number | undefined => (Number.isNaN(score) ? undefined : score);
  const at = (id: string, column: 'now' | 'weekAgo'): number => state().book.score(id, state().grid[column]);
  return {
    engagement: withValues({
      health: (id) => known(at(id, 'now')),
      healthBand: (id) => bands().ofScore(at(id, 'now'))?.category,
      healthChange: (id) => known(at(id, 'now') - at(id, 'weekAgo')),
      healthCoverage: (id) => state().book.coverage(id),
    }),
  };
}
