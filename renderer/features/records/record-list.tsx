import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useWindow } from '../../data/use-window.ts';
import { useScreen } from '../../state/screen.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { withPart, type ListSearch } from '../common/list-search.ts';
import { useWorld } from '../common/use-form-world.ts';
import { ListBar } from './list-bar.tsx';
import { ListEmpty } from './list-empty.tsx';
import { ListFailures } from './list-failures.tsx';
import { ListGrid } from './list-grid.tsx';
import { PeekRecord } from './peek-record.tsx';
import { defaultColumns, recordColumns } from './record-columns.tsx';
import { useHeldRows } from './use-held-rows.ts';
import { useListState, type ListPart } from './use-list-state.ts';
import { useListWork } from './use-list-work.ts';
import { ViewBar } from './view-bar.tsx';

const route = getRouteApi('/records/$table');

/** REC-36, REC-37: one record type as a list to work in. */
export function RecordList({ table }: { readonly table: TableName }) {
  const { plural } = tableOf(table);
  const heading = useScreen(plural);
  const search: ListSearch = route.useSearch();
  const navigate = useNavigate();
  const set = useCallback(
    (part: ListPart) =>
      void navigate({ to: '/records/$table', params: { table }, search: (before: ListSearch) => withPart(before, part), replace: true }),
    [navigate, table],
  );
  const all = useMemo(() => recordColumns(table), [table]);
  const standard = useMemo(() => defaultColumns(table), [table]);
  const state = useListState({
    table,
    list: table,
    layoutKey: `records ${table}`,
    search,
    condition: search.condition,
    isBare: Object.keys(search).length === 0,
    set,
    open: set,
    all,
    standard,
  });
  const rows = useHeldRows(useWindow('records.lines', state.question), state.queryKey);
  const count = rows.data?.count ?? 0;
  const work = useListWork(state, count);
  const refs = rows.data?.refs;
  const world = useWorld(refs);
  const isFiltered = search.text !== undefined || search.condition !== undefined;
  const clear = () => set({ text: undefined, condition: undefined });
  return (
    <FormWorldContext value={world}>
      <Page
        fixed
        title={plural}
        headingRef={heading}
        note={<span role="status">{rows.data !== undefined && formatNumber(count, 0)}</span>}
        actions={<ListBar state={state} work={work} count={count} refs={refs} isFiltered={isFiltered} onClear={clear} />}
      >
        {rows.error && <Failure failure={rows.error} />}
        <ListFailures work={work} />
        <ViewBar table={table} search={search} columns={all} onOpenConditions={() => work.setFiltering(true)} set={set} />
        <ListGrid
          label={plural}
          state={state}
          work={work}
          rows={rows}
          peek={(line, onClose) => <PeekRecord table={table} id={line.row.id} label={line.label} onClose={onClose} />}
          empty={<ListEmpty table={table} isFiltered={isFiltered} onClear={clear} onMake={work.can.create ? work.make : undefined} />}
        />
      </Page>
    </FormWorldContext>
  );
}
