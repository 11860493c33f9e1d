import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { meanKnown } from '#shared/domain/health/means.ts';
import { engagementActive } from '#shared/domain/derived/engagement-facts.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import type { EngineContext } from '../context.ts';
import type { Figures } from '../jobs/figures.ts';
import type { TimeGrid } from '../metrics/time-grid.ts';
import { healthPlan, plannedDefinition, type PlannedDefinition } from './health-plan.ts';
import { inputBook, type InputBook } from './packed-inputs.ts';
import { createScorer } from './score-engagement.ts';

type Draft = Parsed<'health.preview'>;
const MOST_SHOWN = 10;

/** The published definitions with a draft in the place of the one that it changes, or added. */
function withDraft(
  published: readonly PlannedDefinition[],
  draft: Draft,
): { readonly all: readonly PlannedDefinition[]; readonly drafted: PlannedDefinition } {
  if (!draft.global && draft.filter === undefined)
    throw new AppError('validation', 'Choose to whom the definition applies, or make it the one for all engagements.');
  const id = draft.definitionId ?? 'draft';
  const metrics = draft.metrics.map((metric, index) => ({ ...metric, id: `${id}-${String(index).padStart(3, '0')}` }));
  const drafted = plannedDefinition({ id, name: 'Draft', rank: draft.rank, global: draft.global, filter: draft.filter }, metrics);
  // there is at most one global definition (BR-35): the draft takes its place
  const others = published.filter((definition) => definition.id !== id && !(draft.global && definition.global));
  return { all: [...others, drafted], drafted };
}

/** Today alone. */
function todayOf(grid: TimeGrid): TimeGrid {
  return { asOf: grid.asOf, days: grid.days.subarray(grid.now, grid.now + 1), dates: [grid.asOf], weeks: [0], now: 0, weekAgo: 0 };
}

/** Engagements looked at before other work gets its turn. */
const SLICE = 500;

/** Whom a draft would score, and how the active portfolio's health would shift (HLT-08 in outline). Writes nothing. */
export async function previewDefinition({ view, host }: EngineContext, figures: Figures, draft: Draft): Promise<Output<'health.preview'>> {
  const { now } = figures.grid();
  const { all, drafted } = withDraft(figures.plan().definitions, draft);
  const scorer = createScorer(healthPlan(all, view), inputsOf(figures, drafted), todayOf(figures.grid()));
  const out = new Float64Array(1);
  const active = Array.from(view.all('engagement')).filter(engagementActive);
  const shifts: Shift[] = [];
  for (const [index, engagement] of active.entries()) {
    const { definition } = scorer.score(engagement, out, 0);
    const before = figures.health().score(engagement.id, now);
    shifts.push({ engagement, matched: definition === drafted, before, after: out[0] ?? Number.NaN });
    if (index % SLICE === SLICE - 1) await host.yieldTurn();
  }
  const named = (engagement: Row<'engagement'>) => ({ id: engagement.id, label: labelOf('engagement', engagement, view) });
  const counted = (isMeant: (shift: Shift) => boolean) => {
    const meant = shifts.filter(isMeant);
    return { count: meant.length, first: meant.slice(0, MOST_SHOWN).map(({ engagement }) => named(engagement)) };
  };
  return {
    matching: shifts.filter(({ matched }) => matched).length,
    of: active.length,
    weightTotal: drafted.weight,
    before: meanOf(shifts.map(({ before }) => before)),
    after: meanOf(shifts.map(({ after }) => after)),
    most: shifts
      .filter(({ before, after }) => Math.abs(after - before) > 0)
      .sort((a, b) => shiftOf(b) - shiftOf(a) || (a.engagement.id < b.engagement.id ? -1 : 1))
      .slice(0, MOST_SHOWN)
      .map(({ engagement, before, after }) => ({ ...named(engagement), before, after })),
    becomingUnknown: counted(({ before, after }) => !Number.isNaN(before) && Number.isNaN(after)),
    becomingKnown: counted(({ before, after }) => Number.isNaN(before) && !Number.isNaN(after)),
  };
}

/** What is packed for the saved definitions serves a draft that reads the same sources; else it is looked up for this once. */
function inputsOf(figures: Figures, drafted: PlannedDefinition): InputBook {
  const { readers } = figures.sources();
  const packed = figures.inputs();
  const isPacked = drafted.metrics.every(({ source }) => {
    const reader = readers.get(source);
    return !reader || packed.readers.includes(reader);
  });
  return isPacked ? packed : inputBook(figures.sources(), [...readers.values()]);
}

type Shift = { readonly engagement: Row<'engagement'>; readonly matched: boolean; readonly before: number; readonly after: number };

/** How far the health moves. */
const shiftOf = ({ before, after }: Shift): number => Math.abs(after - before);

function meanOf(scores: readonly number[]): { mean?: number; known: number } {
  const found = meanKnown(scores);
  return found ? { mean: found.mean, known: found.known } : { known: 0 };
}
