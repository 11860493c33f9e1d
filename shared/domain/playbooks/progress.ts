import { addDays } from '../../util/calendar-days.ts';
import type { PlaybookActivity } from './definition.ts';
import type { Inputs, PlayEvent } from './events.ts';
import type { PlannedActivity, PlaybookPlan } from './plan.ts';
import { replay, type Logged, type Replay } from './replay.ts';

/**
 * pending: waits for others · ready · inProgress · blocked: could begin, but a gate or a condition holds it · done · skipped ·
 * leftOut: a rule leaves it out · cancelled: the run or its record has ended before it was settled (PLY-09).
 */
export type ActivityState = 'pending' | 'ready' | 'inProgress' | 'blocked' | 'done' | 'skipped' | 'leftOut' | 'cancelled';

/** What the records say that a run depends on, as plain data: the same facts and events give the same progress. */
export type RunFacts = {
  /** The run or the record that it runs on has ended. */
  readonly ended: boolean;
  /** Activities whose start condition the record does not fulfil. */
  readonly holding: ReadonlySet<string>;
  /** Activities that their rule leaves out. */
  readonly leftOut: ReadonlySet<string>;
  /** Gates: the records that are open (`table/id`). */
  readonly open: ReadonlyMap<string, readonly string[]>;
  /** Whom an activity falls to by responsibility, or because the record is theirs. */
  readonly people: ReadonlyMap<string, string>;
};
export const NO_FACTS: RunFacts = { ended: false, holding: new Set(), leftOut: new Set(), open: new Map(), people: new Map() };

export type ActivityProgress = {
  readonly activity: PlaybookActivity;
  readonly stage: string;
  readonly state: ActivityState;
  /** Activities that hold it up, themselves or through others. */
  readonly waitsFor: readonly string[];
  /** Open records that a gate waits for (`table/id`). */
  readonly open: readonly string[];
  /** Its start condition is not fulfilled. */
  readonly holding: boolean;
  readonly input: Inputs;
  readonly by: string | undefined;
  readonly at: string | undefined;
  readonly reason: string | undefined;
  readonly assignee: string | undefined;
  readonly record: string | undefined;
  /** `YYYY-MM-DD`; only once it may begin. */
  readonly dueOn: string | undefined;
  /** Nothing that waits for it is settled, so that it may be taken up again. */
  readonly mayReopen: boolean;
};

export type StageState = 'pending' | 'current' | 'done' | 'cancelled';
export type StageProgress = {
  readonly key: string;
  readonly label: string;
  readonly state: StageState;
  readonly settled: number;
  readonly of: number;
};

export type RunProgress = {
  readonly stages: readonly StageProgress[];
  readonly activities: readonly ActivityProgress[];
  readonly byKey: ReadonlyMap<string, ActivityProgress>;
  /** Everything that has to be done is done or skipped. */
  readonly complete: boolean;
  readonly log: Replay;
};

const isGate = ({ kind }: PlaybookActivity): boolean => kind === 'taskGate' || kind === 'meetingGate';
const NONE: readonly string[] = [];

/** Whether an activity in this state is over with: nobody waits for it. */
export function isSettled(state: ActivityState): boolean {
  return state === 'done' || state === 'skipped' || state === 'leftOut';
}
/** Whether someone can work on an activity in this state. */
export function isOpen(state: ActivityState): boolean {
  return state === 'ready' || state === 'inProgress' || state === 'blocked';
}

/** Where every activity of a run stands (PLY-01): a pure function of the version's plan, the records' facts and the run's events. */
export function progressOf(plan: PlaybookPlan, facts: RunFacts, events: readonly PlayEvent[]): RunProgress {
  const log = replay(plan, events);
  const byKey = new Map<string, ActivityProgress>();
  const unmet = new Map<string, readonly string[]>();
  /** When an activity could begin, by itself and by what it needs. */
  const since = new Map<string, string>();
  const begun = log.begunAt ?? '';
  // what was made for an activity is waited for by that activity, not by a gate as well
  const made = new Set([...log.activities.values()].flatMap(({ record }) => record ?? []));
  const activities = plan.activities.map((planned): ActivityProgress => {
    const { activity, needs } = planned;
    const logged = log.activities.get(activity.key) ?? NOTHING;
    const waitsFor = needs.length === 0 ? NONE : unmetOf(needs, byKey, unmet);
    unmet.set(activity.key, waitsFor);
    const could = needs.reduce((latest, key) => later(latest, byKey.get(key)?.at ?? since.get(key)), begun);
    since.set(activity.key, could);
    const open = facts.open.get(activity.key)?.filter((ref) => !made.has(ref)) ?? NONE;
    const holding = facts.holding.has(activity.key);
    const state = stateOf(planned, { logged, waitsFor, open, holding, facts, log });
    const progress: ActivityProgress = {
      activity,
      stage: planned.stage,
      state,
      waitsFor,
      open,
      holding,
      input: logged.input,
      by: logged.by,
      at: logged.status === 'open' ? undefined : logged.at,
      reason: logged.reason,
      assignee: logged.assignee ?? facts.people.get(activity.key),
      record: logged.record,
      dueOn:
        activity.dueDays === undefined || could === '' || waitsFor.length > 0 ? undefined : addDays(could.slice(0, 10), activity.dueDays),
      mayReopen:
        !facts.ended && logged.status !== 'open' && planned.waiting.every((key) => (log.activities.get(key)?.status ?? 'open') === 'open'),
    };
    byKey.set(activity.key, progress);
    return progress;
  });
  return { activities, byKey, stages: stagesOf(plan, activities), complete: activities.every(holdsNobody), log };
}

