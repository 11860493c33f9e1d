import type { Output } from '#shared/contract/engine-contract.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { activeContracts } from '#shared/domain/derived/contract-facts.ts';
import { riskOpen } from '#shared/domain/derived/engagement-facts.ts';
import { plainNumber } from '#shared/domain/risk/signal-texts.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { bySorts } from '#shared/domain/portfolio/sort-rows.ts';
import type { EngineContext } from '../context.ts';
import { bandLookup } from '../health/band-lookup.ts';
import { explain } from '../health/explain.ts';
import type { Figures } from '../jobs/figures.ts';
import { lineOf } from './portfolio-line.ts';

type Peek = Output<'portfolio.peek'>;

const SHOWN = 5;
const PRESSING = ['critical', 'high', 'medium', 'low', 'veryLow'];

/** What moved at an engagement and why, with what is open there. */
export function peekAt({ view, settings }: EngineContext, figures: Figures, engagement: Row<'engagement'>): Peek {
  const { asOf } = settings();
  const risks = bySorts(view.by('riskSignal', 'engagement', engagement.id).filter(riskOpen), [
    { direction: 'up', keyOf: ({ priority }) => (priority === undefined ? undefined : PRESSING.indexOf(priority)) },
    { direction: 'up', keyOf: ({ dueDate }) => dueDate },
  ]);
  const touchpoints = bySorts(
    view.by('touchpoint', 'engagement', engagement.id).filter(({ state }) => state !== 'cancelled'),
    [{ direction: 'down', keyOf: ({ heldOn }) => heldOn }],
  );
  return {
    line: lineOf(figures, bandLookup(view), engagement),
    cause: causeOf(explain(view, figures, engagement)),
    risks: risks.slice(0, SHOWN).map(({ id, shortDescription, priority, dueDate }) => ({
      id,
      label: shortDescription,
      priority: priority ?? '',
      ...(dueDate === undefined ? {} : { dueDate }),
    })),
    touchpoints: touchpoints
      .slice(0, SHOWN)
      .map(({ id, subject, heldOn }) => ({ id, label: subject, ...(heldOn === undefined ? {} : { heldOn }) })),
    contracts: activeContracts(engagement, view, asOf).map((contract) => ({
      id: contract.id,
      label: labelOf('contract', contract, view),
      ...(contract.endDate === undefined ? {} : { endDate: contract.endDate }),
      ...(contract.renewalDate === undefined ? {} : { renewalDate: contract.renewalDate }),
    })),
  };
}

/** Why the health moved in the last 7 days, in a sentence: the metric whose weighted score moved most. */
export function causeOf({ status, score, previous, metrics, missing }: Output<'health.explain'>): string {
  if (status === 'notScored') return 'No health definition applies to this engagement.';
  if (status === 'unknown' || score === undefined) return `Health is not known: no recent value of ${missing.join(', ')}.`;
  const earlier = previous?.score;
  if (earlier === undefined) return 'Health was not known a week ago.';
  const moved = score - earlier;
  const moves = metrics.flatMap(({ source, weight, score: now, previousScore }) =>
    now === undefined || previousScore === undefined ? [] : [{ source, now, before: previousScore, part: weight * (now - previousScore) }],
  );
  const [most] = moves.filter(({ part }) => part !== 0).sort((a, b) => Math.sign(moved || 1) * (b.part - a.part));
  if (moved === 0 && !most) return 'Nothing moved in the last 7 days.';
  const words =
    moved === 0 ? 'Health is the same as 7 days ago' : `Health ${moved < 0 ? 'fell' : 'rose'} by ${plainNumber(Math.abs(moved))} in 7 days`;
  if (!most) return `${words}: other metrics have a value now.`;
  return `${words}: ${most.source} went from ${plainNumber(most.before)} to ${plainNumber(most.now)}.`;
}
