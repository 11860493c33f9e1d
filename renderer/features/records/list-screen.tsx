import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { isTableName, tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useMay } from '../../data/use-me.ts';
import { useWindow } from '../../data/use-window.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { useColumnLayout, useLayout } from '../../state/layout.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { recordIcon } from '../../state/record-icons.ts';
import { useScreen } from '../../state/screen.ts';
import { ColumnsMenu } from '../../ui/data-list/columns-menu.tsx';
import { DataList } from '../../ui/data-list/data-list.tsx';
import { laidOut } from '../../ui/data-list/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { FilterButton } from '../common/filter-button.tsx';
import { withPart, type ListSearch } from '../common/list-search.ts';
import { useWorld } from '../common/use-form-world.ts';
import { isMadeByHand } from './made-by-hand.ts';
import { PeekRecord } from './peek-record.tsx';
import { defaultColumns, recordColumns, type ListedRecord } from './record-columns.tsx';
import names from './records.module.css';

const route = getRouteApi('/records/$table');

function RecordList({ table }: { table: TableName }) {
  const { plural, label, importable } = tableOf(table);
  const heading = useScreen(plural);
  const search: ListSearch = route.useSearch();
  const navigate = useNavigate();
  const [peeked, setPeeked] = useState<ListedRecord>();
  const filterBox = useRef<HTMLInputElement>(null);
  const list = `records ${table}`;
  const layout = useColumnLayout(list);
  const setColumns = useLayout((state) => state.setColumns);

  const set = useCallback(
    (part: { readonly [K in keyof ListSearch]?: ListSearch[K] | undefined }) =>
      void navigate({ to: '/records/$table', params: { table }, search: (before: ListSearch) => withPart(before, part), replace: true }),
    [navigate, table],
  );
  const setText = useCallback((text: string) => set({ text }), [set]);
  const rows = useWindow('records.list', {
    table,
    ...(search.condition === undefined ? {} : { condition: search.condition }),
    ...(search.text === undefined ? {} : { search: search.text }),
    ...(search.sort === undefined ? {} : { sort: [...search.sort] }),
  });
  const world = useWorld(rows.data?.refs);
  const all = useMemo(() => recordColumns(table), [table]);
  const columns = useMemo(() => laidOut(all, layout, defaultColumns(table)), [all, layout, table]);
  const resize = useCallback(
    (key: string, width: number) => setColumns(list, { ...layout, widths: { ...layout.widths, [key]: width } }),
    [list, layout, setColumns],
  );
  const open = useCallback(({ row }: ListedRecord) => void navigate({ to: recordPath(table, row.id) }), [navigate, table]);
  const endPeek = useCallback(() => setPeeked(undefined), []);
  const may = useMay();
  const canMake = isMadeByHand(table) && may(table, 'create');
  const make = useCallback(() => void navigate({ to: '/records/$table/new', params: { table } }), [navigate, table]);
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'filter',
        label: `Filter ${plural.toLowerCase()}`,
        group: 'This screen',
        icon: 'filter',
        keys: '/',
        run: () => filterBox.current?.focus(),
      },
      ...(canMake
        ? [{ id: 'new', label: `New ${label.toLowerCase()}`, group: 'This screen', icon: 'plus', keys: 'n', run: make } satisfies Action]
        : []),
    ],
    [plural, label, canMake, make],
  );
  useActions(actions);
  const isFiltered = search.text !== undefined || search.condition !== undefined;
  const clear = () => set({ text: undefined, condition: undefined });

  return (
    <FormWorldContext value={world}>
      <Page
        fixed
        title={plural}
        headingRef={heading}
        note={<span role="status">{rows.total !== undefined && formatNumber(rows.total, 0)}</span>}
        actions={
          <>
            {isFiltered && <Button onClick={clear}>Clear filters</Button>}
            <FilterBox value={search.text ?? ''} onChange={setText} label={`Filter ${plural.toLowerCase()}`} inputRef={filterBox} />
            <FilterButton
              list={table}
              table={table}
              refs={rows.data?.refs}
              condition={search.condition}
              onChange={(condition) => set({ condition })}
            />
            <ColumnsMenu columns={all} shown={columns.map(({ key }) => key)} layout={layout} onLayout={(next) => setColumns(list, next)} />
            {canMake && (
              <Button variant="filled" leftSection={<Icon name="plus" size={13} />} onClick={make} title={`New ${label.toLowerCase()} (N)`}>
                New
              </Button>
            )}
          </>
        }
      >
        {rows.error && <Failure failure={rows.error} />}
        <div className={names.work}>
          <div className={names.list}>
            <DataList
              label={plural}
              columns={columns}
              rows={rows}
              queryKey={rows.queryKey}
              sort={search.sort ?? []}
              onSort={(sort) => set({ sort })}
              onResize={resize}
              onOpen={open}
              onPeek={setPeeked}
              peeking={peeked !== undefined}
              onEndPeek={endPeek}
              recall={recallPlace}
              remember={rememberPlace}
              empty={
                isFiltered ? (
                  <EmptyState
                    icon="filter"
                    title={`No ${label.toLowerCase()} matches`}
                    actions={<Button onClick={clear}>Clear filters</Button>}
                  />
                ) : (
                  <EmptyState
                    icon={recordIcon(table)}
                    title={`There are no ${plural.toLowerCase()} yet`}
                    actions={
                      <>
                        {importable === true && (
                          <Button component="a" href="#/import" variant="filled">
                            Import files
                          </Button>
                        )}
                        {canMake && <Button onClick={make}>New {label.toLowerCase()}</Button>}
                      </>
                    }
                  >
                    {importable === true ? 'They come from your files, or are made one by one.' : undefined}
                  </EmptyState>
                )
              }
            />
          </div>
          {peeked && <PeekRecord table={table} id={peeked.row.id} label={peeked.label} onClose={endPeek} />}
        </div>
      </Page>
    </FormWorldContext>
  );
}

/** The list of any record type, as the dictionary describes it. */
export function ListScreen() {
  const { table } = route.useParams();
  if (isTableName(table)) return <RecordList key={table} table={table} />;
  return (
    <EmptyState
      title="There is no such list"
      actions={
        <Button component="a" href="#/records">
          All record types
        </Button>
      }
    />
  );
}
