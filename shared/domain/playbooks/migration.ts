import type { PlayEvent } from './events.ts';
import type { PlaybookPlan } from './plan.ts';
import { isSettled, progressOf, type ActivityState, type RunFacts } from './progress.ts';

/** What moving a run to another version does to one activity; absent on a side: that version has none. */
export type Moved = {
  readonly key: string;
  readonly label: string;
  readonly before: ActivityState | undefined;
  readonly after: ActivityState | undefined;
};

/**
 * What would become of a run under another version (PLY-10): activities that come, go, or stand otherwise. What was done keeps its
 * place by the activity's key; of activities that go, only the log tells.
 */
export function previewMove(
  from: { readonly plan: PlaybookPlan; readonly facts: RunFacts },
  to: { readonly plan: PlaybookPlan; readonly facts: RunFacts },
  events: readonly PlayEvent[],
): { readonly changes: readonly Moved[]; readonly done: number; readonly lost: number } {
  const before = progressOf(from.plan, from.facts, events);
  const after = progressOf(to.plan, to.facts, events);
  const gone = before.activities
    .filter(({ activity: { key } }) => !after.byKey.has(key))
    .map(({ activity: { key, label }, state }): Moved => ({ key, label, before: state, after: undefined }));
  const other = after.activities.flatMap(({ activity: { key, label }, state }): Moved[] => {
    const was = before.byKey.get(key)?.state;
    return was === state ? [] : [{ key, label, before: was, after: state }];
  });
  return {
    changes: [...other, ...gone],
    done: after.activities.filter(({ state }) => isSettled(state)).length,
    lost: gone.filter(({ before: state }) => state !== undefined && isSettled(state)).length,
  };
}
