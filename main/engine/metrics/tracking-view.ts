import type { TableName } from '#shared/model/dictionary.ts';
import type { ReadView } from '#shared/domain/view.ts';

export type Tracked = { readonly view: ReadView; readonly reads: ReadonlySet<TableName> };

/** A view that remembers which tables were read through it: what a filter with references or derived fields depends on. */
export function trackingView(view: ReadView): Tracked {
  const reads = new Set<TableName>();
  return {
    reads,
    view: {
      get: (table, id) => {
        reads.add(table);
        return view.get(table, id);
      },
      all: (table) => {
        reads.add(table);
        return view.all(table);
      },
      count: (table) => {
        reads.add(table);
        return view.count(table);
      },
      by: (table, field, value) => {
        reads.add(table);
        return view.by(table, field, value);
      },
    },
  };
}
