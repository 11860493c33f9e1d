import { Button, Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { ENGAGEMENT_STAGES, ENGAGEMENT_STATES, PERCEIVED_HEALTH } from '#shared/model/tables/engagement.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, currentActions, type Action } from '../../state/actions.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { useRecent } from '../../state/recent.ts';
import { useScreen } from '../../state/screen.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatDistance, formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { MoneySum } from '../../ui/money-sum.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { toastDone } from '../../ui/toast.ts';
import { Change, DueIn, PerceivedHealth } from '../common/cells.tsx';
import { Related } from '../common/related.tsx';
import { WriteMail } from '../mail/write-mail.tsx';
import { RecordActions } from '../common/record-actions.tsx';
import { useWorld } from '../common/use-form-world.ts';
import { WithPanel } from '../panel/panel.tsx';
import names from './engagement.module.css';
import { TABS, type EngagementTab } from './engagement-search.ts';
import { HealthTab } from './health-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';

const route = getRouteApi('/engagement/$id');

type Overview = Output<'engagement.overview'>;

const labelOf = (choices: Readonly<Record<string, string>>, value: string) => choices[value] ?? value;

function Strip({ overview, today }: { overview: Overview; today: string | undefined }) {
  const { line, tickets } = overview;
  const last = line.lastTouchpoint;
  return (
    <div className={names.strip}>
      <div className={names.score}>
        <BandChip band={line.band} score={line.health} size="large" absent={line.healthStatus === 'notScored' ? 'Not scored' : 'Unknown'} />
        <Sparkline values={line.trend} label="Health of the last six weeks" width={120} height={34} />
        <Change value={line.change7} />
      </div>
      <Facts
        facts={[
          {
            label: 'Perceived',
            value: <PerceivedHealth value={line.perceivedHealth} label={labelOf(PERCEIVED_HEALTH, line.perceivedHealth)} />,
          },
          { label: 'Contract value', value: <MoneySum of={line.contractValue} /> },
          {
            label: 'Next renewal',
            value: (
              <span className={names.due}>
                <DueIn date={line.renewalDate} days={line.daysToRenewal} />
              </span>
            ),
          },
          {
            label: 'Last touchpoint',
            value: last === undefined ? 'None yet' : `${formatDate(last)}${today === undefined ? '' : `, ${formatDistance(last, today)}`}`,
          },
          { label: 'Open risks', value: formatNumber(line.openRisks, 0) },
          {
            label: 'Open tickets',
            value: tickets.open === 0 ? 'None' : `${formatNumber(tickets.open, 0)}, ${formatNumber(tickets.openP1, 0)} with priority 1`,
          },
        ]}
      />
    </div>
  );
}

/** WSP-01, WSP-02: one engagement – what it is, how it is, who is in it, what happened. */
export function EngagementScreen() {
  const { id } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const navigate = useNavigate();
  const { data, error } = useLive('engagement.overview', { id });
  const overview = data?.line.id === id ? data : undefined;
  const title = overview?.line.title ?? 'Engagement';
  const heading = useScreen(title);
  const today = useWorkspace()?.today;
  const world = useWorld(overview?.refs);
  const refresh = useCommand('health.refresh');
  const opened = useRecent((state) => state.opened);
  useShowsEngagement(overview?.line.id, overview?.line.title);

  const label = overview?.line.title;
  const number = overview?.line.number;
  useEffect(() => {
    if (label !== undefined) opened({ table: 'engagement', id, label, number });
  }, [opened, id, label, number]);

  const show = (next: EngagementTab) =>
    void navigate({ to: '/engagement/$id', params: { id }, search: next === 'overview' ? {} : { tab: next }, replace: true });
  const { run: runRefresh } = refresh;
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'brief',
        label: 'Brief for a call',
        group: 'This screen',
        icon: 'template',
        keys: 'b',
        words: 'prepare meeting',
        run: () => void navigate({ to: '/brief/$id', params: { id } }),
      },
      ...TABS.map(({ value, label, keys }): Action => ({
        id: `tab-${value}`,
        label: `Show ${label.toLowerCase()}`,
        group: 'This screen',
        icon: 'panel',
        keys,
        run: () =>
          void navigate({ to: '/engagement/$id', params: { id }, search: value === 'overview' ? {} : { tab: value }, replace: true }),
      })),
      {
        id: 'refresh-health',
        label: 'Refresh health',
        group: 'This screen',
        icon: 'refresh',
        keys: 'r',
        run: () => runRefresh({ engagementId: id }, () => toastDone('Health was computed again.')),
      },
    ],
    [navigate, id, runRefresh],
  );
  useActions(actions);

  if (error && !overview) {
    return (
      <Page title="Engagement" headingRef={heading}>
        {error.code === 'not-found' ? (
          <EmptyState
            icon="engagement"
            title="This engagement is not here"
            actions={
              <Button component="a" href="#/portfolio">
                To the portfolio
              </Button>
            }
          >
            It was deleted, or the address is of another store. Undo (Ctrl+Z) brings a deletion back.
          </EmptyState>
        ) : (
          <Failure failure={error} />
        )}
      </Page>
    );
  }
  if (!overview) {
    return (
      <Page title="Engagement" headingRef={heading}>
        <SkeletonLines label="Loading the engagement" lines={8} />
      </Page>
    );
  }
  const { line, row } = overview;
  const logTouchpoint = () =>
    currentActions()
      .find((action) => action.id === 'log-touchpoint')
      ?.run();
  return (
    <FormWorldContext value={world}>
      <Page
        title={line.title}
        headingRef={heading}
        context={
          <>
            <a href={recordAddress('account', line.accountId)}>{line.account}</a>
            {line.number !== undefined && <span> · {line.number}</span>}
          </>
        }
        note={
          <span className={names.marks}>
            <span className={names.mark}>{labelOf(ENGAGEMENT_STAGES, line.stage)}</span>
            <span className={names.mark}>{labelOf(ENGAGEMENT_STATES, line.state)}</span>
            {line.escalated && <span className={names.escalated}>Escalated</span>}
          </span>
        }
        actions={
          <>
            <Button
              leftSection={<Icon name="refresh" size={14} />}
              loading={refresh.busy}
              title="Compute the health again now (R)"
              onClick={() => runRefresh({ engagementId: id }, () => toastDone('Health was computed again.'))}
            >
              Refresh health
            </Button>
            <WriteMail table="engagement" id={id} />
            <RecordActions table="engagement" row={row} label={line.title} />
          </>
        }
      >
        <Strip overview={overview} today={today} />
        {refresh.error && <Failure failure={refresh.error} />}
        <WithPanel table="engagement" row={row} label={line.title}>
          <Tabs value={tab} onChange={(next) => show(TABS.find(({ value }) => value === next)?.value ?? 'overview')} keepMounted={false}>
            <Tabs.List aria-label="Parts of the engagement">
              {TABS.map(({ value, label }) => (
                <Tabs.Tab key={value} value={value}>
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="overview" pt="sm">
              <OverviewTab overview={overview} onLogTouchpoint={logTouchpoint} />
            </Tabs.Panel>
            <Tabs.Panel value="health" pt="sm">
              <HealthTab engagementId={id} perceived={labelOf(PERCEIVED_HEALTH, line.perceivedHealth)} />
            </Tabs.Panel>
            <Tabs.Panel value="related" pt="sm">
              <Related table="engagement" id={id} label={line.title} />
            </Tabs.Panel>
          </Tabs>
        </WithPanel>
      </Page>
    </FormWorldContext>
  );
}
