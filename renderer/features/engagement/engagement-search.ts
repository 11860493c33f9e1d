export const TABS = [
  { value: 'overview', label: 'Overview', keys: '1' },
  { value: 'health', label: 'Health', keys: '2' },
  { value: 'related', label: 'Related', keys: '3' },
] as const;
export type EngagementTab = (typeof TABS)[number]['value'];
export type EngagementSearch = { readonly tab?: EngagementTab; readonly weeks?: 6 | 12 | 52 };

export const WEEKS = [6, 12, 52] as const;

export function readEngagementSearch(search: Readonly<Record<string, unknown>>): EngagementSearch {
  const tab = TABS.find(({ value }) => value === search['tab'])?.value;
  const weeks = WEEKS.find((value) => value === search['weeks']);
  return { ...(tab === undefined || tab === 'overview' ? {} : { tab }), ...(weeks === undefined || weeks === 12 ? {} : { weeks }) };
}
