import type { PlaybookActivity, PlaybookDefinition } from './definition.ts';

export type PlannedActivity = {
  readonly activity: PlaybookActivity;
  readonly stage: string;
  /** Activities that have to be settled before this one may begin; all stand before it. */
  readonly needs: readonly string[];
  /** Activities that wait for this one, themselves or through others. */
  readonly waiting: readonly string[];
};

/** A definition with its order worked out: who waits for whom, in the order of the activities. */
export type PlaybookPlan = {
  readonly definition: PlaybookDefinition;
  readonly activities: readonly PlannedActivity[];
  readonly byKey: ReadonlyMap<string, PlannedActivity>;
};

const plans = new WeakMap<PlaybookDefinition, PlaybookPlan>();

/**
 * The plan of a definition. Activities that begin together form a group; one that follows needs the group before it. What names
 * an activity that is not there, or not before it, needs nothing of it (`problemsOf` says so before anything is published).
 */
export function planOf(definition: PlaybookDefinition): PlaybookPlan {
  const known = plans.get(definition);
  if (known) return known;
  const plan = makePlan(definition);
  plans.set(definition, plan);
  return plan;
}

function makePlan(definition: PlaybookDefinition): PlaybookPlan {
  const needs = new Map<string, readonly string[]>();
  const order: { readonly activity: PlaybookActivity; readonly stage: string }[] = [];
  let group: string[] = [];
  let groupNeeds: readonly string[] = [];
  for (const stage of definition.stages)
    for (const activity of stage.activities) {
      order.push({ activity, stage: stage.key });
      if (typeof activity.start === 'object') {
        // stands by itself: what follows it waits for it as well as for the group around it
        needs.set(
          activity.key,
          activity.start.after.filter((key) => needs.has(key)),
        );
        group.push(activity.key);
        continue;
      }
      if (activity.start === 'afterPrevious' || group.length === 0) {
        if (group.length > 0) groupNeeds = group;
        group = [];
      }
      needs.set(activity.key, groupNeeds);
      group.push(activity.key);
    }
  // backwards, so that what waits for the next ones is known already
  const waiting = new Map<string, Set<string>>();
  for (const { activity } of order.toReversed())
    for (const needed of needs.get(activity.key) ?? []) {
      const set = waiting.get(needed) ?? new Set();
      set.add(activity.key);
      for (const further of waiting.get(activity.key) ?? []) set.add(further);
      waiting.set(needed, set);
    }
  const activities = order.map(({ activity, stage }): PlannedActivity => ({
    activity,
    stage,
    needs: needs.get(activity.key) ?? [],
    waiting: [...(waiting.get(activity.key) ?? [])],
  }));
  return { definition, activities, byKey: new Map(activities.map((one) => [one.activity.key, one])) };
}
