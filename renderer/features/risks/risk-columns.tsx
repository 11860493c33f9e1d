import type { Output } from '#shared/contract/engine-contract.ts';
import { PRIORITIES } from '#shared/model/mixins.ts';
import { PROBABILITIES, RISK_SCOPES, RISK_STATES, riskSignal } from '#shared/model/tables/risk.ts';
import { recordAddress } from '../../state/addresses.ts';
import { ChoiceName } from '../common/choice-name.tsx';
import type { Column } from '../../ui/data-list/types.ts';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { MoneySum } from '../../ui/money-sum.tsx';
import { Priority } from './priority.tsx';
import names from './risks.module.css';

export type RiskLine = Output<'risk.list'>['rows'][number];

/** The label of a choice that a row holds; empty where it holds none. */
export function choiceLabel(choices: Readonly<Record<string, string>>, value: unknown): string {
  return typeof value === 'string' ? (choices[value] ?? value) : '';
}

/** A row's text, empty where the field is. */
export function textIn(row: Readonly<Record<string, unknown>>, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : '';
}

/** What a signal shows in the list (RSK-07, DSH-02). */
export const RISK_COLUMNS: readonly Column<RiskLine>[] = [
  {
    key: 'shortDescription',
    title: 'Risk',
    width: 300,
    render: ({ row }) => (
      <a href={recordAddress('riskSignal', row.id)} tabIndex={-1} className={names.title}>
        {textIn(row, 'shortDescription')}
      </a>
    ),
  },
  {
    key: 'engagement',
    title: 'Engagement',
    width: 200,
    render: ({ engagement }) => <span className={names.clip}>{engagement?.label}</span>,
  },
  {
    key: 'priority',
    title: 'Priority',
    width: 96,
    render: ({ row }) => <Priority value={textIn(row, 'priority')} label={choiceLabel(PRIORITIES, row['priority'])} />,
  },
  { key: 'probability', title: 'Probability', width: 100, render: ({ row }) => choiceLabel(PROBABILITIES, row['probability']) },
  { key: 'state', title: 'State', width: 84, render: ({ row }) => choiceLabel(RISK_STATES, row['state']) },
  {
    key: 'category',
    title: 'Category',
    width: 150,
    render: ({ row }) => <ChoiceName field={riskSignal.fields.category} value={row['category']} />,
  },
  { key: 'scope', title: 'Scope', width: 104, render: ({ row }) => choiceLabel(RISK_SCOPES, row['scope']) },
  {
    key: 'value',
    title: 'Value impacted',
    width: 118,
    align: 'end',
    sortable: false,
    help: 'Contract value that this signal puts at risk',
    render: ({ value }) => <MoneySum of={value} short />,
  },
  {
    key: 'dueDate',
    title: 'Due',
    width: 136,
    align: 'end',
    render: ({ row, overdue }) => {
      const date = textIn(row, 'dueDate');
      if (date === '') return <span className={names.quiet}>None</span>;
      return (
        <>
          {overdue && <span className={names.overdue}>Overdue</span>}
          <span>{formatDate(date)}</span>
        </>
      );
    },
  },
  {
    key: 'occurrences',
    title: 'Times seen',
    width: 92,
    align: 'end',
    sortable: false,
    render: ({ occurrences }) => formatNumber(occurrences, 0),
  },
  {
    key: 'assignedTo',
    title: 'Assigned to',
    width: 140,
    render: ({ assignedTo }) => assignedTo ?? <span className={names.quiet}>No one</span>,
  },
  { key: 'createdAt', title: 'Opened', width: 108, align: 'end', render: ({ row }) => formatDate(row.createdAt.slice(0, 10)) },
  { key: 'number', title: 'Number', width: 112, render: ({ row }) => row.number },
];

/** What is shown until a person chooses otherwise. */
export const RISK_DEFAULT = [
  'shortDescription',
  'engagement',
  'priority',
  'probability',
  'state',
  'category',
  'value',
  'dueDate',
  'occurrences',
  'assignedTo',
] as const;
