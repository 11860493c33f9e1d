import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { tableOf } from '#shared/model/dictionary.ts';
import { ColumnsMenu } from '../../ui/data-list/columns-menu.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Reference } from '../../ui/reference.ts';
import { FilterButton } from '../common/filter-button.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { GroupSelect, MoreMenu } from './list-tools.tsx';
import type { ListState } from './use-list-state.ts';
import type { ListWork } from './use-list-work.ts';
import { ViewsMenu } from './views-menu.tsx';

type Props = {
  readonly state: ListState;
  readonly work: ListWork;
  /** Rows that match. */
  readonly count: number;
  readonly refs: Readonly<Record<string, Reference>> | undefined;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  /** What the words are looked for in, where it is more than the list's own. */
  readonly filterLabel?: string;
};

/** The tools of a list; while rows are chosen, what can be done with those. */
export function ListBar({ state, work, count, refs, isFiltered, onClear, filterLabel }: Props) {
  const { table, search, set, all, columns, layout, setLayout, setClosed } = state;
  const { label, plural } = tableOf(table);
  const setText = useCallback((text: string) => set({ text }), [set]);
  if (work.chosen > 0)
    return (
      <BulkBar
        table={table}
        can={work.can}
        count={work.chosen}
        total={count}
        onAll={work.choosing.onAll}
        onNone={work.choosing.onNone}
        onCopy={work.copyChosen}
        onAct={work.setBulk}
      />
    );
  const { state: exporting, cancel } = work.exporting;
  const progress = exporting.kind === 'running' ? exporting.progress : undefined;
  return (
    <>
      {isFiltered && <Button onClick={onClear}>Clear filters</Button>}
      <FilterBox
        value={search.text ?? ''}
        onChange={setText}
        label={filterLabel ?? `Filter ${plural.toLowerCase()}`}
        inputRef={work.filterBox}
        onLeave={work.focusGrid}
      />
      <FilterButton
        list={state.list}
        table={table}
        refs={refs}
        condition={search.condition}
        onChange={(condition) => set({ condition })}
        plain={{ opened: work.isFiltering, onOpened: work.setFiltering, startWith: work.filterBy }}
      />
      <GroupSelect columns={all} value={search.group} onChange={(group) => set({ group })} />
      <ViewsMenu state={state} />
      <ColumnsMenu columns={all} shown={columns.map(({ key }) => key)} layout={layout} onLayout={setLayout} />
      <MoreMenu
        isGrouped={search.group !== undefined}
        canTake={work.can.export}
        onCopy={work.copyChosen}
        onExport={work.exportAs}
        onFold={(isAll) => setClosed({ all: isAll, except: [] })}
        exporting={exporting.kind === 'running' ? { done: progress?.done ?? 0, total: progress?.total ?? 0, onCancel: cancel } : undefined}
      />
      {work.can.create && (
        <Button variant="filled" leftSection={<Icon name="plus" size={13} />} onClick={work.make} title={`New ${label.toLowerCase()} (N)`}>
          New
        </Button>
      )}
    </>
  );
}
