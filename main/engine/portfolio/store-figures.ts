import type { Row } from '#shared/model/dictionary.ts';
import type { Money } from '#shared/model/field.ts';
import { contractActive } from '#shared/domain/derived/contract-facts.ts';
import { ticketOpen } from '#shared/domain/derived/engagement-facts.ts';
import { sumInWindow } from '#shared/domain/series/series-operations.ts';
import { storedDay } from '#shared/domain/series/stored-day.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { dayOf } from '#shared/util/calendar-days.ts';
import { sumMoney } from '#shared/util/money.ts';
import { roundHalfAway } from '#shared/util/rounding.ts';
import type { SeriesView } from '../context.ts';

const RECENT_DAYS = 30;

/** Contracts active on a day over the whole store (scoring.md 7). */
export type ContractFigures = {
  readonly active: number;
  readonly accounts: number;
  readonly value: readonly Money[];
  readonly monthly: readonly Money[];
};

/** Counts the contracts that are active on a day. A contract that only says its yearly value counts a twelfth of it a month. */
export function contractFigures(view: ReadView, asOf: string, currency: string): ContractFigures {
  const active = [...view.all('contract')].filter((contract) => contractActive(contract, asOf));
  return {
    active: active.length,
    accounts: new Set(active.map(({ account }) => account)).size,
    value: sumMoney(
      active.map(({ value }) => value),
      currency,
    ),
    monthly: sumMoney(active.map(monthlyOf), currency),
  };
}

function monthlyOf({ monthlyValue, value }: Row<'contract'>): Money | undefined {
  if (monthlyValue || !value) return monthlyValue;
  return { amount: roundHalfAway(value.amount / 12), currency: value.currency };
}

export type TicketFigures = {
  readonly last30Days: number;
  readonly thisMonth: number;
  readonly openP1: number;
  readonly csat: { readonly mean: number; readonly scored: number } | undefined;
};

/** Counts the tickets known on a day: submitted by then. */
export function ticketFigures(view: ReadView, asOf: string): TicketFigures {
  const today = dayOf(asOf);
  const month = asOf.slice(0, 7);
  let [last30Days, thisMonth, openP1, sum, scored] = [0, 0, 0, 0, 0];
  for (const ticket of view.all('supportTicket')) {
    const day = storedDay(ticket.submittedAt);
    if (day > today) continue;
    if (day > today - RECENT_DAYS) last30Days += 1;
    if (ticket.submittedAt.startsWith(month)) thisMonth += 1;
    if (ticket.priority === 'p1' && ticketOpen(ticket, asOf)) openP1 += 1;
    if (ticket.satisfaction === undefined) continue;
    sum += ticket.satisfaction;
    scored += 1;
  }
  return { last30Days, thisMonth, openP1, csat: scored === 0 ? undefined : { mean: sum / scored, scored } };
}

export type UsageFigure = { readonly sourceId: string; readonly source: string; readonly unit?: string; readonly total: number };

/** What each source that adds up has delivered in the 30 days to a day, over all of its records. */
export function usageFigures(view: ReadView, series: SeriesView, asOf: string): readonly UsageFigure[] {
  const today = dayOf(asOf);
  const adding = [...view.all('dataSource')].filter(
    ({ kind, rollUp, state }) => kind === 'external' && rollUp === 'sum' && state !== 'retired',
  );
  return adding.map(({ id, name, unit }) => {
    let total = 0;
    for (const row of view.by('dataPointSeries', 'source', id)) {
      const points = series.points(row.id);
      if (points) total += sumInWindow(points, today - RECENT_DAYS, today) ?? 0;
    }
    return { sourceId: id, source: name, ...(unit === undefined ? {} : { unit }), total };
  });
}
