import { useMemo } from 'react';
import { isCondition } from '#shared/domain/condition/condition-shape.ts';
import type { Condition } from '#shared/model/condition.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import type { ColumnLayout } from '../../ui/data-list/types.ts';
import { readListSearch, type ListSearch } from '../common/list-search.ts';

/** How a list is shown, kept under a name (REC-36). */
export type SavedView = {
  readonly id: string;
  readonly name: string;
  readonly search: ListSearch;
  readonly layout: ColumnLayout | undefined;
  readonly shared: boolean;
  readonly standard: boolean;
  readonly isOwn: boolean;
};

/** A list that is not narrowed at all: a view always has a condition. */
export const EVERYTHING: Condition = { all: [] };
const isEverything = (condition: Condition) => 'all' in condition && condition.all.length === 0;

const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;

/** The columns of a kept view: in their order, with the widths that differ from the delivered ones. */
export function readLayout(value: unknown): ColumnLayout | undefined {
  const plain = textsOf(value);
  if (plain !== undefined) return { keys: plain };
  if (typeof value !== 'object' || value === null) return undefined;
  const { keys, widths } = value as { readonly keys?: unknown; readonly widths?: unknown }; // both are looked at
  const shown = textsOf(keys);
  if (shown === undefined) return undefined;
  const kept = Object.entries(typeof widths === 'object' && widths !== null ? widths : {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0,
  );
  return { keys: shown, ...(kept.length > 0 ? { widths: Object.fromEntries(kept) } : {}) };
}

/** The views kept for a list, the person's own first; undefined until they are known. */
export function useSavedViews(list: string): readonly SavedView[] | undefined {
  const me = useWorkspace()?.settings.currentUser ?? undefined;
  const { data } = useLive('records.list', {
    table: 'savedFilter',
    condition: { field: 'list', op: 'is', value: list },
    sort: [{ field: 'name', direction: 'up' }],
    window: { offset: 0, limit: 200 },
  });
  return useMemo(
    () =>
      data?.rows
        .flatMap(({ row, label }): SavedView[] => {
          const condition = row['condition'];
          if (!isCondition(condition)) return [];
          const kept = { sort: row['sort'], group: row['group'], ...(isEverything(condition) ? {} : { condition }) };
          return [
            {
              id: row.id,
              name: label,
              search: readListSearch(kept),
              layout: readLayout(row['columns']),
              shared: row['shared'] === true,
              standard: row['standard'] === true,
              isOwn: row['owner'] === undefined || row['owner'] === me,
            },
          ];
        })
        .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn)),
    [data, me],
  );
}

/** The view that a list opens with: the person's own, else one that is shared. */
export function standardView(views: readonly SavedView[]): SavedView | undefined {
  return views.find(({ standard, isOwn }) => standard && isOwn) ?? views.find(({ standard, shared }) => standard && shared);
}

type Arranged = { readonly [K in 'condition' | 'sort' | 'group']?: ListSearch[K] | undefined };
type Shown = Arranged & { readonly layout: ColumnLayout };

const columnsIn = ({ keys = [], widths = {} }: ColumnLayout) =>
  JSON.stringify([keys, Object.entries(widths).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
const arranged = ({ condition, sort, group }: Arranged) => JSON.stringify([condition, sort, group]);

/** Whether a list shows just what a view says. */
export function isShown({ search, layout }: SavedView, { layout: its, ...shown }: Shown): boolean {
  return arranged(search) === arranged(shown) && (layout === undefined || columnsIn(layout) === columnsIn(its));
}
