import type { AnyRow } from '../../model/dictionary.ts';
import { parseRef } from '../../model/any-reference.ts';
import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** BR-12: an outcome tracked by metric names its metric; one tracked by hand does not. */
const metricNamed = rule('BR-12', 'successOutcome', SAVED, {
  fields: ['trackingMethod', 'metric'],
  check: ({ view }, change) => {
    const { after } = change;
    if (after === undefined) return undefined;
    const byMetric = after.trackingMethod === 'metric';
    if (byMetric === (after.metric !== undefined)) return undefined;
    const name = sentence(nameOf('successOutcome', after, view));
    const message = byMetric
      ? `${name} is tracked by a metric, so it needs one. Choose a Metric, or track it by hand.`
      : `${name} is tracked by hand, so it has no metric. Empty Metric, or track it by a metric.`;
    return refusal('BR-12', change, message, { field: 'metric' });
  },
});

/** BR-13: an internal play stands by itself. */
const playStandsAlone = rule('BR-13', 'internalPlay', SAVED, {
  fields: ['parent'],
  check: ({ view }, change) =>
    change.after?.parent === undefined
      ? undefined
      : refusal(
          'BR-13',
          change,
          `${sentence(nameOf('internalPlay', change.after, view))} cannot have a parent: an internal play stands by itself. Leave Parent empty, or create an internal play task.`,
          { field: 'parent' },
        ),
});

/** BR-20: a solution is linked to a risk only once. */
const solutionOnce = rule('BR-20', 'riskSolution', SAVED, {
  fields: ['signal', 'solution'],
  check: ({ view }, change) => {
    const { after } = change;
    if (after === undefined) return undefined;
    const same = view.by('riskSolution', 'signal', after.signal).some(({ id, solution }) => id !== after.id && solution === after.solution);
    const ref = same ? parseRef(after.solution) : undefined;
    const solution: AnyRow | undefined = ref && view.get(ref.table, ref.id);
    const signal = view.get('riskSignal', after.signal);
    if (ref === undefined || solution === undefined || signal === undefined) return undefined;
    return refusal(
      'BR-20',
      change,
      `${sentence(nameOf(ref.table, solution, view))} is linked to ${nameOf('riskSignal', signal, view)} already. Choose another solution.`,
      { field: 'solution' },
    );
  },
});

/** REC-34: a rejection gives its reason; the day of a decision is kept. */
const approvalDecided = rule('REC-34', 'approval', SAVED, {
  fields: ['state', 'reason'],
  fill: ({ asOf, puttingBack }, { before, after }) => {
    if (after === undefined || puttingBack) return undefined;
    const decided = after.state === 'approved' || after.state === 'rejected';
    if (!decided) return after.decidedOn === undefined ? undefined : { decidedOn: null };
    return before?.state === after.state && after.decidedOn !== undefined ? undefined : { decidedOn: asOf };
  },
  check: ({ view }, change) =>
    change.after?.state === 'rejected' && change.after.reason === undefined
      ? refusal('REC-34', change, `${sentence(nameOf('approval', change.after, view))} is rejected without a reason. Fill in Reason.`, {
          field: 'reason',
        })
      : undefined,
});

export const planRules: readonly AnyRule[] = [metricNamed, playStandsAlone, solutionOnce, approvalDecided];
