import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { Condition } from '#shared/model/condition.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWindow } from '../../data/use-window.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { useColumnLayout, useLayout } from '../../state/layout.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { useScreen } from '../../state/screen.ts';
import { ColumnsMenu } from '../../ui/data-list/columns-menu.tsx';
import { DataList } from '../../ui/data-list/data-list.tsx';
import { laidOut } from '../../ui/data-list/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { MoneySum } from '../../ui/money-sum.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { toastDone } from '../../ui/toast.ts';
import { ViewTabs } from '../../ui/view-tabs.tsx';
import { FilterButton } from '../common/filter-button.tsx';
import { withPart } from '../common/list-search.ts';
import { DismissDialog } from './dismiss-dialog.tsx';
import { RISK_COLUMNS, RISK_DEFAULT, textIn, type RiskLine } from './risk-columns.tsx';
import { RiskParts } from './risk-parts.tsx';
import { RISK_VIEWS, type RiskSearch, type RiskView } from './risk-search.ts';
import names from './risks.module.css';

const route = getRouteApi('/risks');
const LIST = 'risks';
// Object.keys loses the literal type of a constant object's keys
const VIEWS = Object.keys(RISK_VIEWS) as readonly RiskView[];

function conditionOf({ condition, part, value }: RiskSearch): Condition | undefined {
  const picture: Condition | undefined =
    part === undefined || value === undefined
      ? undefined
      : value === ''
        ? { field: part, op: 'isEmpty' }
        : { field: part, op: 'is', value };
  if (picture === undefined) return condition;
  return condition === undefined ? picture : { all: [picture, condition] };
}

