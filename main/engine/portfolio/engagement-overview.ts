import type { Output } from '#shared/contract/engine-contract.ts';
import type { Row } from '#shared/model/dictionary.ts';
import { contractActive } from '#shared/domain/derived/contract-facts.ts';
import { riskOpen, ticketOpen, touchpointHeld } from '#shared/domain/derived/engagement-facts.ts';
import { meanByValue } from '#shared/domain/health/means.ts';
import { contractsOf, soldProductsOf } from '#shared/domain/portfolio/engagement-scope.ts';
import { bySorts } from '#shared/domain/portfolio/sort-rows.ts';
import { storedDay } from '#shared/domain/series/stored-day.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { dayOf } from '#shared/util/calendar-days.ts';
import { sumMoney } from '#shared/util/money.ts';
import type { EngineContext } from '../context.ts';
import { bandLookup } from '../health/band-lookup.ts';
import type { Figures } from '../jobs/figures.ts';
import { healthNow, lineOf } from './portfolio-line.ts';
import { refOf, refsOf, type Ref } from './record-refs.ts';

type Overview = Output<'engagement.overview'>;
type Engagement = Row<'engagement'>;

const RECENT_SHOWN = 10;
const RECENT_DAYS = 30;

/** Everything that the engagement page shows at once (WSP-01). */
export function engagementOverview({ view, settings }: EngineContext, figures: Figures, engagement: Engagement): Overview {
  const { asOf, currency } = settings();
  const bands = bandLookup(view);
  const touchpoints = view.by('touchpoint', 'engagement', engagement.id).filter(({ state }) => state !== 'cancelled');
  const held = touchpoints.filter((touchpoint) => touchpointHeld(touchpoint, asOf));
  const planned = touchpoints.filter((touchpoint) => !touchpointHeld(touchpoint, asOf) && touchpoint.state !== 'closed');
  const links = new Map(view.by('engagementContract', 'engagement', engagement.id).map((link) => [link.contract, link.id]));
  const below = activeDescendants(view, engagement);
  return {
    row: engagement,
    line: lineOf(figures, bands, engagement),
    refs: refsOf(view, 'engagement', engagement),
    parents: parentsOf(view, engagement),
    children: view.by('engagement', 'parent', engagement.id).map((child) => lineOf(figures, bands, child)),
    ...(below.length === 0 ? {} : { descendants: rollupOf(below, figures, currency) }),
    contracts: contractsOf(view, engagement).map((row) => {
      const linkId = links.get(row.id);
      return { ...(linkId === undefined ? {} : { linkId }), row, active: contractActive(row, asOf) };
    }),
    soldProducts: soldProductsOf(view, engagement).map((row) => ({ row, product: view.get('product', row.product)?.name ?? '' })),
    contacts: [...view.by('contact', 'account', engagement.account)],
    upcoming: [...bySorts(planned, [{ direction: 'up', keyOf: ({ heldOn, dueDate }) => heldOn ?? dueDate }])],
    recent: bySorts(held, [
      { direction: 'down', keyOf: ({ heldOn }) => heldOn },
      { direction: 'down', keyOf: ({ id }) => id },
    ]).slice(0, RECENT_SHOWN),
    risks: view.by('riskSignal', 'engagement', engagement.id).filter(riskOpen),
    tickets: ticketsOf(view, engagement.account, asOf),
  };
}

function ticketsOf(view: ReadView, account: string, asOf: string): Overview['tickets'] {
  const tickets = view.by('supportTicket', 'account', account);
  const open = tickets.filter((ticket) => ticketOpen(ticket, asOf));
  const today = dayOf(asOf);
  const recent = tickets.map(({ submittedAt }) => storedDay(submittedAt)).filter((day) => day <= today && day > today - RECENT_DAYS);
  return { open: open.length, openP1: open.filter(({ priority }) => priority === 'p1').length, last30Days: recent.length };
}

/** Parents, the nearest first. */
function parentsOf(view: ReadView, engagement: Engagement): Ref[] {
  const seen = new Set([engagement.id]);
  const parents: Ref[] = [];
  let id = engagement.parent;
  while (id !== undefined && !seen.has(id)) {
    seen.add(id);
    const parent = view.get('engagement', id);
    if (parent) parents.push(refOf(view, 'engagement', parent));
    id = parent?.parent;
  }
  return parents;
}

/** Active engagements below one, at any depth; below one that is not active as well. */
function activeDescendants(view: ReadView, engagement: Engagement): readonly Engagement[] {
  const seen = new Set([engagement.id]);
  const found: Engagement[] = [];
  const open = [...view.by('engagement', 'parent', engagement.id)];
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    found.push(next);
    open.push(...view.by('engagement', 'parent', next.id));
  }
  return found;
}

/** Health weighs by contract value in the workspace's currency: other currencies have no stored rate yet (scoring.md 1.6, 5). */
function rollupOf(below: readonly Engagement[], figures: Figures, currency: string): NonNullable<Overview['descendants']> {
  const active = below.filter((each) => figures.facts(each).active);
  const valueOf = (each: Engagement): number => figures.facts(each).contractValue.find((money) => money.currency === currency)?.amount ?? 0;
  const health = meanByValue(active.map((each) => ({ score: healthNow(figures, each.id), value: valueOf(each) })));
  return {
    count: active.length,
    ...(health === undefined ? {} : { health }),
    contractValue: [
      ...sumMoney(
        active.flatMap((each) => figures.facts(each).contractValue),
        currency,
      ),
    ],
  };
}
