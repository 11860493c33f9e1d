import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { useMay } from '../../data/use-me.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { useScreen } from '../../state/screen.ts';
import { ColumnsMenu } from '../../ui/data-list/columns-menu.tsx';
import { DataList } from '../../ui/data-list/data-list.tsx';
import type { CellEditing, Grouping } from '../../ui/data-list/types.ts';
import { Failure } from '../../ui/failure.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { formatMonth, formatNumber, plural as counted } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { FilterButton } from '../common/filter-button.tsx';
import { useWorld } from '../common/use-form-world.ts';
import { BulkBar } from './bulk-bar.tsx';
import { BulkDialog, type BulkAction } from './bulk-dialog.tsx';
import { CellEditor, editableField } from './cell-editor.tsx';
import { ListEmpty } from './list-empty.tsx';
import { GroupSelect, MoreMenu } from './list-tools.tsx';
import { isMadeByHand } from './made-by-hand.ts';
import { PeekRecord } from './peek-record.tsx';
import type { ListedRecord, ListLine } from './record-columns.tsx';
import names from './records.module.css';
import { SavedViews } from './saved-views.tsx';
import { SumText } from './sum-text.tsx';
import { useChoosing } from './use-choosing.ts';
import { useRecordList } from './use-record-list.ts';
import { useTakeAway } from './use-take-away.ts';
import { ViewBar } from './view-bar.tsx';

const MONTH = /^\d{4}-\d{2}$/;

