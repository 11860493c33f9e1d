import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { portfolioCondition, portfolioNarrowing, type PortfolioView } from '#shared/domain/portfolio/portfolio-views.ts';
import { useLive } from '../../data/use-live.ts';
import { useWindow } from '../../data/use-window.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { useLayout } from '../../state/layout.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ViewTabs } from '../../ui/view-tabs.tsx';
import { withPart } from '../common/list-search.ts';
import { useWorld } from '../common/use-form-world.ts';
import { ListBar } from '../records/list-bar.tsx';
import { ListFailures } from '../records/list-failures.tsx';
import { ListGrid } from '../records/list-grid.tsx';
import { useHeldRows } from '../records/use-held-rows.ts';
import { useListState, type ListPart } from '../records/use-list-state.ts';
import { useListWork } from '../records/use-list-work.ts';
import { ViewBar } from '../records/view-bar.tsx';
import { StartScreen } from '../start/start-screen.tsx';
import { Figures } from './figures.tsx';
import { OldDataNotice } from './old-data-notice.tsx';
import { Peek } from './peek.tsx';
import { PORTFOLIO_COLUMNS, PORTFOLIO_DEFAULT, type PortfolioLine, type PortfolioRow } from './portfolio-columns.tsx';
import { PORTFOLIO_VIEWS, type PortfolioSearch } from './portfolio-search.ts';
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
  const [current, setCurrent] = useState<PortfolioLine>();
  const { figuresClosed, setFiguresClosed } = useLayout();
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
  const view = search.view ?? 'active';
  const { stage, condition } = search;
  const whole = useMemo(() => portfolioCondition({ view, stage, condition }), [view, stage, condition]);
  const openView = useCallback(
    ({ condition: kept, ...arrangement }: ListPart) => {
      const { view: its, ...narrowing } = portfolioNarrowing(kept);
      set({ stage: undefined, condition: undefined, ...narrowing, ...arrangement, view: its === 'active' ? undefined : its });
    },
    [set],
  );
  const state = useListState({
    table: 'engagement',
    list: LIST,
    layoutKey: LIST,
    search,
    condition: whole,
    isBare: Object.keys(search).length === 0,
    set,
    open: openView,
    all: PORTFOLIO_COLUMNS,
    standard: PORTFOLIO_DEFAULT,
  });
  const { table: _table, ...question } = state.question;
  const rows = useHeldRows(useWindow('portfolio.list', question), state.queryKey);
  const count = rows.data?.count ?? 0;
  const work = useListWork(state, count);
  const refs = rows.data?.refs;
  const world = useWorld(refs);
  const onCurrent = useCallback((row: PortfolioRow | undefined) => setCurrent(row?.kind === 'row' ? row.line : undefined), []);

  const actions = useMemo<readonly Action[]>(
    () => [
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
        run: () => set({ sort: [{ field: 'healthChange', direction: 'up' }] }),
      },
    ],
    [set],
  );
  useActions(actions);

  const isFiltered = search.text !== undefined || search.condition !== undefined || search.stage !== undefined;
  const clear = () => set({ text: undefined, condition: undefined, stage: undefined });
  return (
    <FormWorldContext value={world}>
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
            {work.chosen === 0 && (
              <span role="status" className={names.quiet}>
                {rows.data !== undefined && plural(count, 'engagement')}
              </span>
            )}
            <ListBar
              state={state}
              work={work}
              count={count}
              refs={refs}
              isFiltered={isFiltered}
              onClear={clear}
              filterLabel="Filter by name or account"
            />
          </div>
        </div>
        {rows.error && <Failure failure={rows.error} />}
        <ListFailures work={work} />
        <ViewBar
          table="engagement"
          search={search}
          columns={PORTFOLIO_COLUMNS}
          onOpenConditions={() => work.setFiltering(true)}
          set={set}
        />
        <ListGrid<PortfolioRow>
          label="Engagements"
          state={state}
          work={work}
          rows={rows}
          onCurrent={onCurrent}
          peek={(row, onClose) => <Peek line={row.line} onClose={onClose} />}
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
      </Page>
    </FormWorldContext>
  );
}
