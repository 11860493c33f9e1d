import { RISK_VIEWS } from '#shared/contract/areas/risk.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { dictionary, type Row } from '#shared/model/dictionary.ts';
import { choicesIn } from '#shared/domain/choices.ts';
import { riskOpen, valueAtRisk } from '#shared/domain/derived/engagement-facts.ts';
import type { EngineContext } from '../context.ts';
import { riskFilter } from './risk-views.ts';

type Overview = Output<'risk.overview'>;
type Slice = Overview['byScope'][number];

const { scope, probability, category } = dictionary.riskSignal.fields;

/** Open signals, what they put at risk, and how they divide (DSH-02). */
export function riskOverview({ view, settings }: EngineContext): Overview {
  const { asOf, currency, currentUser } = settings();
  const open = [...view.all('riskSignal')].filter(riskOpen);
  const valueOf = (signals: readonly Row<'riskSignal'>[]) => [...valueAtRisk(signals, view, asOf, currency)];
  return {
    open: open.length,
    value: valueOf(open),
    byScope: slices(open, ({ scope: of }) => of, scope.choices ?? {}),
    byProbability: slices(open, ({ probability: of }) => of, probability.choices ?? {}),
    byCategory: slices(
      open,
      ({ category: of }) => of,
      Object.fromEntries(choicesIn(view, category).map((choice) => [choice.value, choice.label])),
    ).sort((a, b) => b.count - a.count),
    views: RISK_VIEWS.map((which) => {
      const signals = open.filter(riskFilter(which, { view, asOf, currentUser }));
      return { view: which, count: signals.length, value: valueOf(signals) };
    }),
  };
}

/** How many signals have each choice, in the order of the choices; those without one come last. */
function slices(
  signals: readonly Row<'riskSignal'>[],
  keyOf: (signal: Row<'riskSignal'>) => string | undefined,
  choices: Readonly<Record<string, string>>,
): Slice[] {
  const counts = Map.groupBy(signals, (signal) => keyOf(signal) ?? '');
  const labelled = [...Object.entries(choices), ['', 'Not set'] as const];
  return labelled.flatMap(([key, label]) => {
    const count = counts.get(key)?.length ?? 0;
    return count === 0 ? [] : [{ key, label, count, share: count / signals.length }];
  });
}
