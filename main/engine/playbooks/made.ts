// What a run has made for its activities, and how it ends with them.
import { hasEnded } from '#shared/domain/rules/life-cycle.ts';
import { isSettled } from '#shared/domain/playbooks/progress.ts';
import { parseRef } from '#shared/model/any-reference.ts';
import { tableOf, type AnyRow } from '#shared/model/dictionary.ts';
import type { Play } from './play.ts';

/** Ends a task that was made for an activity: closes it with a code, cancels it without. Answers whether it was open. */
function endTask({ draft }: Play, ref: string | undefined, code: string | undefined, notes: string): boolean {
  const made = parseRef(ref);
  const row: AnyRow | undefined = made && draft.view.get(made.table, made.id);
  if (made === undefined || row === undefined) return false;
  const { lifecycle } = tableOf(made.table);
  if (lifecycle === undefined || hasEnded(lifecycle, row)) return false;
  if (code === undefined) draft.cancel(made.table, made.id, notes);
  else draft.close(made.table, made.id, code, notes);
  return true;
}

/** Ends the task of an activity (see above); leaves alone what has ended already. */
export function endMade(play: Play, key: string, code: string | undefined, notes: string): void {
  endTask(play, play.state().progress.byKey.get(key)?.record, code, notes);
}

/** Skipping what a task was made for cancels the task. */
export function cancelMade(play: Play, key: string, reason: string): void {
  endMade(play, key, undefined, reason === '' ? 'The activity was skipped.' : `The activity was skipped: ${reason}`);
}

/**
 * Cancels open tasks that no activity goes on with: those of activities that are left out now, of activities that the run's version
 * does not have, and those that a second device made for the same activity. They would keep the record open (BR-14).
 */
export function takeBackMade(play: Play): void {
  const { progress, plan } = play.state();
  const { log } = progress;
  for (const { activity, state, record } of progress.activities) {
    if (state !== 'leftOut' || record === undefined) continue;
    const reason = `“${activity.label}” does not apply any more.`;
    if (endTask(play, record, undefined, reason)) play.log('withdrawn', activity.key, { record, reason });
  }
  for (const { id, kind, activity = '', detail } of log.ordered)
    if (kind === 'prepared' && log.moot.has(id))
      endTask(
        play,
        detail?.record,
        undefined,
        plan.byKey.has(activity) ? 'Another device had made it already.' : 'The playbook does not have this activity any more.',
      );
}

/** Cancels a run with everything that is pending in it (PLY-09): its open activities, and the tasks that were made for them. */
export function cancelRun(play: Play, notes: string): void {
  const { progress } = play.state();
  for (const { record, state } of progress.activities)
    if (!isSettled(state))
      endTask(play, record, undefined, notes === '' ? 'Its playbook was cancelled.' : `Its playbook was cancelled: ${notes}`);
  takeBackMade(play);
  play.draft.cancel('playbookRun', play.runId, notes);
}
