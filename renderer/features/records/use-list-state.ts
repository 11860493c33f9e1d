import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Input } from '#shared/contract/engine-contract.ts';
import type { Condition } from '#shared/model/condition.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useColumnLayout, useLayout } from '../../state/layout.ts';
import { useShownViews } from '../../state/shown-views.ts';
import { laidOut, type ColumnLayout } from '../../ui/data-list/types.ts';
import type { ListSearch } from '../common/list-search.ts';
import { labelColumn, summedPaths, type RecordColumn } from './record-columns.tsx';
import { standardView, useSavedViews, type SavedView } from './saved-views.ts';

type Closed = NonNullable<Input<'records.lines'>['closed']>;
const ALL_OPEN: Closed = { all: false, except: [] };

/** Groups that are closed, by list and field: as long as the window lives, as the way back is. */
const closedGroups = new Map<string, Closed>();

export type ListPart = { readonly [K in keyof ListSearch]?: ListSearch[K] | undefined };

/** A list and where it keeps what it shows. */
export type ListSource = {
  readonly table: TableName;
  /** What its views are kept under, and its columns. */
  readonly list: string;
  readonly layoutKey: string;
  /** What its address says. */
  readonly search: ListSearch;
  /** The condition that the whole address comes to. */
  readonly condition: Condition | undefined;
  /** Whether the address says nothing. */
  readonly isBare: boolean;
  readonly set: (part: ListPart) => void;
  /** Shows what a kept view says, its condition being one that {@link ListSource.condition} was. */
  readonly open: (kept: ListPart) => void;
  /** Every column there is, and which are shown until a person chooses. */
  readonly all: readonly RecordColumn[];
  readonly standard: readonly string[];
};

/** What a list shows: from its address, and from how its columns are laid out. */
export function useListState(source: ListSource) {
  const { table, list, layoutKey, search, condition, isBare, open, all, standard } = source;
  const layout = useColumnLayout(layoutKey);
  const setColumns = useLayout((state) => state.setColumns);
  const views = useSavedViews(list);
  const shownView = useShownViews(({ byList }) => byList[list]);
  const show = useShownViews((views) => views.show);
  const setLayout = useCallback((next: ColumnLayout | undefined) => setColumns(layoutKey, next), [layoutKey, setColumns]);
  const goOnWith = useCallback((id: string) => show(list, id), [list, show]);
  const choose = useCallback(
    ({ id, search: kept, layout: its }: SavedView) => {
      open({ condition: kept.condition, sort: kept.sort, group: kept.group, text: undefined });
      if (its) setLayout(its);
      goOnWith(id);
    },
    [open, setLayout, goOnWith],
  );
  const opened = useRef(false);
  useEffect(() => {
    if (views === undefined || opened.current) return;
    opened.current = true;
    const first = standardView(views);
    // an address that says something is what the person asked for
    if (first && isBare) choose(first);
  }, [views, isBare, choose]);

  const columns = useMemo(() => laidOut(all, layout, standard) as readonly RecordColumn[], [all, layout, standard]); // it only orders them and sets widths
  const groupKey = `${list} ${search.group ?? ''}`;
  const [closed, keepClosed] = useState<{ readonly key: string; readonly value: Closed }>();
  const isClosed = closed?.key === groupKey ? closed.value : (closedGroups.get(groupKey) ?? ALL_OPEN);
  const setClosed = useCallback(
    (value: Closed) => {
      closedGroups.set(groupKey, value);
      keepClosed({ key: groupKey, value });
    },
    [groupKey],
  );
  const shown = useMemo(
    () => ({
      table,
      ...(condition === undefined ? {} : { condition }),
      ...(search.text === undefined ? {} : { search: search.text }),
      ...(search.sort === undefined ? {} : { sort: [...search.sort] }),
      ...(search.group === undefined ? {} : { group: search.group, closed: isClosed }),
    }),
    [table, condition, search.text, search.sort, search.group, isClosed],
  );
  const label = labelColumn(all);
  const paths = useMemo(
    () => columns.filter(({ isDrawn }) => isDrawn !== true).map(({ key, path }) => (key === label?.key ? 'label' : path)),
    [columns, label],
  );
  const { fields } = tableOf(table);
  return {
    ...source,
    views,
    shownView: views?.find(({ id }) => id === shownView),
    choose,
    /** From now on changes are changes of this view. */
    goOnWith,
    layout,
    setLayout,
    columns,
    /** The fields of the columns, as files and the clipboard get them. */
    paths,
    label,
    shown,
    /** What the engine is asked, but for the window. */
    question: {
      ...shown,
      // fields of the row itself come anyway
      columns: paths.filter((path) => path !== 'label' && !Object.hasOwn(fields, path)),
      sums: [...summedPaths(columns)],
    },
    queryKey: JSON.stringify([list, search, condition]),
    closed: isClosed,
    setClosed,
  };
}
export type ListState = ReturnType<typeof useListState>;
