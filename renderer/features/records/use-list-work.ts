import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { tableOf } from '#shared/model/dictionary.ts';
import { useMay } from '../../data/use-me.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { plural as counted } from '../../ui/format.ts';
import type { BulkAction } from './bulk-dialog.tsx';
import { isMadeByHand } from './made-by-hand.ts';
import type { ListLine } from './record-columns.tsx';
import { useChoosing } from './use-choosing.ts';
import type { ListState } from './use-list-state.ts';
import { useTakeAway } from './use-take-away.ts';

/** What a person does in a list: choose rows, change, copy, export, make, filter by keys. `count`: rows that match. */
export function useListWork(state: ListState, count: number) {
  const { table, search, shown, paths } = state;
  const { plural, label } = tableOf(table);
  const navigate = useNavigate();
  const may = useMay();
  const [isFiltering, setFiltering] = useState(false);
  /** The field that the conditions are opened for. */
  const [filterBy, setFilterBy] = useState<string>();
  const [bulk, setBulk] = useState<BulkAction>();
  const filterBox = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { choosing, target, count: chosen } = useChoosing({ shown, count });
  const { copy, save, job } = useTakeAway();

  const can = {
    create: isMadeByHand(table) && may(table, 'create'),
    update: may(table, 'update'),
    close: may(table, 'close'),
    cancel: may(table, 'cancel'),
    reopen: may(table, 'reopen'),
    delete: may(table, 'delete'),
    export: may(table, 'export'),
  };
  const make = useCallback(() => void navigate({ to: '/records/$table/new', params: { table } }), [navigate, table]);
  const open = useCallback(
    (line: ListLine) => line.kind === 'row' && void navigate({ to: recordPath(table, line.row.id) }),
    [navigate, table],
  );
  const focusGrid = useCallback(() => grid.current?.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus(), []);
  const endBulk = () => {
    setBulk(undefined);
    // once the dialog is gone, back to where it was opened from
    requestAnimationFrame(focusGrid);
  };
  const everything = {
    ...(shown.condition === undefined ? {} : { condition: shown.condition }),
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
    if (!can.export) return;
    if (chosen > 0 || line?.kind !== 'row') return copyChosen();
    void copy({ ...taken, target: { ids: [line.row.id] } }, said);
  };

  const many = plural.toLowerCase();
  const { onAll } = choosing;
  const canBulk = chosen > 0 && can.update;
  const canMake = can.create;
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
      ...(canBulk
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
    [many, label, canMake, make, onAll, canBulk, focusGrid, setFiltering, setBulk],
  );
  useActions(actions);

  return {
    can,
    make,
    open,
    grid,
    filterBox,
    focusGrid,
    choosing,
    chosen,
    target,
    copyChosen,
    copyFrom,
    said,
    exportAs: (format: 'csv' | 'xlsx') => save(taken, format),
    exporting: job,
    bulk,
    setBulk,
    endBulk,
    isFiltering,
    filterBy,
    setFiltering: (opened: boolean) => {
      setFiltering(opened);
      if (!opened) setFilterBy(undefined);
    },
    /** Opens the conditions with a new one about this field. */
    filterByField: (path: string) => {
      setFilterBy(path);
      setFiltering(true);
    },
  };
}
export type ListWork = ReturnType<typeof useListWork>;
