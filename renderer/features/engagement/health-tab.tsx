import { Button, SegmentedControl } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatFixed, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { WEEKS } from './engagement-search.ts';
import { weekChange } from './explanation-words.ts';
import names from './health.module.css';
import { Indicators } from './indicators.tsx';

const route = getRouteApi('/engagement/$id');
const HistoryChart = lazy(async () => ({ default: (await import('./history-chart.tsx')).HistoryChart }));

type Props = { readonly engagementId: string; readonly perceived: string };

/** WSP-02, HLT-03, HLT-04, HLT-07: the score, its history, and how it comes about. */
export function HealthTab({ engagementId, perceived }: Props) {
  const { weeks = 12 } = route.useSearch();
  const navigate = useNavigate();
  const explained = useLive('health.explain', { engagementId });
  const history = useLive('health.history', { engagementId, weeks });
  const bands = useLive('records.list', {
    table: 'colourBand',
    condition: { field: 'type', op: 'is', value: 'global' },
    window: { offset: 0, limit: 50 },
  });
  const [asTable, setAsTable] = useState(false);
  const explanation = explained.data;
  const choose = (value: string) => {
    const chosen = WEEKS.find((known) => String(known) === value) ?? 12;
    void navigate({
      to: '/engagement/$id',
      params: { id: engagementId },
      search: chosen === 12 ? { tab: 'health' } : { tab: 'health', weeks: chosen },
      replace: true,
    });
  };
  if (explained.error && !explanation) return <Failure failure={explained.error} />;
  return (
    <div className={names.tab}>
      <div className={names.top}>
        <Section title="Health score" note={explanation && `on ${formatDate(explanation.asOf)}`}>
          {explanation ? (
            <div className={names.scoreBody}>
              <BandChip
                band={explanation.band}
                score={explanation.rounded}
                size="large"
                absent={explanation.status === 'notScored' ? 'Not scored' : 'Unknown'}
              />
              {explanation.status === 'known' && explanation.score !== undefined && (
                <p className={names.exact}>exactly {formatNumber(explanation.score, 4)}</p>
              )}
              {explanation.status === 'unknown' && (
                <p>
                  Only {formatNumber(explanation.coverage, 0)} % of the weights have a value; 50 % are needed. Missing:{' '}
                  {explanation.missing.join(', ')}.
                </p>
              )}
              {explanation.status === 'notScored' && (
                <p>
                  No published health definition applies to this engagement. <a href="#/definitions">To the definitions</a>
                </p>
              )}
              <dl className={names.facts}>
                {explanation.definition !== undefined && explanation.definitionId !== undefined && (
                  <div>
                    <dt>Definition</dt>
                    <dd>
                      <a href={recordAddress('healthDefinition', explanation.definitionId)}>{explanation.definition}</a>
                    </dd>
                  </div>
                )}
                <div>
                  <dt>Coverage</dt>
                  <dd>{formatNumber(explanation.coverage, 1)} % of the weights have a value</dd>
                </div>
                {explanation.missing.length > 0 && explanation.status === 'known' && (
                  <div>
                    <dt>Missing</dt>
                    <dd>{explanation.missing.join(', ')}</dd>
                  </div>
                )}
                <div>
                  <dt>A week before</dt>
                  <dd>{explanation.previous?.score === undefined ? 'Not known' : formatFixed(explanation.previous.score, 1)}</dd>
                </div>
                <div>
                  <dt>Perceived</dt>
                  <dd>{perceived} – set by a person, never part of the score</dd>
                </div>
              </dl>
            </div>
          ) : (
            <SkeletonLines label="Loading the score" lines={5} />
          )}
        </Section>
        <Section
          title="History"
          note="at the end of each week"
          actions={
            <>
              <Button size="compact-sm" variant="subtle" onClick={() => setAsTable(!asTable)}>
                {asTable ? 'As a chart' : 'As a table'}
              </Button>
              <SegmentedControl
                aria-label="How many weeks"
                data={WEEKS.map((value) => ({ value: String(value), label: `${value} weeks` }))}
                value={String(weeks)}
                onChange={choose}
              />
            </>
          }
        >
          <div className={names.chartFrame}>
            {history.data ? (
              <Suspense fallback={<SkeletonLines label="Loading the chart" lines={6} />}>
                <HistoryChart weeks={history.data.weeks} bands={(bands.data?.rows ?? []).map(({ row }) => row)} asTable={asTable} />
              </Suspense>
            ) : (
              <SkeletonLines label="Loading the history" lines={6} />
            )}
          </div>
        </Section>
      </div>
      {explanation && explanation.metrics.length > 0 && (
        <>
          <Section title="Indicators" note="sort by any column; open one to see what was counted" flush>
            <Indicators metrics={explanation.metrics} score={explanation.score} />
          </Section>
          <div className={names.two}>
            <Section title="How the score comes about">
              <p className={names.formula}>{explanation.formula}</p>
              <p className={names.hint}>
                Each indicator’s score is its attainment of the target, 0 to 100. What it adds is its score times its share of the weights
                that have a value; the parts add up to the score.
              </p>
            </Section>
            <Section title="Since last week">
              <ul className={names.changes}>
                {weekChange(explanation).map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </Section>
          </div>
        </>
      )}
    </div>
  );
}