const NOTHING: Logged = {
  status: 'open',
  touched: false,
  input: {},
  by: undefined,
  at: undefined,
  reason: undefined,
  assignee: undefined,
  record: undefined,
};
const later = (one: string, other: string | undefined): string => (other !== undefined && other > one ? other : one);
const holdsNobody = ({ state, activity }: ActivityProgress): boolean => isSettled(state) || (activity.optional && state !== 'cancelled');

/** What holds up an activity that needs these: one that is left out, or that nobody waits for, hands on what it needs itself. */
function unmetOf(
  needs: readonly string[],
  byKey: ReadonlyMap<string, ActivityProgress>,
  unmet: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const found = new Set<string>();
  for (const key of needs) {
    const needed = byKey.get(key);
    if (needed === undefined || needed.state === 'done' || needed.state === 'skipped') continue;
    if (needed.state === 'leftOut' || needed.activity.optional) for (const one of unmet.get(key) ?? NONE) found.add(one);
    else found.add(key);
  }
  return found.size === 0 ? NONE : [...found];
}

type Seen = {
  readonly logged: Logged;
  readonly waitsFor: readonly string[];
  readonly open: readonly string[];
  readonly holding: boolean;
  readonly facts: RunFacts;
  readonly log: Replay;
};

function stateOf({ activity }: PlannedActivity, { logged, waitsFor, open, holding, facts, log }: Seen): ActivityState {
  if (logged.status === 'skipped') return 'skipped';
  const isHeld = isGate(activity) && open.length > 0;
  if (logged.status === 'done' && !isHeld) return 'done';
  const decided = decisionOf(activity, log);
  if (logged.status === 'open' && (decided === 'otherwise' || facts.leftOut.has(activity.key))) return 'leftOut';
  if (facts.ended) return 'cancelled';
  // a gate says what is so now: something that was opened behind it closes it again
  if (logged.status === 'done') return 'blocked';
  if (decided === 'open') return 'pending';
  if (waitsFor.length > 0) return 'pending';
  if (holding || isHeld) return 'blocked';
  return logged.touched ? 'inProgress' : 'ready';
}

/** What an activity's decision says of it: it is open yet, it was taken for it, or otherwise. */
function decisionOf({ onlyIf }: PlaybookActivity, log: Replay): 'open' | 'so' | 'otherwise' {
  if (onlyIf === undefined) return 'so';
  const { status, input } = log.activities.get(onlyIf.decision) ?? NOTHING;
  if (status === 'open') return 'open';
  const { option } = input;
  return status === 'done' && typeof option === 'string' && onlyIf.is.includes(option) ? 'so' : 'otherwise';
}

function stagesOf({ definition }: PlaybookPlan, activities: readonly ActivityProgress[]): readonly StageProgress[] {
  const byStage = Map.groupBy(activities, ({ stage }) => stage);
  return definition.stages.map(({ key, label }): StageProgress => {
    const inside = byStage.get(key) ?? [];
    const counted = inside.filter(({ state }) => state !== 'leftOut');
    const settled = counted.filter(({ state }) => isSettled(state)).length;
    return { key, label, state: stageState(inside), settled, of: counted.length };
  });
}

function stageState(inside: readonly ActivityProgress[]): StageState {
  if (inside.every(holdsNobody)) return 'done';
  if (inside.some(({ state }) => state === 'cancelled')) return 'cancelled';
  return inside.some(({ state }) => isOpen(state) || state === 'done' || state === 'skipped') ? 'current' : 'pending';
}
