import { readListSearch, type ListSearch } from '../common/list-search.ts';

/** The ready-made views of the risk portfolio (DSH-02). */
export const RISK_VIEWS = {
  all: 'All open',
  newThisWeek: 'New this week',
  dueIn14Days: 'Due in 14 days',
  overdue: 'Overdue',
  issues: 'Issues',
  unaddressed: 'Unaddressed',
  assignedToMe: 'Assigned to me',
} as const;
export type RiskView = keyof typeof RISK_VIEWS;

/** Pictures of the list: a chosen part narrows the list. */
export const RISK_PARTS = { scope: 'By scope', probability: 'By probability', category: 'By category' } as const;
export type RiskPart = keyof typeof RISK_PARTS;

export type RiskSearch = ListSearch & { readonly view?: RiskView; readonly part?: RiskPart; readonly value?: string };

const isView = (value: unknown): value is RiskView => typeof value === 'string' && Object.hasOwn(RISK_VIEWS, value);
const isPart = (value: unknown): value is RiskPart => typeof value === 'string' && Object.hasOwn(RISK_PARTS, value);

/** Reads an address that anyone may have typed: what does not fit is left out. */
export function readRiskSearch(search: Readonly<Record<string, unknown>>): RiskSearch {
  const { view, part, value } = search;
  return {
    ...readListSearch(search),
    ...(isView(view) && view !== 'all' ? { view } : {}),
    ...(isPart(part) && typeof value === 'string' ? { part, value: value.slice(0, 64) } : {}),
  };
}
