import { TODAY_KINDS } from '#shared/domain/today/formula.ts';
import type { Handlers, ReadsOf } from '../context.ts';
import { tellGuests } from '../touchpoints/tell-guests.ts';
import { figuresOf } from '../jobs/figures.ts';
import { finishLine, planLine, snoozeLine } from './change-line.ts';
import { todayNow } from './today-list.ts';

type Names = 'today.list' | 'today.done' | 'today.snooze' | 'today.plan';

/** Today: what to do now, and what can be done with a line of it (DSH-13, T1). */
export const todayHandlers: Handlers<Names> = {
  'today.list': (context, input, call) => todayNow(context, figuresOf(context), input, call.actor),
  'today.done': async (context, line, call) => {
    const { asOf } = context.settings();
    const label = `Done: ${TODAY_KINDS[line.kind].toLowerCase()} of Today`;
    const { changeSetId } = await context.records.run({ ...call, label }, (draft) => {
      finishLine(draft, line, asOf);
      if (line.kind === 'meeting') tellGuests(context, draft, call, line.id);
    });
    return { changeSetId };
  },
  'today.snooze': async (context, { until, ...line }, call) => {
    const label = `Snooze until ${until}`;
    const { changeSetId } = await context.records.run({ ...call, label }, (draft) => snoozeLine(draft, line, until, call.actor));
    return { changeSetId };
  },
  'today.plan': async (context, { date, contact, ...line }, call) => {
    const { asOf } = context.settings();
    const label = `Plan for ${date}`;
    const { changeSetId, result } = await context.records.run({ ...call, label }, (draft) =>
      planLine(draft, line, date, { actor: call.actor, asOf, contact }),
    );
    return { changeSetId, ...(result === undefined ? {} : { touchpoint: result }) };
  },
};

// every committed change is announced as derived once the figures have followed it
export const todayReads: ReadsOf<Names> = { 'today.list': ['derived:portfolio'] };
