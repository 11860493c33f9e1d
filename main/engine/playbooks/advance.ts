import { AppError } from '#shared/errors/app-error.ts';
import { refusalOf } from '#shared/domain/playbooks/decide.ts';
import type { PlaybookActivity } from '#shared/domain/playbooks/definition.ts';
import type { Inputs } from '#shared/domain/playbooks/events.ts';
import { isOpen } from '#shared/domain/playbooks/progress.ts';
import { isPlayed } from '#shared/domain/playbooks/task-links.ts';
import { parseRef, refTo } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { labelOf } from '#shared/domain/labels/record-label.ts';
import { takeEffect } from './effects.ts';
import { cancelMade, takeBackMade } from './made.ts';
import { openPlay, type Play, type PlayWorld } from './play.ts';
import { stateOf } from './run-state.ts';
import { addTemplateTask } from './tasks.ts';

function need(play: Play, key: string, action: Parameters<typeof refusalOf>[2], reason = ''): PlaybookActivity {
  const { progress } = play.state();
  const refused = refusalOf(progress, key, action, reason);
  if (refused) throw refused;
  const found = progress.byKey.get(key);
  if (found) return found.activity;
  throw new AppError('not-found', 'This playbook has no such activity any more.', { field: key });
}

/** Completes an activity: what it does to records, its entry in the log, and what begins with it. */
export function complete(play: Play, key: string, input: Inputs): void {
  const activity = need(play, key, 'complete');
  const kept = play.state().progress.byKey.get(key)?.input ?? {};
  const whole = { ...kept, ...input };
  prepareOne(play, key);
  // what is open for nothing must not keep the record from its close
  takeBackMade(play);
  const done = takeEffect(play, activity, whole);
  play.log('completed', key, { input: whole, ...(done === undefined ? {} : { done }) });
  goOn(play);
}

/** Skips an activity; a task that was made for it is cancelled. */
export function skip(play: Play, key: string, reason: string): void {
  need(play, key, 'skip', reason);
  cancelMade(play, key, reason.trim());
  play.log('skipped', key, reason.trim() === '' ? {} : { reason: reason.trim() });
  goOn(play);
}

/** Takes an activity up again that nothing depends on yet. */
export function reopen(play: Play, key: string, reason: string): void {
  need(play, key, 'reopen');
  const made = parseRef(play.state().progress.byKey.get(key)?.record);
  const row: AnyRow | undefined = made && play.draft.view.get(made.table, made.id);
  // its task goes on with it
  if (made !== undefined && row?.['active'] === false) play.draft.reopen(made.table, made.id);
  play.log('reopened', key, reason.trim() === '' ? {} : { reason: reason.trim() });
}

/** Gives an activity to someone, with the task that was made for it; they see the run from then on. */
export function reassign(play: Play, key: string, to: string): void {
  need(play, key, 'reassign');
  const { run, progress } = play.state();
  const { squad = [] } = run;
  if (!squad.includes(to)) play.draft.update('playbookRun', run.id, { squad: [...squad, to] });
  const made = parseRef(progress.byKey.get(key)?.record);
  if (made !== undefined && tableOf(made.table).fields['assignedTo'] !== undefined)
    play.draft.update(made.table, made.id, { assignedTo: to });
  play.log('reassigned', key, { to });
}

/** Keeps what was filled in so far. */
export function keep(play: Play, key: string, input: Inputs): void {
  need(play, key, 'keep');
  play.log('kept', key, { input });
}

/** Says that someone has begun with an activity, and makes what it begins with. */
export function open(play: Play, key: string): void {
  const found = play.state().progress.byKey.get(key);
  if (found === undefined || !isOpen(found.state) || found.state === 'blocked') return;
  if (!prepareOne(play, key) && found.state === 'ready') play.log('opened', key);
}

/** Makes the task that an activity begins with, once. Answers whether there was anything to make. */
function prepareOne(play: Play, key: string): boolean {
  const { progress, table } = play.state();
  const found = progress.byKey.get(key);
  if (found === undefined || found.record !== undefined) return false;
  const { activity } = found;
  if (activity.kind !== 'task' && activity.kind !== 'dataImport' && activity.kind !== 'mail') return false;
  if (activity.task === undefined) return false;
  const { responsibility } = activity;
  const record =
    activity.kind === 'dataImport'
      ? addTemplateTask(play, activity.task, { responsibility, of: 'dataImportTask', more: { intoTable: activity.intoTable } })
      : addTemplateTask(play, activity.task, { responsibility });
  play.log('prepared', key, { record });
  note(play, record, tableOf(table).fields['workNotes'] !== undefined);
  return true;
}

/** The stream of the record names the task that was made. */
function note(play: Play, record: string, hasNotes: boolean): void {
  const made = parseRef(record);
  const row: AnyRow | undefined = made && play.draft.view.get(made.table, made.id);
  if (made === undefined || row === undefined || !hasNotes) return;
  const { table, record: work } = play.state();
  const { label } = tableOf(made.table);
  play.draft.update(table, work.id, {
    workNotes: `${label} ${row.number ?? ''} “${labelOf(made.table, row, play.draft.view)}” was created.`,
  });
}

/** What follows from a step: tasks of activities that begin now or apply no more, and the end of a run in which everything is done. */
export function goOn(play: Play): void {
  if (play.state().run.state === 'inProgress') takeBackMade(play);
  for (const { activity, state } of play.state().progress.activities)
    // what a condition holds begins once that is fulfilled
    if (isOpen(state) && state !== 'blocked') prepareOne(play, activity.key);
  const { run, progress } = play.state();
  if (progress.complete && run.state === 'inProgress') play.draft.close('playbookRun', run.id, 'completed', 'Everything is done.');
}

/** A record was changed: its open runs go on from what it says now, where a condition looks at it (PLY-01). */
export function followRecord(world: PlayWorld, table: TableName, id: string): void {
  if (!isPlayed(table)) return;
  const { view } = world.draft;
  for (const run of view.by('playbookRun', 'about', refTo(table, id))) {
    if (run.state !== 'inProgress') continue;
    const state = stateOf(run, { view, asOf: world.asOf, more: world.more });
    if (state?.plan.activities.some(({ activity }) => activity.when !== undefined || activity.leaveOutWhen !== undefined) === true)
      goOn(openPlay(world, run.id));
  }
}
