import { Fragment, useState } from 'react';
import { isTableName } from '#shared/model/dictionary.ts';
import { recordAddress } from '../../state/addresses.ts';
import { apportion } from '../../ui/apportion.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import { formatDate, formatFixed, formatNumber, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Change } from '../common/cells.tsx';
import { missingWords, type MetricPart } from './explanation-words.ts';
import { sortedMetrics, type IndicatorSort, type IndicatorSortKey } from './indicator-sort.ts';
import names from './health.module.css';

const HEADS: readonly { key: IndicatorSortKey; label: string; end?: true }[] = [
  { key: 'source', label: 'Indicator' },
  { key: 'value', label: 'Value', end: true },
  { key: 'target', label: 'Target', end: true },
  { key: 'gap', label: 'Gap', end: true },
  { key: 'score', label: 'Score', end: true },
  { key: 'weight', label: 'Weight', end: true },
  { key: 'part', label: 'Adds', end: true },
  { key: 'change', label: 'Since last week', end: true },
  { key: 'age', label: 'Data', end: true },
];

const withUnit = (value: number, unit: string | undefined) => `${formatNumber(value, 2)}${unit === undefined ? '' : ` ${unit}`}`;

function Inputs({ metric }: { metric: MetricPart }) {
  const how = metric.aggregate === 'average' ? 'Average' : 'Sum';
  return (
    <div className={names.inputs}>
      <p>
        {how} of the newest value of {plural(metric.inputCount, 'source record')};{' '}
        {metric.direction === 'maximise' ? 'the higher the better' : 'the lower the better'}.
        {metric.inputCount > metric.inputs.length && ` The first ${metric.inputs.length} are shown.`}
      </p>
      <ul>
        {metric.inputs.map((input) => (
          <li key={`${input.table} ${input.id}`}>
            {isTableName(input.table) ? <a href={recordAddress(input.table, input.id)}>{input.label}</a> : input.label}
            <span className={names.inputValue}>{withUnit(input.value, metric.unit)}</span>
            <span className={names.quiet}>{formatDate(input.end)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** HLT-04, HLT-07: every indicator with its figures; what they add is the score to the last shown digit. */
export function Indicators({ metrics, score }: { metrics: readonly MetricPart[]; score: number | undefined }) {
  const [sort, setSort] = useState<IndicatorSort>({ key: 'weight', down: true });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const shownParts = apportion(
    metrics.map((metric) => metric.part ?? 0),
    score ?? 0,
    2,
  );
  const partOf = new Map(metrics.map((metric, index) => [metric.metricId, shownParts[index] ?? 0]));
  const sortBy = (key: IndicatorSortKey) => setSort((before) => ({ key, down: before.key === key ? !before.down : key !== 'source' }));
  const toggle = (id: string) =>
    setOpen((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]));
  const weights = metrics.reduce((sum, metric) => sum + metric.weight, 0);
  return (
    <div className={names.scroll} tabIndex={0} role="region" aria-label="Table of indicators">
      <table className={names.table}>
        <thead>
          <tr>
            {HEADS.map(({ key, label, end }) => (
              <th key={key} scope="col" data-end={end} aria-sort={sort.key === key ? (sort.down ? 'descending' : 'ascending') : 'none'}>
                <button type="button" className={names.sorter} onClick={() => sortBy(key)}>
                  {label}
                  {sort.key === key && <Icon name={sort.down ? 'arrowDown' : 'arrowUp'} size={11} />}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sortedMetrics(metrics, sort).map((metric) => {
            const isOpen = open.has(metric.metricId);
            const isMissing = metric.score === undefined;
            return (
              <Fragment key={metric.metricId}>
                <tr data-missing={isMissing || undefined}>
                  <th scope="row">
                    <button type="button" className={names.opener} aria-expanded={isOpen} onClick={() => toggle(metric.metricId)}>
                      <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={14} />
                      {metric.source}
                    </button>
                  </th>
                  <td>
                    {metric.value === undefined ? (
                      <span className={names.missing}>{missingWords(metric)}</span>
                    ) : (
                      <span className={names.banded}>
                        {metric.band && <BandChip band={metric.band} />}
                        {withUnit(metric.value, metric.unit)}
                      </span>
                    )}
                  </td>
                  <td>
                    {metric.direction === 'maximise' ? '≥ ' : '≤ '}
                    {withUnit(metric.target, metric.unit)}
                  </td>
                  <td>{metric.gapPercent === undefined ? '—' : `${formatNumber(metric.gapPercent, 1)} %`}</td>
                  <td>{metric.score === undefined ? '—' : formatFixed(metric.score, 1)}</td>
                  <td>{formatNumber(metric.weight, 2)} %</td>
                  <td>{isMissing ? '—' : formatFixed(partOf.get(metric.metricId) ?? 0, 2)}</td>
                  <td>
                    <Change
                      value={
                        metric.score === undefined || metric.previousScore === undefined ? undefined : metric.score - metric.previousScore
                      }
                    />
                  </td>
                  <td>{metric.ageDays === undefined ? '—' : metric.ageDays === 0 ? 'today' : `${plural(metric.ageDays, 'day')} old`}</td>
                </tr>
                {isOpen && (
                  <tr className={names.detail}>
                    <td colSpan={HEADS.length}>
                      <Inputs metric={metric} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td colSpan={4} />
            <td>{formatNumber(weights, 2)} %</td>
            <td>{score === undefined ? '—' : formatFixed(score, 2)}</td>
            <td colSpan={2} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
