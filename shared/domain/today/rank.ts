import type { TableName } from '../../model/dictionary.ts';
import { scoreOf, timingOf, todayKinds, type Stakes, type TodayFormula, type TodayKind } from './formula.ts';

/** Something that could be done today. */
export type Candidate = {
  readonly kind: TodayKind;
  readonly table: TableName;
  readonly id: string;
  readonly engagement: string | undefined;
  /** The day it is or was due; undefined where it has none. */
  readonly due: string | undefined;
  /** Minutes of work; a meeting's own length. */
  readonly minutes: number;
  /** It takes its time at its hour, whatever the order is. */
  readonly fixed: boolean;
  readonly stakes: Stakes;
};

export type Ranked<C extends Candidate = Candidate> = {
  readonly line: C;
  readonly score: number;
  /** It still fits into the day after what stands above it. */
  readonly fits: boolean;
};

const PLACE = new Map(todayKinds.map((kind, place) => [kind, place]));

const text = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * The one order of the day: the highest score first; equal ones by day, then by kind, then by ID, so that the same records always give
 * the same list. What is fixed takes its minutes first; the rest fits from the top down until the first that does not.
 */
export function rankToday<C extends Candidate>(
  candidates: readonly C[],
  formula: TodayFormula,
  workdayMinutes: number,
  asOf: string,
): readonly Ranked<C>[] {
  // thousands of lines have a few days between them
  const timings = new Map<string | undefined, number>();
  const timing = (due: string | undefined): number => {
    const known = timings.get(due) ?? timingOf(due, asOf);
    timings.set(due, known);
    return known;
  };
  const ranked = candidates.map((line) => ({ line, score: scoreOf(line.kind, timing(line.due), line.stakes, formula), fits: true }));
  ranked.sort(
    (a, b) =>
      b.score - a.score ||
      text(a.line.due ?? '9', b.line.due ?? '9') ||
      (PLACE.get(a.line.kind) ?? 0) - (PLACE.get(b.line.kind) ?? 0) ||
      text(a.line.id, b.line.id),
  );
  let left = workdayMinutes - candidates.reduce((sum, { fixed, minutes }) => sum + (fixed ? minutes : 0), 0);
  for (const one of ranked) {
    if (one.line.fixed) continue;
    left -= one.line.minutes;
    if (left < 0) one.fits = false;
  }
  return ranked;
}
