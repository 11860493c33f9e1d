import { tableNames, tableOf, type AnyRow, type Row, type TableName } from '#shared/model/dictionary.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { Due } from '#shared/domain/cadence/cadence.ts';
import { meetingDay } from '#shared/domain/cadence/contacts.ts';
import { dueFieldOf } from '#shared/domain/derived/due-fields.ts';
import { riskOpen } from '#shared/domain/derived/engagement-facts.ts';
import type { TodayKind } from '#shared/domain/today/formula.ts';
import type { Candidate } from '#shared/domain/today/rank.ts';
import { addDays, daysBetween } from '#shared/util/calendar-days.ts';
import type { EngineContext } from '../context.ts';
import type { Standings } from './stakes.ts';

export type Reason = Output<'today.list'>['lines'][number]['reasons'][number];
/** A candidate with the row it is about and the reasons that are its own, put together for those lines alone that are shown. */
export type Found = Candidate & { readonly row: AnyRow; readonly own: () => readonly Reason[] };

/** What is due within so many days stands on Today already. */
const LOOK_AHEAD = 2;
/** Meetings that were held within so many days and not written up are named. */
const LOOK_BACK = 14;
/** Minutes of work that a line stands for. */
const MINUTES: Readonly<Record<Exclude<TodayKind, 'meeting'>, number>> = { touchpoint: 30, task: 30, risk: 15, renewal: 45, cadence: 30 };
const ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);
const NOTHING = { money: 0, danger: 0, nearness: 0, debt: 0 };

type Task = { readonly table: TableName; readonly due: string; readonly state: string; readonly ended: ReadonlySet<unknown> };

/** Record types of work that someone does by a day: everything with an assignee, an end and a due date, but what has lines of its own. */
const TASKS: readonly Task[] = tableNames.flatMap((table) => {
  const { lifecycle, fields } = tableOf(table);
  const due = dueFieldOf(table);
  if (table === 'touchpoint' || table === 'riskSignal' || lifecycle === undefined || due === undefined || !fields['assignedTo']) return [];
  return [{ table, due, state: lifecycle.field, ended: new Set<unknown>([lifecycle.closed, lifecycle.cancelled]) }];
});

export type Whose = {
  /** Undefined: everyone's. */
  readonly user: string | undefined;
  /** Engagements of the person; undefined: all. */
  readonly engagements: ReadonlySet<string> | undefined;
};

/** The engagements that a person looks after: as manager of success or account, or in the squad. */
export function engagementsOf({ view }: EngineContext, user: string): ReadonlySet<string> {
  const mine = new Set<string>();
  for (const field of ['csm', 'accountManager'] as const) for (const { id } of view.by('engagement', field, user)) mine.add(id);
  for (const { about } of view.by('squadMember', 'user', user))
    if (about.startsWith('engagement/')) mine.add(about.slice('engagement/'.length));
  return mine;
}

