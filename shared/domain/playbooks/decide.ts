import { AppError } from '../../errors/app-error.ts';
import { isSettled, type ActivityProgress, type RunProgress } from './progress.ts';

/** What a person does to an activity. */
export type PlayAction = 'complete' | 'skip' | 'reopen' | 'reassign' | 'keep';

const VERBS = {
  complete: 'completed',
  skip: 'skipped',
  reopen: 'reopened',
  reassign: 'reassigned',
  keep: 'filled in',
} as const satisfies Readonly<Record<PlayAction, string>>;

/** Why an activity cannot be acted on now, with the way out; undefined: it can. Pure, so that it is the same on every path. */
export function refusalOf(progress: RunProgress, key: string, action: PlayAction, reason = ''): AppError | undefined {
  const found = progress.byKey.get(key);
  if (found === undefined) return new AppError('not-found', 'This playbook has no such activity any more.', { field: key });
  const name = `“${found.activity.label}”`;
  const refused = (why: string, wayOut: string): AppError =>
    new AppError('rule', `${name} cannot be ${VERBS[action]}: ${why} ${wayOut}`, { rule: 'PLY-01', field: key, wayOut });
  if (found.state === 'cancelled') return refused('its record or its run has ended.', 'Reopen that first.');
  if (action === 'reopen') {
    if (found.state !== 'done' && found.state !== 'skipped') return refused('it is not done.', 'There is nothing to reopen.');
    return found.mayReopen ? undefined : refused('what comes after it is done already.', 'Reopen that first, from the end.');
  }
  // a gate that was passed and is held again is passed again
  if (isSettled(found.state)) return refused('it is over with.', 'Reopen it first.');
  if (action === 'reassign' || action === 'keep') return undefined;
  const { waitsFor } = found;
  if (waitsFor.length > 0 || found.state === 'pending')
    return refused(`it waits for ${labelsOf(progress, waitsFor)}.`, 'Finish that first.');
  return action === 'skip' ? refusedSkip(found, reason, refused) : refusedComplete(found, refused);
}

function labelsOf({ byKey }: RunProgress, keys: readonly string[]): string {
  const labels = keys.map((key) => `“${byKey.get(key)?.activity.label ?? key}”`);
  return labels.length === 0 ? 'a decision' : labels.join(' and ');
}

type Refuse = (why: string, wayOut: string) => AppError;

function refusedSkip({ activity }: ActivityProgress, reason: string, refused: Refuse): AppError | undefined {
  if (activity.optional) return undefined;
  if (!activity.skippable) return refused('it is needed.', 'Complete it.');
  return reason.trim() === '' ? refused('there is no reason.', 'Say in a few words why it is skipped.') : undefined;
}

function refusedComplete({ activity, open, holding }: ActivityProgress, refused: Refuse): AppError | undefined {
  if (holding) return refused('what it waits for is not so yet.', 'It opens by itself.');
  if (open.length === 0) return undefined;
  const what = activity.kind === 'meetingGate' ? 'meeting' : 'task';
  const many = open.length === 1 ? `1 ${what} is` : `${open.length} ${what}s are`;
  return refused(`${many} open.`, activity.kind === 'meetingGate' ? 'Complete or cancel them.' : 'Close or cancel them.');
}
