import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { propose, workdaysAfter, type Gap } from '#shared/domain/planner/propose.ts';
import type { EngineContext, Handlers, ReadsOf } from '../context.ts';
import { figuresOf, type Figures } from '../jobs/figures.ts';
import { engagementById } from '../portfolio/engagement-by-id.ts';
import { refOf } from '../portfolio/record-refs.ts';
import { planContact } from '../today/change-line.ts';
import { cadenceOf, prepareStandings } from '../today/stakes.ts';
import { tellGuests } from '../touchpoints/tell-guests.ts';
import { moveItem } from './move-item.ts';
import { itemsOf } from './planner-items.ts';
import { plannerItems, plannerRows, standingsFor } from './planner-rows.ts';
import { calendarOf, draftMeeting } from './times.ts';

type Names = 'planner.cadence' | 'planner.rows' | 'planner.items' | 'planner.move' | 'planner.gaps' | 'planner.fill';

/** Gaps are filled within so many working days. */
const FILL_DAYS = 5;

/** What is due and not planned, with a day and a time for each (ENG-09, T7). The figures must be settled. */
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
  for (const { engagement, facts, talk, urgent } of standingsFor(context, figures, whose, actor)) {
    for (const { day } of itemsOf(context, engagement.id, { from: days[0] ?? asOf, to: days.at(-1) ?? asOf }))
      load.set(day, (load.get(day) ?? 0) + 1);
    const due = talk ?? urgent;
    if (!due) continue;
    const { renewalDate: renewal } = facts;
    // what is not over yet is talked about before it
    const before = renewal !== undefined && renewal >= asOf ? renewal : undefined;
    found.push({ engagement: engagement.id, contact: due.kind, due: due.due, debt: due.debt, before });
  }
  const calendar = calendarOf(context, actor, asOf);
  const timeOn = ({ engagement: id }: Gap, day: string) => {
    const engagement = view.get('engagement', id);
    return engagement && calendar.timeFor(engagement, day);
  };
  return {
    total: found.length,
    proposals: propose(found, { days, load, timeOn, limit }).flatMap(({ engagement: id, contact, due, date, time }) => {
      const engagement = view.get('engagement', id);
      if (!engagement) return [];
      const zone = calendar.zoneOf(engagement);
      return [
        {
          engagement: refOf(view, 'engagement', engagement),
          contact,
          due,
          date,
          ...(time === undefined ? {} : { startsAt: time }),
          ...(zone === undefined ? {} : { zone }),
        },
      ];
    }),
  };
}

/** What the cadence of an engagement asks for (ENG-09). The figures must be settled. Throws AppError `not-found`. */
function cadence(context: EngineContext, figures: Figures, id: string): Output<'planner.cadence'> {
  const engagement = engagementById(context.view, id);
  const tier = context.view.get('account', engagement.account)?.cadenceTier;
  return {
    ...(tier === undefined ? {} : { tier }),
    contacts: cadenceOf(context, figures, engagement).map(({ kind, interval, last, planned, due, overdueDays, debt, covered }) => ({
      contact: kind,
      every: interval,
      ...(last === undefined ? {} : { last }),
      ...(planned === undefined ? {} : { planned }),
      due,
      days: overdueDays,
      debt,
      covered,
    })),
  };
}

/** What rows, items and gaps are made of, looked up beforehand. */
async function settled(context: EngineContext): Promise<Figures> {
  const figures = figuresOf(context);
  await figures.settled();
  await prepareStandings(context, figures);
  return figures;
}

/** The planner: what is planned and due, moving it, filling the gaps (TCH-06, T7). */
export const plannerHandlers: Handlers<Names> = {
  'planner.rows': async (context, input, call) => plannerRows(context, await settled(context), input, call.actor),
  'planner.cadence': async (context, { engagement }) => {
    const figures = figuresOf(context);
    await figures.settled();
    return cadence(context, figures, engagement);
  },
  'planner.items': async (context, input, call) => plannerItems(context, await settled(context), input, call.actor),
  'planner.gaps': async (context, input, call) => gaps(context, await settled(context), input, call.actor),
  'planner.move': async (context, input, call) => {
    const { timeZone, asOf } = context.settings();
    const { changeSetId, result } = await context.records.run({ ...call, label: `Move ${input.table}` }, (draft) =>
      moveItem(draft, input, { timeZone, asOf, tell: (id) => tellGuests(context, draft, call, id) }),
    );
    return { changeSetId, ...result };
  },
  'planner.fill': async (context, { plans }, call) => {
    const { changeSetId } = await context.records.run({ ...call, label: 'Fill cadence gaps' }, (draft) => {
      for (const { engagement, contact, date, startsAt } of plans) {
        const touchpoint = planContact(draft, engagement, contact, date, call.actor);
        if (startsAt !== undefined) draftMeeting(draft, touchpoint, contact, startsAt, call.actor);
      }
    });
    return { changeSetId, touchpoints: plans.length };
  },
};

// every committed change is announced as derived once the figures have followed it
export const plannerReads: ReadsOf<Names> = {
  'planner.rows': ['derived:portfolio'],
  'planner.cadence': ['derived:portfolio'],
  'planner.items': ['derived:portfolio'],
  'planner.gaps': ['derived:portfolio'],
};
