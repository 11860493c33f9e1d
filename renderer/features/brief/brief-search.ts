export type BriefSearch = { readonly meeting?: string };

/** Reads an address that anyone may have typed: what does not fit is left out. */
export function readBriefSearch(search: Readonly<Record<string, unknown>>): BriefSearch {
  const { meeting } = search;
  return typeof meeting === 'string' && meeting !== '' ? { meeting: meeting.slice(0, 64) } : {};
}
