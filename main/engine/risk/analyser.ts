import { AppError } from '#shared/errors/app-error.ts';
import { planSignals, type KnownSignal, type SignalPlan } from '#shared/domain/risk/plan-signals.ts';
import type { ReadView } from '#shared/domain/view.ts';
import type { Draft, EngineContext } from '../context.ts';
import { inTurns } from '../host/in-turns.ts';
import type { Figures } from '../jobs/figures.ts';
import { findBreaches, type BreachScope, type FoundBreach } from './find-breaches.ts';
import { planRisk, type PlannedRisk } from './risk-plan.ts';
import { addOccurrence, openSignal } from './write-signals.ts';

export type Analysis = { readonly opened: number; readonly occurrences: number; readonly evaluated: number };

/** Who signs what the analyser writes. */
export const ANALYSER = 'system:risk-analyser';

/** The published definitions, ready. One that does not fit any more is left out and logged. */
function publishedRisks({ view, host, derivedFields }: EngineContext, figures: Figures): readonly PlannedRisk[] {
  return [...view.all('riskDefinition')]
    .filter(({ state }) => state === 'published')
    .flatMap((row) => {
      try {
        const overrides = view.by('thresholdOverride', 'definition', row.id);
        return [planRisk(row, { template: row.template, overrides }, { view, sources: figures.sources(), more: derivedFields.all() })];
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        host.log({ event: 'definition-unusable', what: 'risk', id: row.id });
        return [];
      }
    });
}

/** Signals as the planner wants them: only those that a rule has raised have a source record. */
function* knownSignals(view: ReadView): Generator<KnownSignal> {
  for (const { id, state, engagement, category, sourceTable, sourceRecord } of view.all('riskSignal')) {
    if (engagement === undefined || sourceTable === undefined || sourceRecord === undefined || category === undefined) continue;
    yield { id, state, engagement, category, sourceTable, sourceRecord, periods: view.by('riskOccurrence', 'signal', id) };
  }
}

const isEmpty = (plan: SignalPlan): boolean => plan.open.length === 0 && plan.add.length === 0;

/** One signal or occurrence a step. */
function* writePlan(
  draft: Draft,
  { open, add }: SignalPlan<FoundBreach>,
  asOf: string,
): Generator<void, Pick<Analysis, 'opened' | 'occurrences'>, void> {
  let occurrences = add.length;
  for (const { breach, further } of open) {
    occurrences += openSignal(draft, breach, further, asOf);
    yield;
  }
  for (const { signal, breach } of add) {
    addOccurrence(draft, signal, breach);
    yield;
  }
  return { opened: open.length, occurrences };
}

/** Evaluates all published definitions now and writes what is new: run twice, the second run writes nothing (RSK-04, RSK-05). */
export async function analyse(context: EngineContext, figures: Figures, commandId: string): Promise<Analysis> {
  await figures.settled();
  const { view, records, settings } = context;
  const { asOf } = settings();
  const risks = publishedRisks(context, figures);
  const scope: BreachScope = { view, sources: figures.sources(), asOf };
  const breaches: FoundBreach[] = [];
  for (const risk of risks) breaches.push(...(await findBreaches(risk, scope, context.host.yieldTurn)));
  const evaluated = risks.length;
  if (isEmpty(planSignals(breaches, knownSignals(view)))) return { opened: 0, occurrences: 0, evaluated };
  const { result } = await records.run({ commandId, actor: ANALYSER, label: 'Risk analysis', notUndoable: true }, (draft) =>
    // asked again inside the command: another one may have been in between
    inTurns(writePlan(draft, planSignals(breaches, knownSignals(draft.view)), asOf), context.host.yieldTurn),
  );
  return { ...result, evaluated };
}
