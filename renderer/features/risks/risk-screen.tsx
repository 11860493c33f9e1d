import { Button, Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { isTableName } from '#shared/model/dictionary.ts';
import { ENGAGEMENT_STAGES } from '#shared/model/tables/engagement.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress, recordPath } from '../../state/addresses.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { useScreen } from '../../state/screen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { MoneySum } from '../../ui/money-sum.tsx';
import { Page } from '../../ui/page.tsx';
import { FormWorldContext } from '../../ui/record-form/form-world.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useRecordEditor } from '../common/use-record-editor.ts';
import { RecordActions } from '../common/record-actions.tsx';
import { useWorld } from '../common/use-form-world.ts';
import { WithPanel } from '../panel/panel.tsx';
import { choiceLabel, textIn } from './risk-columns.tsx';
import names from './risks.module.css';

const route = getRouteApi('/risks/$id');
type RiskPage = Output<'risk.page'>;

const dated = (date: string | undefined) => (date === undefined ? 'None' : formatDate(date));

function EngagementCard({ engagement }: { engagement: NonNullable<RiskPage['engagement']> }) {
  return (
    <Section title="Engagement" actions={<a href={recordAddress('engagement', engagement.id)}>Open</a>}>
      <Facts
        layout="column"
        facts={[
          { label: 'Title', value: <a href={recordAddress('engagement', engagement.id)}>{engagement.title}</a> },
          { label: 'Account', value: engagement.account },
          { label: 'Stage', value: choiceLabel(ENGAGEMENT_STAGES, engagement.stage) },
          { label: 'Health', value: engagement.health === undefined ? 'Unknown' : formatNumber(engagement.health, 0) },
          { label: 'Contract value', value: <MoneySum of={engagement.contractValue} /> },
          { label: 'Go-live', value: dated(engagement.goLiveDate) },
          { label: 'Next renewal', value: dated(engagement.renewalDate) },
          { label: 'Last touchpoint', value: dated(engagement.lastTouchpoint) },
        ]}
      />
    </Section>
  );
}

const figure = (value: unknown) => (typeof value === 'number' ? formatNumber(value, 2) : '—');

/** RSK-04, RSK-10: every period in which the cause was seen, with value, threshold and gap. */
function Occurrences({ rows }: { rows: RiskPage['occurrences'] }) {
  if (rows.length === 0)
    return (
      <EmptyState icon="history" title="No occurrences">
        A signal reported by hand has none; a rule adds one for every period in which it finds the cause.
      </EmptyState>
    );
  return (
    <div className={names.scroll} tabIndex={0} role="group" aria-label="Occurrences">
      <table className={names.table}>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Start</th>
            <th scope="col">End</th>
            <th scope="col" data-end>
              Value
            </th>
            <th scope="col" data-end>
              Threshold
            </th>
            <th scope="col" data-end>
              Gap
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{row.number ?? ''}</td>
              <td>{dated(textIn(row, 'startDate'))}</td>
              <td>{dated(textIn(row, 'endDate'))}</td>
              <td data-end>{figure(row['value'])}</td>
              <td data-end>{figure(row['threshold'])}</td>
              <td data-end>{figure(row['gap'])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RiskDetails({ id }: { id: string }) {
  const { data, error } = useLive('risk.page', { id });
  const shown = data?.row.id === id ? data : undefined;
  const navigate = useNavigate();
  const [tab, setTab] = useState<string | null>('details');
  const label = shown ? textIn(shown.row, 'shortDescription') : 'Risk';
  const heading = useScreen(label);
  const world = useWorld(shown?.refs);
  const editor = useRecordEditor('riskSignal', shown?.row, label);
  useShowsEngagement(shown?.engagement?.id, shown?.engagement?.title);
  const context = <a href="#/risks">Risks</a>;
  if (!shown) {
    return (
      <Page title="Risk" headingRef={heading} context={context}>
        {error?.code === 'not-found' ? (
          <EmptyState
            icon="risks"
            title="This risk is not here"
            actions={
              <Button component="a" href="#/risks">
                All risks
              </Button>
            }
          >
            It was deleted, or the address is of another store. Undo (Ctrl+Z) brings a deletion back.
          </EmptyState>
        ) : error ? (
          <Failure failure={error} />
        ) : (
          <SkeletonLines label="Loading the risk" lines={8} />
        )}
      </Page>
    );
  }
  return (
    <FormWorldContext value={world}>
      <Page
        title={label}
        headingRef={heading}
        context={
          <>
            {context} · {shown.row.number}
          </>
        }
        note={
          shown.value.length > 0 && (
            <>
              <MoneySum of={shown.value} /> at risk
            </>
          )
        }
        actions={<RecordActions table="riskSignal" row={shown.row} label={label} />}
      >
        <WithPanel table="riskSignal" row={shown.row} label={label}>
          <div className={names.page}>
            <div className={names.stack}>
              <Section title="Why it was raised">
                <p className={names.because}>{shown.because}</p>
              </Section>
              {shown.engagement && <EngagementCard engagement={shown.engagement} />}
            </div>
            <div className={names.stack}>
              <Tabs value={tab} onChange={setTab} keepMounted={false}>
                <Tabs.List aria-label="Parts of the risk">
                  <Tabs.Tab value="details">Details</Tabs.Tab>
                  <Tabs.Tab value="occurrences">Occurrences ({formatNumber(shown.occurrences.length, 0)})</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="details" pt="sm">
                  <Section title="Risk signal">
                    <RecordForm
                      table="riskSignal"
                      row={shown.row}
                      {...editor}
                      onOpenRecord={(table, other) => {
                        if (isTableName(table)) void navigate({ to: recordPath(table, other) });
                      }}
                    />
                  </Section>
                </Tabs.Panel>
                <Tabs.Panel value="occurrences" pt="sm">
                  <Section title="Occurrences" flush>
                    <Occurrences rows={shown.occurrences} />
                  </Section>
                </Tabs.Panel>
              </Tabs>
            </div>
          </div>
        </WithPanel>
      </Page>
    </FormWorldContext>
  );
}

/** RSK-10: one signal – why, what it threatens, how often it was seen, what happened to it. */
export function RiskScreen() {
  const { id } = route.useParams();
  return <RiskDetails key={id} id={id} />;
}
