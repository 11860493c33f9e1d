import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { CADENCE_KINDS } from '#shared/domain/cadence/rhythm.ts';
import type { Due } from '#shared/domain/cadence/cadence.ts';
import { meetingDay } from '#shared/domain/cadence/contacts.ts';
import { bySorts } from '#shared/domain/portfolio/sort-rows.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import type { EngineContext } from '../context.ts';
import { bandLookup } from '../health/band-lookup.ts';
import type { Figures } from '../jobs/figures.ts';
import { healthNow } from '../portfolio/portfolio-line.ts';
import { refOf } from '../portfolio/record-refs.ts';
import { engagementsOf } from '../today/candidates.ts';
import { standingsOf, type Standing } from '../today/stakes.ts';

type Rows = Output<'planner.rows'>;
type Item = Rows['rows'][number]['items'][number];

/** The active engagements of whom it is asked for, with what is at stake. */
export function standingsFor(context: EngineContext, figures: Figures, whose: 'mine' | 'all', actor: string): readonly Standing[] {
  const person = whose === 'mine' ? context.view.get('user', actor) : undefined;
  const mine = person && engagementsOf(context, person.id);
  const standing = standingsOf(context, figures);
  const found: Standing[] = [];
  for (const { id } of context.view.all('engagement')) {
    const known = mine === undefined || mine.has(id) ? standing(id) : undefined;
    if (known?.facts.active === true) found.push(known);
  }
  return found;
}

/** What stands on an engagement's days: touchpoints by their day, meetings by the day on which they begin; cancelled ones are left out. */
export function itemsOf({ view, settings }: EngineContext, engagement: string, from: string, to: string): readonly Item[] {
  const { timeZone } = settings();
  const isIn = (day: string | undefined): day is string => day !== undefined && day >= from && day <= to;
  const items: Item[] = [];
  for (const touchpoint of view.by('touchpoint', 'engagement', engagement)) {
    const day = touchpoint.heldOn ?? touchpoint.dueDate;
    if (touchpoint.state !== 'cancelled' && isIn(day))
      items.push({ table: 'touchpoint', id: touchpoint.id, label: touchpoint.subject, day, state: touchpoint.state ?? '' });
  }
  for (const meeting of view.by('meeting', 'engagement', engagement)) {
    const day = meetingDay(meeting, timeZone);
    if (meeting.state !== 'cancelled' && isIn(day)) items.push(meetingItem(meeting, day));
  }
  return bySorts(items, [
    { direction: 'up', keyOf: ({ day }) => day },
    { direction: 'up', keyOf: ({ startsAt }) => startsAt },
    { direction: 'up', keyOf: ({ id }) => id },
  ]);
}

function meetingItem(meeting: Row<'meeting'>, day: string): Item {
  const { id, subject, startsAt, state, type } = meeting;
  return { table: 'meeting', id, label: subject, day, startsAt, state: state ?? '', ...(type === undefined ? {} : { type }) };
}

const dueOf = (due: Due | undefined): Rows['rows'][number]['due'] =>
  due && { kind: CADENCE_KINDS[due.kind], on: due.due, late: due.overdueDays > 0 };

/** A window of the planner's rows (TCH-06). The figures must be settled. */
export function plannerRows(context: EngineContext, figures: Figures, input: Parsed<'planner.rows'>, actor: string): Rows {
  const { from, days, whose = 'mine', search, sort = 'title', due: onlyDue, window } = input;
  const text = search?.trim().toLowerCase() ?? '';
  const currency = context.settings().currency;
  const found = standingsFor(context, figures, whose, actor).filter(({ engagement, facts, urgent, talk }) => {
    if (onlyDue === true && !urgent && !talk) return false;
    return text === '' || engagement.title.toLowerCase().includes(text) || facts.account.toLowerCase().includes(text);
  });
  const KEYS = {
    value: {
      direction: 'down',
      keyOf: ({ facts }: Standing) => facts.contractValue.find((money) => money.currency === currency)?.amount ?? 0,
    },
    health: { direction: 'up', keyOf: ({ engagement }: Standing) => healthNow(figures, engagement.id) },
    lastTouch: { direction: 'up', keyOf: ({ facts }: Standing) => facts.lastTouchpoint ?? '' },
    title: { direction: 'up', keyOf: ({ engagement }: Standing) => engagement.title.toLowerCase() },
  } as const;
  const sorted = bySorts(found, [KEYS[sort], { direction: 'up', keyOf: ({ engagement }) => engagement.id }]);
  const bands = bandLookup(context.view);
  const to = addDays(from, days - 1);
  return {
    total: sorted.length,
    rows: sorted.slice(window.offset, window.offset + window.limit).map(({ engagement, facts, urgent, talk }) => {
      const health = healthNow(figures, engagement.id);
      const band = bands.ofScore(health);
      const due = dueOf(talk ?? urgent);
      return {
        engagement: refOf(context.view, 'engagement', engagement),
        account: facts.account,
        value: [...facts.contractValue],
        ...(Number.isNaN(health) ? {} : { health }),
        ...(band ? { band } : {}),
        ...(facts.lastTouchpoint === undefined ? {} : { lastTouch: facts.lastTouchpoint }),
        ...(due === undefined ? {} : { due }),
        items: [...itemsOf(context, engagement.id, from, to)],
      };
    }),
  };
}
