import type { Output } from '#shared/contract/engine-contract.ts';
import { ENGAGEMENT_STAGES, ENGAGEMENT_STATES, PERCEIVED_HEALTH } from '#shared/model/tables/engagement.ts';
import { recordAddress } from '../../state/addresses.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import type { Column } from '../../ui/data-list/types.ts';
import { Exact } from '../../ui/exact.tsx';
import { formatDate, formatMoneySum, formatNumber } from '../../ui/format.ts';
import { Sparkline } from '../../ui/sparkline.tsx';
import { Change, DueIn, PerceivedHealth } from '../common/cells.tsx';
import names from './portfolio.module.css';

export type PortfolioLine = Output<'portfolio.list'>['rows'][number];

const labelOf = (choices: Readonly<Record<string, string>>, value: string) => choices[value] ?? value;

/** The manual's columns, and some that a person may add. */
export const PORTFOLIO_COLUMNS: readonly Column<PortfolioLine>[] = [
  {
    key: 'title',
    title: 'Engagement',
    width: 192,
    render: (line) => (
      <a href={recordAddress('engagement', line.id)} tabIndex={-1} className={names.title}>
        {line.title}
      </a>
    ),
  },
  {
    key: 'account',
    title: 'Account',
    width: 142,
    render: (line) => (
      <>
        <span className={names.clip}>{line.account}</span>
        {line.escalated && <span className={names.escalated}>Escalated</span>}
      </>
    ),
  },
  { key: 'stage', title: 'Stage', width: 90, render: (line) => labelOf(ENGAGEMENT_STAGES, line.stage) },
  {
    key: 'contractValue',
    title: 'Contract value',
    width: 108,
    align: 'end',
    render: (line) => <Exact exact={formatMoneySum(line.contractValue)}>{formatMoneySum(line.contractValue, true)}</Exact>,
  },
  {
    key: 'health',
    title: 'Health',
    width: 118,
    render: (line) => (
      <BandChip band={line.band} score={line.health} absent={line.healthStatus === 'notScored' ? 'Not scored' : 'Unknown'} />
    ),
  },
  {
    key: 'trend',
    title: '6 weeks',
    width: 82,
    sortable: false,
    help: 'Health at the end of each of the last six weeks',
    render: (line) => <Sparkline values={line.trend} label="Health of the last weeks" />,
  },
  {
    key: 'change7',
    title: '7 days',
    width: 66,
    align: 'end',
    help: 'How much the health changed in the last seven days',
    render: (line) => <Change value={line.change7} />,
  },
  {
    key: 'perceivedHealth',
    title: 'Perceived',
    width: 88,
    help: 'What the customer success manager thinks',
    render: (line) => <PerceivedHealth value={line.perceivedHealth} label={labelOf(PERCEIVED_HEALTH, line.perceivedHealth)} />,
  },
  {
    key: 'openRisks',
    title: 'Risks',
    width: 54,
    align: 'end',
    help: 'Open risk signals and issues',
    render: (line) => <span className={line.openRisks === 0 ? names.quiet : undefined}>{formatNumber(line.openRisks, 0)}</span>,
  },
  {
    key: 'lastTouchpoint',
    title: 'Last touch',
    width: 108,
    align: 'end',
    render: (line) => (line.lastTouchpoint === undefined ? <span className={names.quiet}>None</span> : formatDate(line.lastTouchpoint)),
  },
  {
    key: 'renewalDate',
    title: 'Next renewal',
    width: 150,
    align: 'end',
    render: (line) => <DueIn date={line.renewalDate} days={line.daysToRenewal} />,
  },
  { key: 'csm', title: 'Success manager', width: 150, render: (line) => line.csm ?? <span className={names.quiet}>No one</span> },
  { key: 'state', title: 'State', width: 100, render: (line) => labelOf(ENGAGEMENT_STATES, line.state) },
  { key: 'number', title: 'Number', width: 112, render: (line) => line.number },
];

/** What is shown until a person chooses otherwise. */
export const PORTFOLIO_DEFAULT = [
  'title',
  'account',
  'stage',
  'contractValue',
  'health',
  'trend',
  'change7',
  'perceivedHealth',
  'openRisks',
  'lastTouchpoint',
  'renewalDate',
] as const;
