import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { addDays } from '#shared/util/calendar-days.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWindow } from '../../data/use-window.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { useScreen } from '../../state/screen.ts';
import { DataList } from '../../ui/data-list/data-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { formatDate } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Page } from '../../ui/page.tsx';
import { ViewTabs } from '../../ui/view-tabs.tsx';
import { GapsDialog } from './gaps-dialog.tsx';
import { itemsOn, plannerColumns, type PlannerRow } from './planner-columns.tsx';
import { daysShown, SORTS, SPANS, stepped, type PlannerSearch, type PlannerSort, type Span, withPlannerPart } from './planner-search.ts';
import names from './planner.module.css';

const route = getRouteApi('/planner');
const NO_SORT = [] as const;
/** Columns before the first day. */
const BEFORE = 3;
const isSort = (value: string): value is PlannerSort => Object.hasOwn(SORTS, value);

/** TCH-06, T7: engagements with what is planned on each day and what is due; Alt and the arrow keys move it. */
export function PlannerScreen() {
  const heading = useScreen('Planner');
  const search: PlannerSearch = route.useSearch();
  const navigate = useNavigate();
  const status = useWorkspace();
  const today = status?.today ?? '1970-01-01';
  const timeZone = status?.settings.timeZone ?? 'UTC';
  const span: Span = search.span ?? 'week';
  const day = search.day ?? today;
  const { from, days } = daysShown(span, day);
  const whose = search.whose ?? 'mine';
  const rows = useWindow('planner.rows', {
    from,
    days,
    whose,
    ...(search.text === undefined ? {} : { search: search.text }),
    ...(search.by === undefined ? {} : { sort: search.by }),
    ...(search.due === undefined ? {} : { due: true }),
  });
  const [current, setCurrent] = useState<PlannerRow>();
  const [filling, setFilling] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const filterBox = useRef<HTMLInputElement>(null);
  const move = useCommand('planner.move');
  const plan = useCommand('today.plan');
  const { toastSaved } = useUndo();

  const set = useCallback(
    (part: { readonly [K in keyof PlannerSearch]?: PlannerSearch[K] | undefined }) =>
      void navigate({ to: '/planner', search: withPlannerPart(search, part), replace: true }),
    [navigate, search],
  );
  const columns = useMemo(() => plannerColumns({ from, days, span, today, timeZone }), [from, days, span, today, timeZone]);

  /** The day on which the keyboard stands. */
  const dayAt = useCallback((): string | undefined => {
    const cell = document.activeElement?.closest('[data-column]');
    if (!(cell instanceof HTMLElement) || list.current?.contains(cell) !== true) return undefined;
    const at = Number(cell.dataset['column']) - BEFORE;
    return at >= 0 && at < days ? addDays(from, at) : undefined;
  }, [from, days]);
  const { run: runMove } = move;
  const shift = useCallback(
    (by: number) => {
      const on = dayAt();
      const item = current && on !== undefined ? itemsOn(current, on)[0] : undefined;
      if (!item) return;
      runMove({ table: item.table, id: item.id, days: by }, ({ changeSetId, day: moved }) =>
        toastSaved(`Moved to ${formatDate(moved)}: ${item.label}`, changeSetId),
      );
    },
    [current, dayAt, runMove, toastSaved],
  );
  const { run: runPlan } = plan;
  const create = useCallback(() => {
    const on = dayAt();
    if (current === undefined || on === undefined) return;
    runPlan({ kind: 'cadence', table: 'engagement', id: current.engagement.id, date: on }, ({ changeSetId }) =>
      toastSaved(`Planned for ${formatDate(on)}: ${current.engagement.label}`, changeSetId),
    );
  }, [current, dayAt, runPlan, toastSaved]);

  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'planner-later',
        label: 'Move a day later',
        group: 'This screen',
        icon: 'chevronRight',
        keys: 'alt+arrowright',
        run: () => shift(1),
      },
      {
        id: 'planner-earlier',
        label: 'Move a day earlier',
        group: 'This screen',
        icon: 'chevronLeft',
        keys: 'alt+arrowleft',
        run: () => shift(-1),
      },
      {
        id: 'planner-week-later',
        label: 'Move a week later',
        group: 'This screen',
        icon: 'chevronDown',
        keys: 'alt+arrowdown',
        run: () => shift(7),
      },
      {
        id: 'planner-week-earlier',
        label: 'Move a week earlier',
        group: 'This screen',
        icon: 'chevronUp',
        keys: 'alt+arrowup',
        run: () => shift(-7),
      },
      { id: 'planner-create', label: 'Plan a touchpoint on this day', group: 'This screen', icon: 'plus', keys: 'n', run: create },
      { id: 'planner-gaps', label: 'Fill cadence gaps', group: 'This screen', icon: 'calendar', keys: 'c', run: () => setFilling(true) },
      { id: 'planner-today', label: 'Go to today', group: 'This screen', icon: 'calendar', keys: 't', run: () => set({ day: undefined }) },
      {
        id: 'planner-filter',
        label: 'Filter by name or account',
        group: 'This screen',
        icon: 'filter',
        keys: '/',
        run: () => filterBox.current?.focus(),
      },
    ],
    [shift, create, set],
  );
  useActions(actions);

  const failure = rows.error ?? move.error ?? plan.error;
  return (
    <Page
      fixed
      title="Planner"
      headingRef={heading}
      note={timeZone}
      actions={<Button onClick={() => setFilling(true)}>Fill cadence gaps</Button>}
    >
      <div className={names.tools}>
        <IconButton icon="chevronLeft" label={`Previous ${span}`} onClick={() => set({ day: stepped(span, day, -1) })} />
        <Button onClick={() => set({ day: undefined })}>Today</Button>
        <IconButton icon="chevronRight" label={`Next ${span}`} onClick={() => set({ day: stepped(span, day, 1) })} />
        <span className={names.range}>
          {formatDate(from)} – {formatDate(addDays(from, days - 1))}
        </span>
        <ViewTabs
          label="How much"
          value={span}
          onChange={(next) => set({ span: next === 'week' ? undefined : next })}
          // Object.entries loses the literal type of a constant object's keys
          views={Object.entries(SPANS).map(([value, label]) => ({ value: value as Span, label }))}
        />
        <div className={names.toolsEnd}>
          <Checkbox
            size="xs"
            label="Only what is due"
            checked={search.due === true}
            onChange={(event) => set({ due: event.currentTarget.checked ? true : undefined })}
          />
          <NativeSelect
            size="xs"
            aria-label="Sort by"
            value={search.by ?? 'title'}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (isSort(value)) set({ by: value === 'title' ? undefined : value });
            }}
            data={Object.entries(SORTS).map(([value, label]) => ({ value, label }))}
          />
          <FilterBox value={search.text ?? ''} onChange={(text) => set({ text })} label="Filter by name or account" inputRef={filterBox} />
        </div>
      </div>
      {failure && <Failure failure={failure} />}
      <div className={names.list} ref={list}>
        <DataList
          label="Planner"
          columns={columns}
          rows={rows}
          queryKey={rows.queryKey}
          sort={NO_SORT}
          onSort={() => undefined}
          onResize={() => undefined}
          onOpen={({ engagement }) => void navigate({ to: recordPath('engagement', engagement.id) })}
          onCurrent={setCurrent}
          recall={recallPlace}
          remember={rememberPlace}
          empty={
            <EmptyState icon="calendar" title="No engagement to plan">
              Active engagements stand here, with their touchpoints and meetings.
            </EmptyState>
          }
        />
      </div>
      <GapsDialog opened={filling} whose={whose} onClose={() => setFilling(false)} />
    </Page>
  );
}
