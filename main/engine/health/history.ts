import type { Row } from '#shared/model/dictionary.ts';
import type { Figures } from '../jobs/figures.ts';
import { KEPT_WEEKS, mondaysOf, timeGrid } from '../metrics/time-grid.ts';
import { createScorer } from './score-engagement.ts';

export type WeekScore = { readonly week: string; readonly score?: number };

/** Weekly scores, oldest first; `week` is the Monday, the score the last one computed in that week (HLT-03). */
export function weeklyHistory(figures: Figures, engagement: Row<'engagement'>, weeks: number): WeekScore[] {
  const kept = figures.grid();
  const long = weeks > KEPT_WEEKS ? timeGrid(kept.asOf, weeks) : undefined;
  const grid = long ?? kept;
  let scores = figures.health().row(engagement.id) ?? new Float64Array(grid.days.length).fill(Number.NaN);
  if (long) {
    scores = new Float64Array(long.days.length);
    createScorer(figures.plan(), figures.inputs(), long).score(engagement, scores, 0);
  }
  const mondays = mondaysOf(grid);
  return grid.weeks
    .map((column, index) => {
      const score = scores[column] ?? Number.NaN;
      return { week: mondays[index] ?? '', ...(Number.isNaN(score) ? {} : { score }) };
    })
    .slice(-weeks);
}

/** The last scores as a line draws them, oldest first; null where a week is not known. */
export function trendOf(figures: Figures, engagement: string, weeks: number): (number | null)[] {
  const { weeks: columns } = figures.grid();
  return columns.slice(-weeks).map((column) => {
    const score = figures.health().score(engagement, column);
    return Number.isNaN(score) ? null : score;
  });
}
