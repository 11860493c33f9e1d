import { factsOf } from '#shared/domain/playbooks/facts.ts';
import { previewMove } from '#shared/domain/playbooks/migration.ts';
import { planOf } from '#shared/domain/playbooks/plan.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { Play } from './play.ts';
import { definitionOf, eventOf, needState, type Look } from './run-state.ts';
import { goOn } from './advance.ts';

function needVersion(id: string, { view }: Look, playbook: string): Row<'playbookVersion'> {
  const version = view.get('playbookVersion', id);
  if (version?.playbook === playbook && version.state === 'published') return version;
  throw new AppError('not-found', 'There is no such published version of this playbook.', { table: 'playbookVersion', recordId: id });
}

/** What would become of a run under another version of its playbook; nothing is changed. */
export function previewMigration(runId: string, versionId: string, look: Look): Output<'playbooks.migration'> {
  const { run, plan } = needState(runId, look);
  const other = planOf(definitionOf(needVersion(versionId, look, run.playbook)));
  const events = look.view.by('playbookEvent', 'run', runId).map(eventOf);
  const { changes, done, lost } = previewMove(
    { plan, facts: factsOf(plan, run, look) },
    { plan: other, facts: factsOf(other, run, look) },
    events,
  );
  return {
    done,
    lost,
    changes: changes.map(({ key, label, before, after }) => ({
      key,
      label,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })),
  };
}

/** Moves a run to another version of its playbook (PLY-10); what was done stays done. */
export function migrate(play: Play, versionId: string): void {
  const { draft, asOf } = play;
  const { run, version } = play.state();
  needVersion(versionId, { view: draft.view, asOf }, run.playbook);
  if (run.state !== 'inProgress')
    throw new AppError('rule', 'This run has ended, so it keeps its version.', { rule: 'PLY-10', table: 'playbookRun', recordId: run.id });
  draft.update('playbookRun', run.id, { version: versionId });
  play.log('migrated', undefined, { reason: `From version ${version.version} to ${play.state().version.version}` });
  goOn(play);
}
