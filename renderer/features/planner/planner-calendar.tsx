import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import { CONTACT_PLANS } from '#shared/domain/cadence/contact-plans.ts';
import { addDays, isDate } from '#shared/util/calendar-days.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWindow } from '../../data/use-window.ts';
import type { Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { DataList } from '../../ui/data-list/data-list.tsx';
import type { ListHandle } from '../../ui/data-list/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate } from '../../ui/format.ts';
import { useMoveActions } from './move-actions.ts';
import { plannerColumns } from './planner-columns.tsx';
import { isOver, itemsOn, together, withItemsOn, type PlannerItem, type PlannerRow } from './planner-items.ts';
import type { PlannerSearch, Shown } from './planner-search.ts';
import type { ChangeSearch } from './planner-tools.tsx';
import names from './planner.module.css';
import { useDrag } from './use-drag.ts';
import { useMoves } from './use-moves.ts';

export type PlannerView = {
  readonly search: PlannerSearch;
  readonly shown: Shown;
  readonly today: string;
  readonly timeZone: string;
  readonly set: ChangeSearch;
};
const NO_SORT = [] as const;

/** What `planner.rows` and `planner.items` are asked for. */
export function askedFor({ search: { whose, text, type, priority, state }, shown }: Pick<PlannerView, 'search' | 'shown'>) {
  return {
    ...shown,
    ...(whose === undefined ? {} : { whose }),
    ...(text === undefined ? {} : { search: text }),
    ...(type === undefined ? {} : { type }),
    ...(priority === undefined ? {} : { priority }),
    ...(state === undefined ? {} : { state }),
  };
}

/** The day of the cell that the keyboard stands in. */
function dayOfFocus(): string | undefined {
  return document.activeElement?.querySelector<HTMLElement>('[data-day]')?.dataset['day'];
}

/** Engagements by days: items are dragged or moved by keys, days that are empty take a new one. */
export function PlannerCalendar(view: PlannerView) {
  const { search, shown, today, timeZone, set } = view;
  const navigate = useNavigate();
  const { by, due } = search;
  const rows = useWindow('planner.rows', {
    ...askedFor(view),
    ...(by === undefined ? {} : { sort: by }),
    ...(due === undefined ? {} : { due: true }),
  });
  // keys come faster than what is drawn: they mean the row that the keyboard is on
  const at = useRef<PlannerRow>(undefined);
  const handle = useRef<ListHandle>(null);
  const onCurrent = useCallback((row: PlannerRow | undefined) => {
    at.current = row;
  }, []);
  const plan = useCommand('today.plan');
  const { toastSaved } = useUndo();
  const { move, rowAt, error: moveError } = useMoves(rows, withItemsOn);
  const { from, days } = shown;
  const columns = useMemo(() => plannerColumns({ from, days, today, timeZone }), [from, days, today, timeZone]);

  const shift = useCallback(
    (by: number) => {
      const on = dayOfFocus();
      const current = at.current;
      if (current === undefined || on === undefined) return;
      const here = itemsOn(current, on);
      const item = here.find((one) => !isOver(one)) ?? here[0];
      if (item === undefined) return;
      move(item, by, together(current, item));
      // the keyboard goes with it, so that it can be moved on
      const to = addDays(on, by);
      if (to >= from && to <= addDays(from, days - 1)) handle.current?.toColumn(to);
    },
    [move, from, days],
  );
  const { run: runPlan } = plan;
  const create = useCallback(
    (row: PlannerRow | undefined, on: string | undefined) => {
      if (row === undefined || on === undefined) return;
      const { engagement } = row;
      // what is due is what is planned
      const contact = row.due?.contact ?? 'touch';
      runPlan({ kind: 'cadence', table: 'engagement', id: engagement.id, date: on, contact }, ({ changeSetId }) =>
        toastSaved(`Planned for ${formatDate(on)}: ${CONTACT_PLANS[contact].words} with ${engagement.label}`, changeSetId),
      );
    },
    [runPlan, toastSaved],
  );
  const more = useMemo<readonly Action[]>(
    () => [
      {
        id: 'planner-create',
        label: 'Plan a touchpoint on this day',
        group: 'This screen',
        icon: 'plus',
        keys: 'n',
        run: () => create(at.current, dayOfFocus()),
      },
    ],
    [create],
  );
  useMoveActions(shift, more);
  const drag = useDrag((row, id, by) => {
    const of = rowAt(row);
    const item = of?.items.find((one) => one.id === id);
    if (of && item) move(item, by, together(of, item));
  });

  const open = (table: 'engagement' | PlannerItem['table'], id: string) => void navigate({ to: recordPath(table, id) });
  const failure = rows.error ?? moveError ?? plan.error;
  const isFiltered = search.text !== undefined || search.type !== undefined || search.priority !== undefined || search.state !== undefined;
  return (
    <>
      {failure && <Failure failure={failure} />}
      <div className={`${names.list} ${names.calendar}`} {...drag}>
        <DataList
          label="Planner"
          columns={columns}
          rows={{ ...rows, rowAt }}
          queryKey={rows.queryKey}
          handle={handle}
          sort={NO_SORT}
          onSort={() => undefined}
          onResize={() => undefined}
          onOpen={(row, column) => {
            if (!isDate(column)) return open('engagement', row.engagement.id);
            const [item] = itemsOn(row, column);
            if (item) open(item.table, item.id);
            else create(row, column);
          }}
          onCurrent={onCurrent}
          recall={recallPlace}
          remember={rememberPlace}
          empty={
            isFiltered ? (
              <EmptyState icon="calendar" title="Nothing fits">
                No engagement has such touchpoints or meetings on these days. Choose other days, or{' '}
                <button
                  type="button"
                  className={names.link}
                  onClick={() => set({ text: undefined, type: undefined, priority: undefined, state: undefined })}
                >
                  clear the filters
                </button>
                .
              </EmptyState>
            ) : (
              <EmptyState icon="calendar" title="No engagement to plan">
                Active engagements stand here, with their touchpoints and meetings.
              </EmptyState>
            )
          }
        />
      </div>
    </>
  );
}
