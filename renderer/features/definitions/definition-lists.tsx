import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { FREQUENCIES } from '#shared/model/tables/data-source.ts';
import { riskDefinition, THRESHOLD_CONDITIONS } from '#shared/model/tables/risk.ts';
import { wordsOfCondition } from '../common/condition-words.ts';
import { useChoices } from '../../data/use-choices.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ChoiceName } from '../common/choice-name.tsx';
import names from './definitions.module.css';
import { StateChip } from './state-chip.tsx';
import { useRows } from './use-rows.ts';

type ListProps = {
  readonly title: string;
  readonly address: string;
  readonly verb: string;
  readonly heads: readonly string[];
  readonly rows: readonly ReactNode[] | undefined;
  readonly empty: string;
};

function DefinitionList({ title, address, verb, heads, rows, empty }: ListProps) {
  const add = (
    <Button component="a" href={`#/definitions/${address}/new`}>
      {verb}
    </Button>
  );
  return (
    <Section title={title} actions={add} flush>
      {rows === undefined && <SkeletonLines label={`Loading ${title.toLowerCase()}`} />}
      {rows?.length === 0 && (
        <EmptyState icon="definitions" title="Nothing is defined yet">
          {empty}
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <div className={names.scroll} tabIndex={0} role="group" aria-label={title}>
          <table className={names.table}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{rows}</tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

/** Health definitions in the order in which they are tried. */
export function HealthList() {
  const choices = useChoices();
  const definitions = useRows('healthDefinition');
  const metrics = useRows('healthMetric');
  const rows = definitions
    ?.toSorted((a, b) => Number(a.global === true) - Number(b.global === true) || a.rank - b.rank)
    .map((definition) => {
      const own = metrics?.filter((metric) => metric.definition === definition.id) ?? [];
      return (
        <tr key={definition.id}>
          <th scope="row">
            <a href={`#/definitions/health/${definition.id}`}>{definition.name}</a>
          </th>
          <td>
            {definition.global === true
              ? 'All other engagements'
              : definition.filter === undefined
                ? 'No one yet'
                : wordsOfCondition(definition.filter, 'engagement', () => undefined, choices)}
          </td>
          <td>{formatNumber(definition.rank, 0)}</td>
          <td>
            {formatNumber(own.length, 0)} metrics,{' '}
            {formatNumber(
              own.reduce((sum, metric) => sum + metric.weight, 0),
              2,
            )}{' '}
            %
          </td>
          <td>
            <StateChip state={definition.state} />
          </td>
        </tr>
      );
    });
  return (
    <DefinitionList
      title="Health definitions"
      address="health"
      verb="New health definition"
      heads={['Name', 'Applies to', 'Rank', 'Metrics', 'State']}
      rows={rows}
      empty="Add the ready-made ones to see health scores at once, or define your own."
    />
  );
}

/** Risk definitions with what raises them. */
export function RiskList() {
  const choices = useChoices();
  const definitions = useRows('riskDefinition');
  const sources = useRows('dataSource');
  const rows = definitions?.map((definition) => {
    const source = sources?.find((each) => each.id === definition.source);
    const cause =
      definition.type === 'table'
        ? definition.sourceCondition && definition.sourceTable
          ? wordsOfCondition(definition.sourceCondition, definition.sourceTable, () => undefined, choices)
          : 'No condition yet'
        : `${source?.name ?? 'No data source yet'} ${definition.condition ? THRESHOLD_CONDITIONS[definition.condition].toLowerCase() : ''} ${definition.threshold ?? ''}`;
    return (
      <tr key={definition.id}>
        <th scope="row">
          <a href={`#/definitions/risk/${definition.id}`}>{definition.name}</a>
        </th>
        <td>{cause}</td>
        <td>
          <ChoiceName field={riskDefinition.fields.category} value={definition.category} />
        </td>
        <td>
          <StateChip state={definition.state} />
        </td>
      </tr>
    );
  });
  return (
    <DefinitionList
      title="Risk definitions"
      address="risk"
      verb="New risk definition"
      heads={['Name', 'Raised when', 'Category', 'State']}
      rows={rows}
      empty="Add the ready-made ones, or say which figure or record means a risk."
    />
  );
}

/** Data sources with their rhythm and age. */
export function SourceList() {
  const sources = useRows('dataSource');
  const rows = sources?.map((source) => (
    <tr key={source.id}>
      <th scope="row">
        <a href={`#/definitions/source/${source.id}`}>{source.name}</a>
      </th>
      <td>{source.kind === 'external' ? 'Delivered from outside' : 'Counted from records'}</td>
      <td>{FREQUENCIES[source.frequency]}</td>
      <td>{source.unit}</td>
      <td>{source.lastRun === undefined ? 'Never' : formatDate(source.lastRun)}</td>
      <td>
        <StateChip state={source.state} />
      </td>
    </tr>
  ));
  return (
    <DefinitionList
      title="Data sources"
      address="source"
      verb="New data source"
      heads={['Name', 'Source', 'Frequency', 'Unit', 'Last run', 'State']}
      rows={rows}
      empty="A data source counts something over your records, or takes figures from a file."
    />
  );
}
