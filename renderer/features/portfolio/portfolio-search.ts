import type { PortfolioView } from '#shared/domain/portfolio/portfolio-views.ts';
import { ENGAGEMENT_STAGES } from '#shared/model/tables/engagement.ts';
import { readListSearch, type ListSearch } from '../common/list-search.ts';

/** Words of the views. */
export const PORTFOLIO_VIEWS: Readonly<Record<PortfolioView, string>> = {
  active: 'Active',
  new: 'New',
  poorHealth: 'Poor health',
  escalated: 'Escalated',
  renewalsIn90Days: 'Renewals in 90 days',
  all: 'All',
};
export type PortfolioSearch = ListSearch & { readonly view?: PortfolioView; readonly stage?: string };

const isView = (value: unknown): value is PortfolioView => typeof value === 'string' && Object.hasOwn(PORTFOLIO_VIEWS, value);

export function readPortfolioSearch(search: Readonly<Record<string, unknown>>): PortfolioSearch {
  const { view, stage } = search;
  return {
    ...readListSearch(search),
    ...(isView(view) && view !== 'active' ? { view } : {}),
    ...(typeof stage === 'string' && Object.hasOwn(ENGAGEMENT_STAGES, stage) ? { stage } : {}),
  };
}