/** DSH-02, T5: every open signal, what it puts at risk, and the list to work through. */
export function RisksScreen() {
  const heading = useScreen('Risks');
  const search: RiskSearch = route.useSearch();
  const navigate = useNavigate();
  const overview = useLive('risk.overview', {}).data;
  const [current, setCurrent] = useState<RiskLine>();
  const [dismissed, setDismissed] = useState<RiskLine>();
  const layout = useColumnLayout(LIST);
  const setColumns = useLayout((state) => state.setColumns);
  const analyse = useCommand('risk.analyse');
  const update = useCommand('records.update');
  const { toastSaved } = useUndo();

  const set = useCallback(
    (part: { readonly [K in keyof RiskSearch]?: RiskSearch[K] | undefined }) =>
      void navigate({ from: '/risks', to: '/risks', search: (before: RiskSearch) => withPart<RiskSearch>(before, part), replace: true }),
    [navigate],
  );
  const view = search.view ?? 'all';
  const condition = conditionOf(search);
  const rows = useWindow('risk.list', { view, ...(condition && { condition }), ...(search.sort && { sort: [...search.sort] }) });
  const columns = useMemo(() => laidOut(RISK_COLUMNS, layout, RISK_DEFAULT), [layout]);
  const resize = useCallback(
    (key: string, width: number) => setColumns(LIST, { ...layout, widths: { ...layout.widths, [key]: width } }),
    [layout, setColumns],
  );
  const open = useCallback(({ row }: RiskLine) => void navigate({ to: recordPath('riskSignal', row.id) }), [navigate]);

  const { run: runAnalyse } = analyse;
  const { run: runUpdate } = update;
  const evaluate = useCallback(
    () =>
      runAnalyse({}, ({ opened, occurrences, evaluated }) =>
        toastDone(
          `${plural(evaluated, 'definition')} evaluated: ${plural(opened, 'new risk')}, ${plural(occurrences, 'further occurrence')}.`,
        ),
      ),
    [runAnalyse],
  );
  const accept = useCallback(() => {
    const line = current;
    if (!line || line.row['state'] !== 'new') return;
    runUpdate({ table: 'riskSignal', id: line.row.id, patch: { state: 'active' }, baseRev: line.row.rev }, ({ changeSetId }) =>
      toastSaved(`Accepted ${textIn(line.row, 'shortDescription')}`, changeSetId),
    );
  }, [current, runUpdate, toastSaved]);

  const actions = useMemo<readonly Action[]>(
    () => [
      { id: 'risk-accept', label: 'Accept this risk', group: 'This screen', icon: 'check', keys: 'a', run: accept },
      {
        id: 'risk-dismiss',
        label: 'Dismiss this risk',
        group: 'This screen',
        icon: 'close',
        keys: 'd',
        run: () => setDismissed(current),
      },
      { id: 'risk-evaluate', label: 'Evaluate risks now', group: 'This screen', icon: 'refresh', words: 'analyse', run: evaluate },
      {
        id: 'risk-new',
        label: 'Report a risk',
        group: 'This screen',
        icon: 'plus',
        keys: 'n',
        run: () => void navigate({ to: '/records/$table/new', params: { table: 'riskSignal' } }),
      },
      ...VIEWS.map((value): Action => ({
        id: `risks-${value}`,
        label: `Show ${RISK_VIEWS[value].toLowerCase()}`,
        group: 'This screen',
        icon: 'list',
        run: () => set({ view: value }),
      })),
    ],
    [accept, current, evaluate, navigate, set],
  );
  useActions(actions);

  const isFiltered = search.condition !== undefined || search.part !== undefined;
  const clear = () => set({ condition: undefined, part: undefined, value: undefined });
  const failure = analyse.error ?? update.error ?? rows.error;
  const shownValue = overview?.views.find((known) => known.view === view)?.value;
  return (
    <Page
      fixed
      title="Risks"
      headingRef={heading}
      actions={
        <>
          <Button onClick={evaluate} loading={analyse.busy}>
            Evaluate now
          </Button>
          <Button component="a" href="#/records/riskSignal/new" variant="filled">
            Report a risk
          </Button>
        </>
      }
    >
      <div className={names.top}>
        {overview ? (
          <>
            <p className={names.figures}>
              <span>
                <strong>{formatNumber(overview.open, 0)}</strong> open {overview.open === 1 ? 'signal' : 'signals'}
              </span>
              <span>
                <strong>
                  <MoneySum of={overview.value} />
                </strong>{' '}
                contract value at risk
              </span>
            </p>
            <RiskParts
              overview={overview}
              chosen={search.part !== undefined && search.value !== undefined ? { part: search.part, value: search.value } : undefined}
              onChoose={(part, value) => set(value === undefined ? { part: undefined, value: undefined } : { part, value })}
            />
          </>
        ) : (
          <SkeletonLines label="Loading the figures" lines={5} />
        )}
      </div>
      <div className={names.tools}>
        <ViewTabs
          label="Which risks"
          value={view}
          onChange={(next) => set({ view: next === 'all' ? undefined : next })}
          views={VIEWS.map((value) => ({
            value,
            label: RISK_VIEWS[value],
            count: overview?.views.find((known) => known.view === value)?.count,
          }))}
        />
        <div className={names.toolsEnd}>
          <span role="status" className={names.quiet}>
            {rows.total !== undefined && plural(rows.total, 'risk')}
            {rows.total !== undefined && shownValue && !isFiltered && (
              <>
                , <MoneySum of={shownValue} short />
              </>
            )}
          </span>
          {isFiltered && <Button onClick={clear}>Clear filters</Button>}
          <FilterButton list="risks" table="riskSignal" condition={search.condition} onChange={(next) => set({ condition: next })} />
          <ColumnsMenu
            columns={RISK_COLUMNS}
            shown={columns.map((column) => column.key)}
            layout={layout}
            onLayout={(next) => setColumns(LIST, next)}
          />
        </div>
      </div>
      {failure && <Failure failure={failure} />}
      <div className={names.list}>
        <DataList
          label="Risk signals"
          columns={columns}
          rows={rows}
          queryKey={rows.queryKey}
          sort={search.sort ?? []}
          onSort={(sort) => set({ sort })}
          onResize={resize}
          onOpen={open}
          onCurrent={setCurrent}
          recall={recallPlace}
          remember={rememberPlace}
          empty={
            overview?.open === 0 ? (
              <EmptyState icon="risks" title="No open risks" actions={<Button onClick={evaluate}>Evaluate now</Button>}>
                Risks open by themselves when a published risk definition finds a cause. Nothing was found as of today.
              </EmptyState>
            ) : (
              <EmptyState icon="filter" title="No risk matches" actions={<Button onClick={clear}>Clear filters</Button>}>
                Nothing is in “{RISK_VIEWS[view]}” with these filters.
              </EmptyState>
            )
          }
        />
      </div>
      {dismissed && <DismissDialog row={dismissed.row} onClose={() => setDismissed(undefined)} />}
    </Page>
  );
}
