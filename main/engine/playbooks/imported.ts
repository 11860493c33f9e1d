import { refusalOf } from '#shared/domain/playbooks/decide.ts';
import { isOpen } from '#shared/domain/playbooks/progress.ts';
import { parseRef } from '#shared/model/any-reference.ts';
import { complete, open } from './advance.ts';
import { openPlay, type PlayWorld } from './play.ts';
import { stateOf } from './run-state.ts';

/** An import that was made for an activity: which files came in, and what became of their rows. */
export type ImportedFor = {
  readonly run: string;
  readonly activity: string;
  readonly files: readonly string[];
  readonly created: number;
  readonly updated: number;
  readonly held: number;
};

function inWords({ files, created, updated, held }: ImportedFor): string {
  const [first = 'Files', ...more] = files;
  const name = more.length === 0 ? first : `${first} and ${more.length} more`;
  return `${name}: ${created} new, ${updated} changed${held === 0 ? '' : `, ${held} held back to be repaired`}.`;
}

/**
 * Ties an import to the activity that it was made for (PLY-07, ONB-07): the log and the import task say what came in, and the activity is
 * done unless rows were held back. Data is never kept out for the playbook's sake: where the activity cannot take it, nothing is noted.
 */
export function noteImport(world: PlayWorld, imported: ImportedFor): void {
  const { activity: key, files, held } = imported;
  const { view } = world.draft;
  const run = view.get('playbookRun', imported.run);
  const state = run && stateOf(run, { view, asOf: world.asOf, more: world.more });
  const found = state?.progress.byKey.get(key);
  if (found?.activity.kind !== 'dataImport' || !isOpen(found.state)) return;
  const play = openPlay(world, imported.run);
  open(play, key);
  const task = parseRef(play.state().progress.byKey.get(key)?.record);
  if (task?.table === 'dataImportTask' && view.get('dataImportTask', task.id)?.active !== false)
    world.draft.update('dataImportTask', task.id, {
      importState: held === 0 ? 'published' : 'needsAttention',
      source: files.join(', ').slice(0, 300),
    });
  const done = inWords(imported);
  play.log('imported', key, { done, input: { closeNotes: done } });
  if (held === 0 && refusalOf(play.state().progress, key, 'complete') === undefined) complete(play, key, {});
}