/** Everything that could be done today by someone (DSH-13), in no order. */
export function findToday(context: EngineContext, standing: Standings, whose: Whose): readonly Found[] {
  const settings = context.settings();
  const { view } = context;
  const { asOf, timeZone } = settings;
  const soon = addDays(asOf, LOOK_AHEAD);
  const found: Found[] = [];
  const isMine = (engagement: unknown): boolean =>
    typeof engagement === 'string' && (whose.engagements === undefined || whose.engagements.has(engagement));
  /** Assigned work is its assignee's; what nobody was given is everyone's who looks after the engagement. */
  const isForMe = (row: AnyRow): boolean => {
    if (whose.user === undefined) return true;
    const { assignedTo, squad } = row;
    if (assignedTo === whose.user || (Array.isArray(squad) && squad.includes(whose.user))) return true;
    return assignedTo === undefined && isMine(row['engagement']);
  };
  const add = (
    kind: Exclude<TodayKind, 'meeting'>,
    table: TableName,
    row: AnyRow,
    due: string | undefined,
    own: () => readonly Reason[] = () => when(due, asOf),
  ): void => {
    const engagement = table === 'engagement' ? row.id : row['engagement'];
    found.push({
      kind,
      table,
      id: row.id,
      engagement: typeof engagement === 'string' ? engagement : undefined,
      due,
      minutes: MINUTES[kind],
      fixed: false,
      stakes: (typeof engagement === 'string' ? standing(engagement)?.stakes : undefined) ?? NOTHING,
      row,
      own,
    });
  };

  const oldest = addDays(asOf, -LOOK_BACK - 1);
  for (const meeting of view.all('meeting')) {
    // the day in UTC is at most one off
    if (meeting.state !== 'scheduled' || meeting.startsAt < oldest) continue;
    const day = meetingDay(meeting, timeZone);
    if (day > asOf || daysBetween(day, asOf) > LOOK_BACK) continue;
    const mine = whose.user === undefined || meeting.organiser === whose.user || meeting.users?.includes(whose.user) === true;
    if (mine || isMine(meeting.engagement)) found.push(meetingLine(meeting, day, asOf, standing));
  }
  for (const touchpoint of view.all('touchpoint')) {
    if (ENDED.has(touchpoint.state)) continue;
    const due = touchpointDue(touchpoint, asOf);
    if (due !== undefined && due <= soon && isForMe(touchpoint)) add('touchpoint', 'touchpoint', touchpoint, due);
  }
  for (const { table, due: field, state, ended } of TASKS) {
    const rows: Iterable<AnyRow> = view.range?.(table, field, undefined, soon) ?? view.all(table);
    for (const row of rows) {
      const due = row[field];
      if (typeof due !== 'string' || due > soon || ended.has(row[state]) || !isForMe(row)) continue;
      add('task', table, row, due);
    }
  }
  for (const signal of view.all('riskSignal')) {
    if (!riskOpen(signal)) continue;
    const isNew = signal.state === 'new';
    const { dueDate } = signal;
    if ((isNew || (dueDate !== undefined && dueDate <= soon)) && isForMe(signal))
      add('risk', 'riskSignal', signal, dueDate, () => [...(isNew ? [{ why: 'new' } as const] : []), ...when(dueDate, asOf)]);
  }
  const ids = whose.engagements ?? Array.from(view.all('engagement'), ({ id }) => id);
  for (const id of ids) {
    const known = standing(id);
    if (!known?.facts.active) continue;
    const { talk, urgent, engagement } = known;
    if (talk) add('renewal', 'engagement', engagement, talk.due, () => cadenceReasons(talk));
    if (urgent) add('cadence', 'engagement', engagement, urgent.due, () => cadenceReasons(urgent));
  }
  return found;
}

/** The day for which an open touchpoint is planned or wanted; undefined where it was only logged. */
function touchpointDue({ heldOn, dueDate, createdAt }: Row<'touchpoint'>, asOf: string): string | undefined {
  if (heldOn !== undefined && heldOn > asOf) return heldOn;
  // what was written down on its own day or later has been held; what was planned for today is to be done
  if (heldOn !== undefined && heldOn === asOf && createdAt.slice(0, 10) < heldOn) return heldOn;
  return dueDate;
}

function meetingLine(meeting: Row<'meeting'>, day: string, asOf: string, standing: Standings): Found {
  const { startsAt, endsAt, engagement } = meeting;
  const isToday = day === asOf;
  return {
    kind: 'meeting',
    table: 'meeting',
    id: meeting.id,
    engagement,
    due: day,
    minutes: isToday ? Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000) : 10,
    fixed: isToday,
    stakes: (engagement === undefined ? undefined : standing(engagement)?.stakes) ?? NOTHING,
    row: meeting,
    own: () => [isToday ? { why: 'at', startsAt, endsAt } : { why: 'unwritten', on: day }],
  };
}

function when(due: string | undefined, asOf: string): readonly Reason[] {
  if (due === undefined) return [];
  const late = daysBetween(due, asOf);
  return [late > 0 ? { why: 'late', days: late } : { why: 'due', on: due }];
}

function cadenceReasons(due: Due): readonly Reason[] {
  const { kind, interval, last, overdueDays } = due;
  const own: Reason = { why: 'cadence', contact: kind, every: interval, ...(last === undefined ? {} : { last }) };
  return overdueDays > 0 ? [{ why: 'late', days: overdueDays }, own] : [{ why: 'due', on: due.due }, own];
}