/** REC-36, REC-37: one record type as a list to work in. */
export function RecordList({ table }: { readonly table: TableName }) {
  const { plural, label } = tableOf(table);
  const heading = useScreen(plural);
  const navigate = useNavigate();
  const { search, set, views, choose, layout, setLayout, all, columns, shown, rows, closed, setClosed } = useRecordList(table);
  const [peeked, setPeeked] = useState<ListedRecord>();
  const [isFiltering, setFiltering] = useState(false);
  const [bulk, setBulk] = useState<BulkAction>();
  const filterBox = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const count = rows.data?.count ?? 0;
  const world = useWorld(rows.data?.refs);
  const { choosing, target, count: chosen } = useChoosing({ shown, count });
  const { copy, save, job } = useTakeAway();

  const setText = useCallback((text: string) => set({ text }), [set]);
  const resize = useCallback(
    (key: string, width: number) => setLayout({ ...layout, widths: { ...layout.widths, [key]: width } }),
    [layout, setLayout],
  );
  const open = useCallback(
    (line: ListLine) => line.kind === 'row' && void navigate({ to: recordPath(table, line.row.id) }),
    [navigate, table],
  );
  const peek = useCallback((line: ListLine) => setPeeked(line.kind === 'row' ? line : undefined), []);
  const endPeek = useCallback(() => setPeeked(undefined), []);
  const may = useMay();
  const canMake = isMadeByHand(table) && may(table, 'create');
  const canChange = may(table, 'update');
  const make = useCallback(() => void navigate({ to: '/records/$table/new', params: { table } }), [navigate, table]);
  const focusGrid = useCallback(() => grid.current?.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus(), []);

  const endBulk = () => {
    setBulk(undefined);
    // once the dialog is gone, back to where it was opened from
    requestAnimationFrame(focusGrid);
  };
  const paths = columns.map(({ path }, at) => (at === 0 ? 'label' : path));
  const everything = {
    ...(search.condition === undefined ? {} : { condition: search.condition }),
    ...(search.text === undefined ? {} : { search: search.text }),
  };
  const sort =
    search.group === undefined
      ? (search.sort ?? [])
      : [{ field: search.group, direction: 'up' as const }, ...(search.sort ?? [])].slice(0, 5);
  const taken = { table, target: chosen > 0 ? target : everything, sort, columns: paths };
  const said = (some: number) => counted(some, label.toLowerCase(), plural.toLowerCase());
  const copyChosen = () => void copy(taken, said);
  const copyFrom = (line: ListLine | undefined) => {
    if (chosen > 0 || line?.kind !== 'row') return copyChosen();
    void copy({ ...taken, target: { ids: [line.row.id] } }, said);
  };

  const fieldOf = (key: string) => columns.find((column) => column.key === key);
  const grouping = useMemo<Grouping<ListLine> | undefined>(() => {
    const by = all.find(({ path }) => path === shown.group);
    if (shown.group === undefined) return undefined;
    const isDay = by?.info.kind === 'date' || by?.info.kind === 'instant';
    return {
      headOf: (line) => {
        if (line.kind !== 'group') return undefined;
        const text =
          line.label === undefined
            ? `No ${(by?.title ?? 'value').toLowerCase()}`
            : isDay && MONTH.test(line.label)
              ? formatMonth(line.label)
              : line.label;
        return {
          label: text,
          count: line.count,
          closed: line.closed,
          sumOf: (key) => {
            const column = columns.find((one) => one.key === key);
            return column && <SumText sum={line.sums.find(({ field }) => field === column.path)} info={column.info} />;
          },
        };
      },
      onToggle: (line) => {
        if (line.kind !== 'group') return;
        const except = closed.except.includes(line.key) ? closed.except.filter((key) => key !== line.key) : [...closed.except, line.key];
        setClosed({ all: closed.all, except });
      },
    };
  }, [all, columns, shown.group, closed, setClosed]);

  const editing = useMemo<CellEditing<ListLine>>(
    () => ({
      canEdit: (line, key) => canChange && line.kind === 'row' && key !== columns[0]?.key && editableField(table, key) !== undefined,
      render: (line, key, onEnd) => {
        const field = editableField(table, key);
        if (line.kind !== 'row' || field === undefined) return null;
        return <CellEditor key={`${line.row.id} ${key}`} table={table} record={line} path={key} field={field} onEnd={onEnd} />;
      },
    }),
    [table, columns, canChange],
  );

  const many = plural.toLowerCase();
  const { onAll } = choosing;
  const hasChosen = chosen > 0;
  const actions = useMemo<readonly Action[]>(
    () => [
      { id: 'filter', label: `Filter ${many}`, group: 'This screen', icon: 'filter', keys: '/', run: () => filterBox.current?.focus() },
      { id: 'conditions', label: `Conditions of ${many}`, group: 'This screen', icon: 'filter', keys: 'f', run: () => setFiltering(true) },
      {
        id: 'choose-all',
        label: `Choose all ${many} that match`,
        group: 'This screen',
        icon: 'check',
        keys: 'ctrl+a',
        run: () => {
          onAll();
          focusGrid();
        },
      },
      ...(hasChosen
        ? [
            {
              id: 'bulk',
              label: `Change the chosen ${many}`,
              group: 'This screen',
              icon: 'pencil',
              keys: 'f2',
              run: () => setBulk({ kind: 'set' }),
            } satisfies Action,
          ]
        : []),
      ...(canMake
        ? [{ id: 'new', label: `New ${label.toLowerCase()}`, group: 'This screen', icon: 'plus', keys: 'n', run: make } satisfies Action]
        : []),
      { id: 'peek', label: 'Look at the row', group: 'This screen', keys: 'space', keysOnly: true, run: () => undefined },
      { id: 'choose', label: 'Choose the row', group: 'This screen', keys: 'x', keysOnly: true, run: () => undefined },
    ],
    [many, label, canMake, make, onAll, hasChosen, focusGrid],
  );
  useActions(actions);

  const isFiltered = search.text !== undefined || search.condition !== undefined;
  const clear = () => set({ text: undefined, condition: undefined });
  const running = job.state.kind === 'running' ? job.state.progress : undefined;
  return (
    <FormWorldContext value={world}>
      <Page
        fixed
        title={plural}
        headingRef={heading}
        note={<span role="status">{rows.data !== undefined && formatNumber(count, 0)}</span>}
        actions={
          chosen > 0 ? (
            <BulkBar
              table={table}
              count={chosen}
              total={count}
              onAll={choosing.onAll}
              onNone={choosing.onNone}
              onCopy={copyChosen}
              onAct={setBulk}
            />
          ) : (
            <>
              {isFiltered && <Button onClick={clear}>Clear filters</Button>}
              <FilterBox value={search.text ?? ''} onChange={setText} label={`Filter ${many}`} inputRef={filterBox} onLeave={focusGrid} />
              <FilterButton
                list={table}
                table={table}
                refs={rows.data?.refs}
                condition={search.condition}
                onChange={(condition) => set({ condition })}
                plain={{ opened: isFiltering, onOpened: setFiltering }}
              />
              <GroupSelect columns={all} value={search.group} onChange={(group) => set({ group })} />
              <SavedViews table={table} views={views ?? []} search={search} columns={columns.map(({ key }) => key)} onChoose={choose} />
              <ColumnsMenu columns={all} shown={columns.map(({ key }) => key)} layout={layout} onLayout={setLayout} />
              <MoreMenu
                isGrouped={search.group !== undefined}
                onCopy={copyChosen}
                onExport={(format) => save(taken, format)}
                onFold={(all_) => setClosed({ all: all_, except: [] })}
                exporting={
                  job.state.kind === 'running' ? { done: running?.done ?? 0, total: running?.total ?? 0, onCancel: job.cancel } : undefined
                }
              />
              {canMake && (
                <Button
                  variant="filled"
                  leftSection={<Icon name="plus" size={13} />}
                  onClick={make}
                  title={`New ${label.toLowerCase()} (N)`}
                >
                  New
                </Button>
              )}
            </>
          )
        }
      >
        {rows.error && <Failure failure={rows.error} />}
        {job.state.kind === 'failed' && job.state.error.code !== 'cancelled' && <Failure failure={job.state.error} />}
        <ViewBar table={table} search={search} columns={all} onOpenConditions={() => setFiltering(true)} set={set} />
        <div className={names.work}>
          <div className={names.list} ref={grid}>
            <DataList
              label={plural}
              columns={columns}
              rows={rows}
              queryKey={rows.queryKey}
              sort={search.sort ?? []}
              onSort={(next) => set({ sort: next })}
              onResize={resize}
              onOpen={open}
              onPeek={peek}
              peeking={peeked !== undefined}
              onEndPeek={endPeek}
              recall={recallPlace}
              remember={rememberPlace}
              choosing={choosing}
              grouping={grouping}
              editing={editing}
              onEditChosen={(field) => setBulk({ kind: 'set', field })}
              onCopy={copyFrom}
              foot={{
                title: said(count),
                sumOf: (key) => {
                  const column = fieldOf(key);
                  return column && <SumText sum={rows.data?.sums.find(({ field }) => field === column.path)} info={column.info} />;
                },
              }}
              empty={<ListEmpty table={table} isFiltered={isFiltered} onClear={clear} onMake={canMake ? make : undefined} />}
            />
          </div>
          {peeked && <PeekRecord table={table} id={peeked.row.id} label={peeked.label} onClose={endPeek} />}
        </div>
        {bulk && (
          <BulkDialog
            table={table}
            target={target}
            count={chosen}
            action={bulk}
            onClose={endBulk}
            onDone={() => {
              endBulk();
              choosing.onNone();
            }}
          />
        )}
      </Page>
    </FormWorldContext>
  );
}
