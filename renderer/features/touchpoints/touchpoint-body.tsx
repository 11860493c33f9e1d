import { Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useLive } from '../../data/use-live.ts';
import { useMay } from '../../data/use-me.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Related } from '../common/related.tsx';
import { useRecordEditor } from '../common/use-record-editor.ts';
import { useWorld } from '../common/use-form-world.ts';
import { RecordFields, type BodyProps } from '../records/record-body.tsx';
import { DerivedFacts } from '../records/derived-facts.tsx';
import { EmailsTab } from './emails-tab.tsx';
import { MeetingsTab } from './meetings-tab.tsx';
import { SuccessTasksTab } from './success-tasks-tab.tsx';
import { isTouchpointTab, TOUCHPOINT_TABS, type TouchpointTab } from './touchpoint-tabs.ts';
import names from './touchpoints.module.css';

const route = getRouteApi('/records/$table/$id');
const ACCOUNT_FIELDS = ['name', 'industry', 'region', 'country', 'cadenceTier', 'owner', 'escalated', 'phone', 'website'] as const;
const ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);

/** The account of the touchpoint, edited in place. */
function AccountPane({ id }: { id: string }) {
  const { data, error } = useLive('records.get', { table: 'account', id });
  const world = useWorld(data?.refs);
  const editor = useRecordEditor('account', data?.row, data?.label ?? 'Account');
  const mayChange = useMay()('account', 'update');
  return (
    <FormWorldContext value={world}>
      <Section
        title="Account"
        actions={
          <a href={recordAddress('account', id)} aria-label="Open the account">
            Open
          </a>
        }
      >
        {error && !data && <Failure failure={error} />}
        {!data && !error && <SkeletonLines label="Loading the account" lines={6} />}
        {data && <RecordForm table="account" row={data.row} {...editor} fields={ACCOUNT_FIELDS} columns={1} locked={!mayChange} />}
      </Section>
    </FormWorldContext>
  );
}

/** How many records each tab has. */
function useCounts(id: string): Readonly<Record<string, number>> {
  const { data } = useLive('records.related', { table: 'touchpoint', id });
  const wanted = { meetings: ['meeting', 'touchpoint'], emails: ['email', 'touchpoint'], tasks: ['successTask', 'parent'] } as const;
  return Object.fromEntries(
    Object.entries(wanted).map(([tab, [table, field]]) => [
      tab,
      data?.lists.find((list) => list.table === table && list.field === field)?.count ?? 0,
    ]),
  );
}

/** TCH-01: a touchpoint's page – its account and its fields on the left, meetings, emails and success tasks beside them. */
export function TouchpointBody(props: BodyProps) {
  const { row, label, derived } = props;
  const { tab: asked } = route.useSearch();
  const tab: TouchpointTab = isTouchpointTab(asked) ? asked : 'meetings';
  const navigate = useNavigate();
  const counts = useCounts(row.id);
  const account = row['account'];
  const engagement = row['engagement'];
  const world = useLive('records.get', typeof engagement === 'string' ? { table: 'engagement', id: engagement } : undefined);
  useShowsEngagement(world.data?.row.id, world.data?.label);
  const { id } = row;
  const actions = useMemo<readonly Action[]>(
    () =>
      TOUCHPOINT_TABS.map(({ value, label: name, keys }) => ({
        id: `tab-${value}`,
        label: `Show ${name.toLowerCase()}`,
        group: 'This screen',
        icon: 'panel',
        keys,
        run: () => void navigate({ to: '/records/$table/$id', params: { table: 'touchpoint', id }, search: { tab: value }, replace: true }),
      })),
    [navigate, id],
  );
  useActions(actions);
  const hasEnded = ENDED.has(row['state']);
  const touchpoint = { id, label, hasEnded };
  return (
    <div className={names.around}>
      <div className={names.page}>
        <div className={names.stack}>
          <DerivedFacts table="touchpoint" derived={derived} />
          {hasEnded && (
            <p className={names.ended} role="note">
              This touchpoint has ended: what is scheduled stays, and nothing new can be scheduled, written or assigned in it. Reopen it for
              that.
            </p>
          )}
          <Tabs value={tab} keepMounted={false} onChange={(next) => actions.find((action) => action.id === `tab-${next ?? ''}`)?.run()}>
            <Tabs.List aria-label="Parts of the touchpoint">
              {TOUCHPOINT_TABS.map(({ value, label: name, keys }) => (
                <Tabs.Tab key={value} value={value} title={`${name} (${keys})`}>
                  {name} ({formatNumber(counts[value] ?? 0, 0)})
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="meetings" pt="sm">
              <MeetingsTab touchpoint={touchpoint} />
            </Tabs.Panel>
            <Tabs.Panel value="emails" pt="sm">
              <EmailsTab touchpoint={touchpoint} />
            </Tabs.Panel>
            <Tabs.Panel value="tasks" pt="sm">
              <SuccessTasksTab touchpoint={touchpoint} />
            </Tabs.Panel>
          </Tabs>
          <Section title="Related records">
            <Related table="touchpoint" id={id} label={label} />
          </Section>
        </div>
        <div className={names.stack}>
          {typeof account === 'string' && <AccountPane key={account} id={account} />}
          <RecordFields {...props} title="Details" columns={1} />
        </div>
      </div>
    </div>
  );
}
