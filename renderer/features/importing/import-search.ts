export type ImportSearch = { readonly session?: string };

/** Reads an address that anyone may have typed. */
export function readImportSearch(search: Readonly<Record<string, unknown>>): ImportSearch {
  const { session } = search;
  return typeof session === 'string' && session.length <= 64 ? { session } : {};
}
