import { isCondition } from '#shared/domain/condition/condition-shape.ts';
import type { Condition } from '#shared/model/condition.ts';
import type { Sort } from '../../ui/data-list/types.ts';

/** What a list's address says: it is the list's whole state, so Back and a copied address bring the same rows. */
export type ListSearch = { readonly text?: string; readonly condition?: Condition; readonly sort?: Sort; readonly group?: string };

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}

function sortOf(value: unknown): Sort | undefined {
  if (!Array.isArray(value)) return undefined;
  const keys = value.slice(0, 5).flatMap((key: unknown) => {
    if (typeof key !== 'object' || key === null || !('field' in key) || !('direction' in key)) return [];
    const { field, direction } = key;
    return typeof field === 'string' && (direction === 'up' || direction === 'down') ? [{ field, direction } as const] : [];
  });
  return keys.length > 0 ? keys : undefined;
}

/** Reads an address that anyone may have typed: what does not fit is left out. */
export function readListSearch(search: Readonly<Record<string, unknown>>): ListSearch {
  const text = textOf(search['text']);
  const condition = isCondition(search['condition']) ? search['condition'] : undefined;
  const sort = sortOf(search['sort']);
  const group = textOf(search['group']);
  return {
    ...(text === undefined ? {} : { text }),
    ...(condition === undefined ? {} : { condition }),
    ...(sort === undefined ? {} : { sort }),
    ...(group === undefined ? {} : { group }),
  };
}

/** A search with a part changed; undefined, an empty text and an empty sort take the part out. */
export function withPart<S extends ListSearch>(search: S, part: { readonly [K in keyof S]?: S[K] | undefined }): S {
  const merged = { ...search, ...part };
  const kept = Object.entries(merged).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  // the same keys as before, with empty ones left out; all parts of a search are optional
  return Object.fromEntries(kept) as unknown as S;
}
