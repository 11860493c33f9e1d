import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { propose, workdaysAfter, type Gap } from '#shared/domain/planner/propose.ts';
import { localDay, onDay } from '#shared/domain/recurrence/occurrences.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import type { Draft, EngineContext, Handlers, ReadsOf } from '../context.ts';
import { figuresOf, type Figures } from '../jobs/figures.ts';
import { refOf } from '../portfolio/record-refs.ts';
import { planLine } from '../today/change-line.ts';
import { itemsOf } from './planner-items.ts';
import { plannerItems, plannerRows, standingsFor } from './planner-rows.ts';
import { calendarOf, draftMeeting } from './times.ts';

type Names = 'planner.rows' | 'planner.items' | 'planner.move' | 'planner.gaps' | 'planner.fill';

/** Gaps are filled within so many working days. */
const FILL_DAYS = 5;

/** Moves by days; answers the new day. */
function move(draft: Draft, { table, id, days }: Parsed<'planner.move'>, timeZone: string): string {
  if (table === 'touchpoint') {
    const touchpoint = draft.view.get('touchpoint', id);
    if (!touchpoint) throw new AppError('not-found', 'This touchpoint does not exist any more.', { table, recordId: id });
    const { heldOn, dueDate } = touchpoint;
    const day = addDays(heldOn ?? dueDate ?? draft.view.get('touchpoint', id)?.createdAt.slice(0, 10) ?? '', days);
    draft.update('touchpoint', id, heldOn === undefined ? { dueDate: day } : { heldOn: day });
    return day;
  }
  const meeting = draft.view.get('meeting', id);
  if (!meeting) throw new AppError('not-found', 'This meeting does not exist any more.', { table, recordId: id });
  if (meeting.state === 'completed')
    throw new AppError('rule', 'This meeting was held and cannot be moved.', { rule: 'TCH-06', table, recordId: id });
  const zone = meeting.timeZone ?? timeZone;
  const moved = onDay(
    { startsAt: meeting.startsAt, endsAt: meeting.endsAt, timeZone: zone },
    addDays(localDay(meeting.startsAt, zone), days),
  );
  draft.update('meeting', id, { startsAt: moved.startsAt, endsAt: moved.endsAt });
  return moved.day;
}

function gaps(
  context: EngineContext,
  figures: Figures,
  { whose = 'mine', limit }: Parsed<'planner.gaps'>,
  actor: string,
): Output<'planner.gaps'> {
  const { view } = context;
  const { asOf } = context.settings();
  const days = workdaysAfter(asOf, FILL_DAYS);
  const load = new Map<string, number>();
  const found: Gap[] = [];
  for (const { engagement, talk, urgent } of standingsFor(context, figures, whose, actor)) {
    for (const { day } of itemsOf(context, engagement.id, { from: days[0] ?? asOf, to: days.at(-1) ?? asOf }))
      load.set(day, (load.get(day) ?? 0) + 1);
    const due = talk ?? urgent;
    if (due) found.push({ engagement: engagement.id, kind: talk ? 'renewal' : 'cadence', due: due.due, debt: due.debt });
  }
  const calendar = calendarOf(context, actor);
  return {
    total: found.length,
    proposals: propose(found, days, load)
      .slice(0, limit)
      .flatMap(({ engagement: id, kind, due, date }) => {
        const engagement = view.get('engagement', id);
        if (!engagement) return [];
        return [{ engagement: refOf(view, 'engagement', engagement), kind, due, date, ...calendar.timeFor(engagement, date) }];
      }),
  };
}

/** The planner: what is planned and due, moving it, filling the gaps (TCH-06, T7). */
export const plannerHandlers: Handlers<Names> = {
  'planner.rows': async (context, input, call) => {
    const figures = figuresOf(context);
    await figures.settled();
    return plannerRows(context, figures, input, call.actor);
  },
  'planner.items': async (context, input, call) => {
    const figures = figuresOf(context);
    await figures.settled();
    return plannerItems(context, figures, input, call.actor);
  },
  'planner.gaps': async (context, input, call) => {
    const figures = figuresOf(context);
    await figures.settled();
    return gaps(context, figures, input, call.actor);
  },
  'planner.move': async (context, input, call) => {
    const { timeZone } = context.settings();
    const { changeSetId, result } = await context.records.run({ ...call, label: `Move ${input.table}` }, (draft) =>
      move(draft, input, timeZone),
    );
    return { changeSetId, day: result };
  },
  'planner.fill': async (context, { plans }, call) => {
    const { changeSetId } = await context.records.run({ ...call, label: 'Fill cadence gaps' }, (draft) => {
      for (const { engagement, kind, date, startsAt } of plans) {
        const touchpoint = planLine(draft, { kind, table: 'engagement', id: engagement }, date, call.actor);
        if (touchpoint !== undefined && startsAt !== undefined) draftMeeting(draft, touchpoint, startsAt, call.actor);
      }
    });
    return { changeSetId, touchpoints: plans.length };
  },
};

// every committed change is announced as derived once the figures have followed it
export const plannerReads: ReadsOf<Names> = {
  'planner.rows': ['derived:portfolio'],
  'planner.items': ['derived:portfolio'],
  'planner.gaps': ['derived:portfolio'],
};
