export type TodaySearch = { readonly whose?: 'all' };

/** Reads an address that anyone may have typed: what does not fit is left out. */
export function readTodaySearch(search: Readonly<Record<string, unknown>>): TodaySearch {
  return search['whose'] === 'all' ? { whose: 'all' } : {};
}
