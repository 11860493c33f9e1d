import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Input } from '#shared/contract/engine-contract.ts';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useWindow } from '../../data/use-window.ts';
import { useColumnLayout, useLayout } from '../../state/layout.ts';
import { laidOut, type ColumnLayout } from '../../ui/data-list/types.ts';
import { withPart, type ListSearch } from '../common/list-search.ts';
import { defaultColumns, recordColumns, summedPaths, type RecordColumn } from './record-columns.tsx';
import { standardView, useSavedViews, type SavedView } from './saved-views.tsx';

const route = getRouteApi('/records/$table');

type Closed = NonNullable<Input<'records.lines'>['closed']>;
const ALL_OPEN: Closed = { all: false, except: [] };

/** Groups that are closed, by list and field: as long as the window lives, as the way back is. */
const closedGroups = new Map<string, Closed>();

/** What a list shows: from its address, from how its columns are laid out, and from the engine. */
export function useRecordList(table: TableName) {
  const search: ListSearch = route.useSearch();
  const navigate = useNavigate();
  const list = `records ${table}`;
  const layout = useColumnLayout(list);
  const setColumns = useLayout((state) => state.setColumns);
  const views = useSavedViews(table);

  const set = useCallback(
    (part: { readonly [K in keyof ListSearch]?: ListSearch[K] | undefined }) =>
      void navigate({ to: '/records/$table', params: { table }, search: (before: ListSearch) => withPart(before, part), replace: true }),
    [navigate, table],
  );
  const setLayout = useCallback((next: ColumnLayout | undefined) => setColumns(list, next), [list, setColumns]);
  const choose = useCallback(
    ({ search: kept, columns: keys }: SavedView) => {
      set({ condition: kept.condition, sort: kept.sort, group: kept.group, text: undefined });
      if (keys) setLayout({ ...layout, keys });
    },
    [set, setLayout, layout],
  );
  const opened = useRef(false);
  useEffect(() => {
    if (views === undefined || opened.current) return;
    opened.current = true;
    const standard = standardView(views);
    // an address that says something is what the person asked for
    if (standard && Object.keys(search).length === 0) choose(standard);
  }, [views, search, choose]);

  const all = useMemo(() => recordColumns(table), [table]);
  const columns = useMemo(() => laidOut(all, layout, defaultColumns(table)) as readonly RecordColumn[], [all, layout, table]); // it only orders them and sets widths
  const groupKey = `${table} ${search.group ?? ''}`;
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
      ...(search.condition === undefined ? {} : { condition: search.condition }),
      ...(search.text === undefined ? {} : { search: search.text }),
      ...(search.sort === undefined ? {} : { sort: [...search.sort] }),
      ...(search.group === undefined ? {} : { group: search.group, closed: isClosed }),
    }),
    [table, search.condition, search.text, search.sort, search.group, isClosed],
  );
  const { fields } = tableOf(table);
  const rows = useWindow('records.lines', {
    ...shown,
    // fields of the row itself come anyway
    columns: columns.map(({ path }) => path).filter((path) => !Object.hasOwn(fields, path)),
    sums: [...summedPaths(columns)],
  });
  const queryKey = JSON.stringify([table, search]);
  const { total, rowAt, data } = rows;
  const [held, setHeld] = useState<{ readonly queryKey: string } & Pick<typeof rows, 'total' | 'rowAt' | 'data'>>();
  const isNew = held?.queryKey !== queryKey || held.total !== total || held.rowAt !== rowAt || held.data !== data;
  if (total !== undefined && isNew) setHeld({ queryKey, total, rowAt, data });
  // a group that is opened or closed leaves the list in place until its lines have come
  const known = total === undefined && held?.queryKey === queryKey ? { ...rows, ...held } : { ...rows, queryKey };
  return { search, set, views, choose, layout, setLayout, all, columns, shown, rows: known, closed: isClosed, setClosed };
}
