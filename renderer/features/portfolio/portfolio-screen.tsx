import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useWindow } from '../../data/use-window.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { useColumnLayout, useLayout } from '../../state/layout.ts';
import { recallPlace, rememberPlace } from '../../state/places.ts';
import { useScreen } from '../../state/screen.ts';
import { ColumnsMenu } from '../../ui/data-list/columns-menu.tsx';
import { DataList } from '../../ui/data-list/data-list.tsx';
import { laidOut } from '../../ui/data-list/types.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ViewTabs } from '../../ui/view-tabs.tsx';
import { FilterButton } from '../common/filter-button.tsx';
import { withPart } from '../common/list-search.ts';
import { StartScreen } from '../start/start-screen.tsx';
import { Figures } from './figures.tsx';
import { OldDataNotice } from './old-data-notice.tsx';
import { Peek } from './peek.tsx';
import { PORTFOLIO_COLUMNS, PORTFOLIO_DEFAULT, type PortfolioLine } from './portfolio-columns.tsx';
import { PORTFOLIO_VIEWS, type PortfolioSearch, type PortfolioView } from './portfolio-search.ts';
import names from './portfolio.module.css';
import { StageHealth } from './stage-health.tsx';

const route = getRouteApi('/portfolio');
const LIST = 'portfolio';
// Object.keys loses the literal type of a constant object's keys
const VIEWS = Object.keys(PORTFOLIO_VIEWS) as readonly PortfolioView[];

/** The portfolio, or the ways to begin where there is nothing yet. */
export function PortfolioScreen() {
  const status = useWorkspace();
  return status?.empty === true ? <StartScreen /> : <Portfolio />;
}

/** DSH-01: the whole book – figures, health by stage, and the list to work through. */
function Portfolio() {
  const heading = useScreen('Portfolio');
  const search: PortfolioSearch = route.useSearch();
  const navigate = useNavigate();
  const overview = useLive('portfolio.overview', {}).data;
  const [peeked, setPeeked] = useState<PortfolioLine>();
  const [current, setCurrent] = useState<PortfolioLine>();
  const filterBox = useRef<HTMLInputElement>(null);
  const layout = useColumnLayout(LIST);
  const { setColumns, figuresClosed, setFiguresClosed } = useLayout();
  useShowsEngagement(current?.id, current?.title);

  const set = useCallback(
    (part: { readonly [K in keyof PortfolioSearch]?: PortfolioSearch[K] | undefined }) =>
      void navigate({
        from: '/portfolio',
        to: '/portfolio',
        search: (before: PortfolioSearch) => withPart<PortfolioSearch>(before, part),
        replace: true,
      }),
    [navigate],
  );
  const setText = useCallback((text: string) => set({ text }), [set]);

  const view = search.view ?? 'active';
  const rows = useWindow('portfolio.list', {
    view,
    ...(search.stage === undefined ? {} : { stage: search.stage }),
    ...(search.condition === undefined ? {} : { condition: search.condition }),
    ...(search.text === undefined ? {} : { search: search.text }),
    ...(search.sort === undefined ? {} : { sort: [...search.sort] }),
  });
  const columns = useMemo(() => laidOut(PORTFOLIO_COLUMNS, layout, PORTFOLIO_DEFAULT), [layout]);
  const shownKeys = columns.map((column) => column.key);
  const resize = useCallback(
    (key: string, width: number) => setColumns(LIST, { ...layout, widths: { ...layout.widths, [key]: width } }),
    [layout, setColumns],
  );
  const open = useCallback((line: PortfolioLine) => void navigate({ to: recordPath('engagement', line.id) }), [navigate]);
  const endPeek = useCallback(() => setPeeked(undefined), []);

  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'filter',
        label: 'Filter the portfolio',
        group: 'This screen',
        icon: 'filter',
        keys: '/',
        run: () => filterBox.current?.focus(),
      },
      ...VIEWS.map((value): Action => ({
        id: `view-${value}`,
        label: `Show ${PORTFOLIO_VIEWS[value].toLowerCase()}`,
        group: 'This screen',
        icon: 'list',
        run: () => set({ view: value }),
      })),
      {
        id: 'moved',
        label: 'Sort by change in 7 days',
        group: 'This screen',
        icon: 'opportunity',
        keys: 'm',
        words: 'moved dropped',
        run: () => set({ sort: [{ field: 'change7', direction: 'up' }] }),
      },
    ],
    [set],
  );
  useActions(actions);

  const isFiltered = search.text !== undefined || search.condition !== undefined || search.stage !== undefined;
  const clear = () => set({ text: undefined, condition: undefined, stage: undefined });
  return (
    <Page
      fixed
      title="Portfolio"
      headingRef={heading}
      note={overview && `as of ${formatDate(overview.asOf)}`}
      actions={
        <Button
          variant="subtle"
          aria-expanded={!figuresClosed}
          leftSection={<Icon name={figuresClosed ? 'chevronDown' : 'chevronUp'} size={14} />}
          onClick={() => setFiguresClosed(!figuresClosed)}
        >
          {figuresClosed ? 'Show figures' : 'Hide figures'}
        </Button>
      }
    >
      <OldDataNotice />
      {!figuresClosed && (
        <div className={names.top}>
          {overview ? (
            <>
              <Figures overview={overview} />
              <StageHealth stages={overview.byStage} chosen={search.stage} onChoose={(stage) => set({ stage })} />
            </>
          ) : (
            <SkeletonLines label="Loading the figures" lines={5} />
          )}
        </div>
      )}
      <div className={names.tools}>
        <ViewTabs
          label="Which engagements"
          value={view}
          onChange={(next) => set({ view: next === 'active' ? undefined : next })}
          views={VIEWS.map((value) => ({
            value,
            label: PORTFOLIO_VIEWS[value],
            count: overview?.views.find((known) => known.view === value)?.count,
          }))}
        />
        <div className={names.toolsEnd}>
          <span role="status" className={names.quiet}>
            {rows.total !== undefined && plural(rows.total, 'engagement')}
          </span>
          {isFiltered && <Button onClick={clear}>Clear filters</Button>}
          <FilterBox value={search.text ?? ''} onChange={setText} label="Filter by name or account" inputRef={filterBox} />
          <FilterButton list={LIST} table="engagement" condition={search.condition} onChange={(condition) => set({ condition })} />
          <ColumnsMenu columns={PORTFOLIO_COLUMNS} shown={shownKeys} layout={layout} onLayout={(next) => setColumns(LIST, next)} />
        </div>
      </div>
      {rows.error && <Failure failure={rows.error} />}
      <div className={names.work}>
        <div className={names.list}>
          <DataList
            label="Engagements"
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
            onCurrent={setCurrent}
            recall={recallPlace}
            remember={rememberPlace}
            empty={
              overview?.total === 0 ? (
                <EmptyState
                  icon="import"
                  title="There are no engagements yet"
                  actions={
                    <Button component="a" href="#/import" variant="filled">
                      Import files
                    </Button>
                  }
                >
                  Bring an export of your CRM as CSV or XLSX; Satchel makes an engagement for every account.
                </EmptyState>
              ) : (
                <EmptyState icon="filter" title="No engagement matches" actions={<Button onClick={clear}>Clear filters</Button>}>
                  {view === 'active'
                    ? 'Closed, cancelled and lost engagements are under “All”.'
                    : `Nothing is in “${PORTFOLIO_VIEWS[view]}” with these filters.`}
                </EmptyState>
              )
            }
          />
        </div>
        {peeked && <Peek line={peeked} onClose={endPeek} />}
      </div>
    </Page>
  );
}
