import { inOrder, type Inputs, type PlayEvent } from './events.ts';
import type { PlaybookPlan } from './plan.ts';

/** What the log says of one activity. */
export type Logged = {
  status: 'open' | 'done' | 'skipped';
  /** Someone has looked at it or filled something in. */
  touched: boolean;
  input: Inputs;
  /** Who settled it, when, and why it was skipped. */
  by: string | undefined;
  at: string | undefined;
  reason: string | undefined;
  assignee: string | undefined;
  /** The record that was made for it (`table/id`). */
  record: string | undefined;
};

export type Replay = {
  readonly begunAt: string | undefined;
  readonly activities: ReadonlyMap<string, Logged>;
  /** Events that changed nothing: someone else was quicker, or the version has no such activity. */
  readonly moot: ReadonlySet<string>;
  readonly ordered: readonly PlayEvent[];
};

const settled = (logged: Logged | undefined): boolean => logged !== undefined && logged.status !== 'open';

/** Plays a run's events in their order: a function of the set of events alone, so that every device sees the same (ADR 0015). */
export function replay(plan: PlaybookPlan, events: readonly PlayEvent[]): Replay {
  const activities = new Map<string, Logged>();
  for (const { activity } of plan.activities)
    activities.set(activity.key, {
      status: 'open',
      touched: false,
      input: {},
      by: undefined,
      at: undefined,
      reason: undefined,
      assignee: undefined,
      record: undefined,
    });
  const moot = new Set<string>();
  const ordered = inOrder(events);
  let begunAt: string | undefined;
  for (const event of ordered) {
    if (event.kind === 'begun' || event.kind === 'migrated') {
      begunAt ??= event.at;
      continue;
    }
    const logged = event.activity === undefined ? undefined : activities.get(event.activity);
    if (logged === undefined || !apply(plan, activities, event, logged)) moot.add(event.id);
  }
  return { begunAt: begunAt ?? ordered[0]?.at, activities, moot, ordered };
}

/** Whether the event changed anything. */
function apply(plan: PlaybookPlan, activities: ReadonlyMap<string, Logged>, event: PlayEvent, logged: Logged): boolean {
  const { kind, detail = {} } = event;
  if (kind === 'reassigned') {
    logged.assignee = detail.to;
    return true;
  }
  if (kind === 'prepared') {
    // of two devices that prepared it, the first counts
    if (logged.record !== undefined) return false;
    logged.record = detail.record;
    return true;
  }
  if (kind === 'withdrawn') {
    // should the activity apply again, it begins with a new one
    if (logged.record === undefined || logged.record !== detail.record) return false;
    logged.record = undefined;
    return true;
  }
  if (kind === 'reopened') {
    const isHeld = plan.byKey.get(event.activity ?? '')?.waiting.some((key) => settled(activities.get(key)));
    if (!settled(logged) || isHeld === true) return false;
    logged.status = 'open';
    logged.reason = undefined;
    return true;
  }
  if (settled(logged)) return false;
  logged.touched = true;
  if (detail.input !== undefined) logged.input = { ...logged.input, ...detail.input };
  if (kind === 'completed' || kind === 'skipped') {
    logged.status = kind === 'completed' ? 'done' : 'skipped';
    logged.by = event.by;
    logged.at = event.at;
    logged.reason = detail.reason;
  }
  return true;
}
