import { AppError } from '#shared/errors/app-error.ts';
import { compileCondition } from '#shared/domain/condition/compile-condition.ts';
import { isPlayed } from '#shared/domain/playbooks/task-links.ts';
import { hasEnded } from '#shared/domain/rules/life-cycle.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { refTo } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import { goOn } from './advance.ts';
import { openPlay, type PlayWorld } from './play.ts';

/** The version that a new run is of: the newest published one. */
export function currentVersion(view: ReadView, playbook: string): Row<'playbookVersion'> | undefined {
  const versions = view.by('playbookVersion', 'playbook', playbook).filter(({ state }) => state === 'published');
  return versions.toSorted((a, b) => b.version - a.version)[0];
}

/** Published playbooks that fit a record, in their order. */
export function fitting(
  table: TableName,
  row: AnyRow,
  { view, asOf, more }: Pick<PlayWorld, 'asOf' | 'more'> & { readonly view: ReadView },
): readonly Row<'playbook'>[] {
  if (!isPlayed(table)) return [];
  return view
    .by('playbook', 'forTable', table)
    .filter(({ id, state, fits }) => {
      if (state !== 'published' || currentVersion(view, id) === undefined) return false;
      return fits === undefined || compileCondition(fits, table, more)(row, view, asOf);
    })
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1));
}

/** Starts a playbook on a record (PLY-01). What is known of the first choice already is not asked again. Answers the run's ID. */
export function startRun(world: PlayWorld, playbookId: string, table: TableName, id: string): string {
  const { draft } = world;
  const { view } = draft;
  const playbook = view.get('playbook', playbookId);
  const row: AnyRow | undefined = view.get(table, id);
  if (playbook === undefined)
    throw new AppError('not-found', 'This playbook does not exist any more.', { table: 'playbook', recordId: playbookId });
  if (row === undefined)
    throw new AppError('not-found', `This ${tableOf(table).label.toLowerCase()} does not exist any more.`, { table, recordId: id });
  const version = playbook.state === 'published' ? currentVersion(view, playbookId) : undefined;
  const refused = (why: string, wayOut: string) =>
    new AppError('rule', `“${playbook.name}” cannot be started: ${why} ${wayOut}`, { rule: 'PLY-01', table, recordId: id, wayOut });
  if (version === undefined) throw refused('it is not published.', 'Publish it first.');
  const { lifecycle, label } = tableOf(table);
  if (lifecycle !== undefined && hasEnded(lifecycle, row)) throw refused(`the ${label.toLowerCase()} has ended.`, 'Reopen that first.');
  const about = refTo(table, id);
  if (view.by('playbookRun', 'about', about).some((run) => run.playbook === playbookId && run.state === 'inProgress'))
    throw refused('it is under way on this record.', 'Go on with that.');
  const runId = draft.create('playbookRun', { playbook: playbookId, version: version.id, about });
  const play = openPlay(world, runId);
  play.log('begun');
  const [first] = play.state().plan.activities;
  if (first?.activity.kind === 'choose' && row[first.activity.field] !== undefined)
    play.log('completed', first.activity.key, { done: 'It was known already' });
  goOn(play);
  return runId;
}

/** Starts the playbook that a new record begins with by itself, where there is one. Answers the run's ID. */
export function startWithNew(world: PlayWorld, table: TableName, id: string): string | undefined {
  const { view } = world.draft;
  const row: AnyRow | undefined = isPlayed(table) ? view.get(table, id) : undefined;
  const playbook = row && fitting(table, row, { ...world, view }).find(({ automatic }) => automatic === true);
  return playbook && startRun(world, playbook.id, table, id);
}
