import { parseRef, refTo } from '../../model/any-reference.ts';
import { tableOf, type AnyRow, type Row, type TableName } from '../../model/dictionary.ts';
import { linkValue } from '../../model/links.ts';
import { linksInto } from '../../model/work-links.ts';
import { compileCondition, type Predicate } from '../condition/compile-condition.ts';
import type { DerivedTables } from '../derived/derived-field.ts';
import { hasEnded } from '../rules/life-cycle.ts';
import type { ReadView } from '../view.ts';
import type { PlaybookPlan } from './plan.ts';
import type { RunFacts } from './progress.ts';
import { isPlayed, TASK_LINKS } from './task-links.ts';

type Conditions = { readonly when: ReadonlyMap<string, Predicate>; readonly leaveOut: ReadonlyMap<string, Predicate> };
const compiled = new WeakMap<PlaybookPlan, Conditions>();

function conditionsOf(plan: PlaybookPlan, more: DerivedTables | undefined): Conditions {
  const known = compiled.get(plan);
  if (known) return known;
  const { table } = plan.definition;
  const read = (name: 'when' | 'leaveOutWhen') =>
    new Map(
      plan.activities.flatMap(({ activity }): (readonly [string, Predicate])[] => {
        const condition = activity[name];
        return condition === undefined ? [] : [[activity.key, compileCondition(condition, table, more)]];
      }),
    );
  const conditions = { when: read('when'), leaveOut: read('leaveOutWhen') };
  compiled.set(plan, conditions);
  return conditions;
}

const openMeeting = ({ state }: Row<'meeting'>): boolean => state === 'draft' || state === 'scheduled';

/** Open records that a gate of this kind waits for on a record (`table/id`). */
export function openChildren(kind: 'taskGate' | 'meetingGate', table: TableName, id: string, view: ReadView): readonly string[] {
  if (kind === 'meetingGate')
    return view
      .by('meeting', 'about', refTo(table, id))
      .filter(openMeeting)
      .map((row) => refTo('meeting', row.id));
  const gates = isPlayed(table) ? TASK_LINKS[table].gates : [];
  return linksInto(table, 'partOf')
    .filter((link) => gates.includes(link.table))
    .flatMap((link) => {
      const { lifecycle } = tableOf(link.table);
      const rows = view.by(link.table, link.field, linkValue(link, id)) as readonly AnyRow[]; // Row seen generically
      return rows.filter((row) => lifecycle !== undefined && !hasEnded(lifecycle, row)).map((row) => refTo(link.table, row.id));
    });
}

/** Members of the record's own teams by their responsibility's name; of two the one who came first. */
function membersOf(table: TableName, id: string, view: ReadView): ReadonlyMap<string, string> {
  const about = refTo(table, id);
  const members = new Map<string, string>();
  for (const { user, responsibility } of [...view.by('accountTeamMember', 'about', about), ...view.by('squadMember', 'about', about)]) {
    const name = responsibility === undefined ? undefined : view.get('responsibility', responsibility)?.name;
    if (name !== undefined && !members.has(name)) members.set(name, user);
  }
  return members;
}

/** Who does an activity of this responsibility on a record: a member of its teams, else whoever it is assigned to, else `starter`. */
export function personFor(
  responsibility: string | undefined,
  {
    table,
    row,
    view,
    starter,
  }: { readonly table: TableName; readonly row: AnyRow; readonly view: ReadView; readonly starter?: string | undefined },
): string | undefined {
  const member = responsibility === undefined ? undefined : membersOf(table, row.id, view).get(responsibility);
  const own = row['assignedTo'];
  return member ?? (typeof own === 'string' ? own : starter);
}

/** What the records say that a run depends on (PLY-01): conditions, open children, who is there. */
export function factsOf(
  plan: PlaybookPlan,
  run: Row<'playbookRun'>,
  { view, asOf, more }: { readonly view: ReadView; readonly asOf: string; readonly more?: DerivedTables | undefined },
): RunFacts {
  const about = parseRef(run.about);
  const row: AnyRow | undefined = about && view.get(about.table, about.id);
  if (about === undefined || row === undefined)
    return { ended: true, holding: new Set(), leftOut: new Set(), open: new Map(), people: new Map() };
  const { lifecycle } = tableOf(about.table);
  const { when, leaveOut } = conditionsOf(plan, more);
  const open = new Map<string, readonly string[]>();
  const people = new Map<string, string>();
  const members = membersOf(about.table, row.id, view);
  const own = row['assignedTo'];
  const other = typeof own === 'string' ? own : run.createdBy;
  for (const { activity } of plan.activities) {
    if (activity.kind === 'taskGate' || activity.kind === 'meetingGate')
      open.set(activity.key, openChildren(activity.kind, about.table, row.id, view));
    people.set(activity.key, (activity.responsibility === undefined ? undefined : members.get(activity.responsibility)) ?? other);
  }
  return {
    ended: run.state !== 'inProgress' || (lifecycle !== undefined && hasEnded(lifecycle, row)),
    holding: new Set([...when].flatMap(([key, fits]) => (fits(row, view, asOf) ? [] : [key]))),
    leftOut: new Set([...leaveOut].flatMap(([key, fits]) => (fits(row, view, asOf) ? [key] : []))),
    open,
    people,
  };
}
