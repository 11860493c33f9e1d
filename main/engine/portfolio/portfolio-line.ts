import type { z } from 'zod';
import type { portfolioLine, PORTFOLIO_VIEWS } from '#shared/contract/areas/portfolio.ts';
import type { Row } from '#shared/model/dictionary.ts';
import type { BandLookup } from '../health/band-lookup.ts';
import { trendOf } from '../health/history.ts';
import type { Figures } from '../jobs/figures.ts';
import type { LineFacts } from './line-facts.ts';

export type PortfolioLine = z.output<typeof portfolioLine>;
export type PortfolioView = (typeof PORTFOLIO_VIEWS)[number];

const TREND_WEEKS = 12;
/** Renewals are due soon within this many days (scoring.md 7). */
const RENEWAL_DAYS = 90;

/** An engagement's health today; NaN where it is not known. */
export function healthNow(figures: Figures, engagement: string): number {
  return figures.health().score(engagement, figures.grid().now);
}

/** By how much the health moved in 7 days; NaN where either is not known. */
export function change7(figures: Figures, engagement: string): number {
  return healthNow(figures, engagement) - figures.health().score(engagement, figures.grid().weekAgo);
}

/** One line of the portfolio (DSH-01). */
export function lineOf(figures: Figures, bands: BandLookup, engagement: Row<'engagement'>): PortfolioLine {
  const facts = figures.facts(engagement);
  const { id, number, title, account, stage, state, perceivedHealth } = engagement;
  const score = healthNow(figures, id);
  const change = change7(figures, id);
  const band = bands.ofScore(score);
  const scored = figures.health().definition(id) !== undefined;
  return {
    id,
    ...(number === undefined ? {} : { number }),
    title,
    accountId: account,
    account: facts.account,
    ...(facts.csm === undefined ? {} : { csm: facts.csm }),
    stage: stage ?? '',
    state: state ?? '',
    contractValue: [...facts.contractValue],
    ...(Number.isNaN(score) ? {} : { health: score }),
    healthStatus: Number.isNaN(score) ? (scored ? 'unknown' : 'notScored') : 'known',
    ...(band ? { band } : {}),
    trend: trendOf(figures, id, TREND_WEEKS),
    ...(Number.isNaN(change) ? {} : { change7: change }),
    perceivedHealth: perceivedHealth ?? 'unknown',
    openRisks: facts.openRisks,
    ...(facts.lastTouchpoint === undefined ? {} : { lastTouchpoint: facts.lastTouchpoint }),
    ...(facts.renewalDate === undefined ? {} : { renewalDate: facts.renewalDate }),
    ...(facts.daysToRenewal === undefined ? {} : { daysToRenewal: facts.daysToRenewal }),
    escalated: facts.escalated,
  };
}

/** An engagement with what views and sorting ask about it, looked up once. */
export type Standing = { readonly engagement: Row<'engagement'>; readonly facts: LineFacts; readonly health: number };

/** Looks an engagement's standing up. */
export function standingOf(figures: Figures, engagement: Row<'engagement'>): Standing {
  return { engagement, facts: figures.facts(engagement), health: healthNow(figures, engagement.id) };
}

/** Which engagements a view of the portfolio holds; all but `all` hold active ones only. */
export function isInView(which: PortfolioView, { engagement, facts, health }: Standing, bands: BandLookup): boolean {
  if (which === 'all') return true;
  if (!facts.active) return false;
  switch (which) {
    case 'active':
      return true;
    case 'new':
      return engagement.state === 'new';
    case 'poorHealth':
      return !Number.isNaN(health) && bands.ofScore(health)?.category === 'poor';
    case 'escalated':
      return facts.escalated;
    case 'renewalsIn90Days':
      return facts.daysToRenewal !== undefined && facts.daysToRenewal >= 0 && facts.daysToRenewal <= RENEWAL_DAYS;
    default:
      return which satisfies never;
  }
}
