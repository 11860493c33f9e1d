import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useWindow } from '../../data/use-window.ts';
import { recordPath } from '../../state/addresses.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { DataList } from '../../ui/data-list/data-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { itemColumns, withLineOn, type PlannerLine } from './item-columns.tsx';
import { useMoveActions } from './move-actions.ts';
import { askedFor, type PlannerView } from './planner-calendar.tsx';
import names from './planner.module.css';
import { useMoves } from './use-moves.ts';

const NO_SORT = [] as const;

/** The same touchpoints and meetings one after the other: what a screen reader, or a narrow window, reads best. */
export function PlannerList(view: PlannerView) {
  const navigate = useNavigate();
  const rows = useWindow('planner.items', askedFor(view));
  const [current, setCurrent] = useState<PlannerLine>();
  const { move, rowAt, error } = useMoves(rows, withLineOn);
  const columns = useMemo(() => itemColumns(view.timeZone), [view.timeZone]);
  const shift = useCallback(
    (days: number) => {
      if (current !== undefined && document.activeElement?.closest('[data-row]')) move(current, days);
    },
    [current, move],
  );
  useMoveActions(shift);
  const failure = rows.error ?? error;
  return (
    <>
      {failure && <Failure failure={failure} />}
      <div className={names.list}>
        <DataList
          label="What is planned"
          columns={columns}
          rows={{ ...rows, rowAt }}
          queryKey={rows.queryKey}
          sort={NO_SORT}
          onSort={() => undefined}
          onResize={() => undefined}
          onOpen={({ table, id }) => void navigate({ to: recordPath(table, id) })}
          onCurrent={setCurrent}
          recall={recallPlace}
          remember={rememberPlace}
          empty={
            <EmptyState icon="calendar" title="Nothing on these days">
              Touchpoints and meetings of these days stand here. Choose other days, or plan one in the calendar.
            </EmptyState>
          }
        />
      </div>
    </>
  );
}
