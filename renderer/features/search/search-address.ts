import { isTableName, type TableName } from '#shared/model/dictionary.ts';

/** What the address of the search says: the question, and the record type it is narrowed to. */
export type SearchAddress = { readonly q?: string; readonly type?: TableName };

/** Reads an address that anyone may have typed: what does not fit is left out. */
export function readSearchAddress(search: Readonly<Record<string, unknown>>): SearchAddress {
  const { q, type } = search;
  return {
    ...((typeof q === 'string' || typeof q === 'number') && q !== '' ? { q: String(q).slice(0, 200) } : {}),
    ...(typeof type === 'string' && isTableName(type) ? { type } : {}),
  };
}
