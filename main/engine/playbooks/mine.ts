import { BULK_KINDS } from '#shared/domain/playbooks/inputs.ts';
import { isOpen } from '#shared/domain/playbooks/progress.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { EngineContext } from '../context.ts';
import { refOf } from '../records/refs.ts';
import { stateOf } from './run-state.ts';

type Mine = Output<'playbooks.mine'>;
type Line = Mine['activities'][number];

const DEFAULT_LIMIT = 500;
/** After every date: what is not due comes last. */
const NEVER = '9999-99-99';

/** Open activities that are a person's, over all playbooks, what is due first first. */
export function myActivities(context: EngineContext, user: string, limit = DEFAULT_LIMIT): Mine {
  const { view, settings, derivedFields } = context;
  const look = { view, asOf: settings().asOf, more: derivedFields.all() };
  const lines: Line[] = [];
  for (const run of view.by('playbookRun', 'state', 'inProgress')) {
    const state = stateOf(run, look);
    if (state === undefined) continue;
    const { progress, table, record, playbook } = state;
    const labels = new Map(progress.stages.map(({ key, label }) => [key, label]));
    let shown: Line['record'] | undefined;
    for (const { activity, stage, state: now, assignee, dueOn } of progress.activities) {
      if (assignee !== user || !isOpen(now)) continue;
      shown ??= refOf(table, record, view);
      lines.push({
        run: run.id,
        playbook: playbook?.name ?? 'Playbook',
        record: shown,
        activity: activity.key,
        label: activity.label,
        kind: activity.kind,
        stage: labels.get(stage) ?? stage,
        state: now,
        ...(dueOn === undefined ? {} : { dueOn }),
        bulk: BULK_KINDS.has(activity.kind) && now !== 'blocked',
      });
    }
  }
  const sorted = lines.toSorted((a, b) => ((a.dueOn ?? NEVER) < (b.dueOn ?? NEVER) ? -1 : (a.dueOn ?? NEVER) > (b.dueOn ?? NEVER) ? 1 : 0));
  return {
    total: lines.length,
    overdue: lines.filter(({ dueOn }) => (dueOn ?? NEVER) < look.asOf).length,
    activities: sorted.slice(0, limit),
  };
}
