import { contextOf } from '#shared/domain/labels/record-context.ts';
import { refsIn } from '#shared/model/any-reference.ts';
import { askedWords, searchedTexts } from '#shared/domain/search/searched-text.ts';
import { snippetOf } from '#shared/domain/search/snippet.ts';
import { tableOf, type AnyRow } from '#shared/model/dictionary.ts';
import type { EngineContext, Handlers } from '../context.ts';
import { refOf } from '../records/refs.ts';
import { findRecords, type Found } from './record-search.ts';

/** The record that one hangs on, where it is nothing by itself (`ownedBy`), as the caller sees it. */
function aboutOf({ view }: EngineContext, { table, row }: Found) {
  const { ownedBy, fields } = tableOf(table);
  const field = ownedBy === undefined ? undefined : fields[ownedBy];
  const [ref] = ownedBy === undefined || field === undefined ? [] : refsIn(field, row[ownedBy]);
  const about: AnyRow | undefined = ref && view.get(ref.table, ref.id);
  return ref === undefined || about === undefined ? {} : { about: refOf(ref.table, about, view) };
}

function hitOf(context: EngineContext, hit: Found, words: readonly string[]) {
  const { table, row } = hit;
  const found = snippetOf(searchedTexts(table, row, context.view), words);
  const snippet = found && { field: found.field, label: tableOf(table).fields[found.field]?.label ?? found.field, parts: [...found.parts] };
  const belongs = contextOf(table, row, context.view);
  const ref = refOf(table, row, context.view);
  return {
    ...ref,
    ...(snippet === undefined ? {} : { snippet }),
    ...aboutOf(context, hit),
    // where it was found by that very record, the snippet says so already
    ...(belongs === undefined || belongs.label === ref.label || belongs.field === found?.field ? {} : { context: belongs.label }),
    updatedAt: row.updatedAt,
  };
}

/** A person who types waits no longer for an index that is being made: what there is is answered, and asked for again. */
const PATIENCE_MS = 150;

/** Search over all records (UX-02). */
export const searchHandlers: Handlers<'search.find'> = {
  'search.find': async (context, { text, tables, limit }) => {
    const { found, counts, capped, complete } = await findRecords(context, text, { limit, only: tables, patience: PATIENCE_MS });
    const words = askedWords(text);
    const facets = [...counts]
      .map(([table, count]) => ({ table, label: tableOf(table).plural, count }))
      .toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label));
    const wanted = tables === undefined || tables.length === 0 ? facets : facets.filter(({ table }) => tables.includes(table));
    const total = wanted.reduce((sum, { count }) => sum + count, 0);
    return { hits: found.map((one) => hitOf(context, one, words)), total, capped, facets, complete };
  },
};
