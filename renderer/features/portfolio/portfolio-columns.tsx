import type { Output } from '#shared/contract/engine-contract.ts';
import { ENGAGEMENT_STAGES, PERCEIVED_HEALTH } from '#shared/model/tables/engagement.ts';
import { recordAddress } from '../../state/addresses.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { MoneySum } from '../../ui/money-sum.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { Change, DueIn, PerceivedHealth } from '../common/cells.tsx';
import { recordColumns, type ListLine, type RecordColumn } from '../records/record-columns.tsx';
import names from './portfolio.module.css';

export type PortfolioRow = Output<'portfolio.list'>['rows'][number];
export type PortfolioLine = Extract<PortfolioRow, { readonly kind: 'row' }>['line'];

const labelOf = (choices: Readonly<Record<string, string>>, value: string) => choices[value] ?? value;

type Drawn = Pick<RecordColumn, 'title' | 'width' | 'align' | 'help'> & { readonly draw: (line: PortfolioLine) => React.ReactNode };

/** Fields of an engagement that the portfolio draws in its own way. */
const DRAWN: Readonly<Record<string, Drawn>> = {
  title: {
    title: 'Engagement',
    width: 192,
    draw: (line) => (
      <a href={recordAddress('engagement', line.id)} tabIndex={-1} className={names.title}>
        {line.title}
      </a>
    ),
  },
  account: {
    title: 'Account',
    width: 142,
    draw: (line) => (
      <>
        <span className={names.clip}>{line.account}</span>
        {line.escalated && <span className={names.escalated}>Escalated</span>}
      </>
    ),
  },
  stage: { title: 'Stage', width: 90, draw: (line) => labelOf(ENGAGEMENT_STAGES, line.stage) },
  contractValue: {
    title: 'Contract value',
    width: 108,
    align: 'end',
    draw: (line) => <MoneySum of={line.contractValue} short />,
  },
  health: {
    title: 'Health',
    width: 118,
    draw: (line) => <BandChip band={line.band} score={line.health} absent={line.healthStatus === 'notScored' ? 'Not scored' : 'Unknown'} />,
  },
  healthChange: {
    title: '7 days',
    width: 66,
    align: 'end',
    help: 'How much the health changed in the last seven days',
    draw: (line) => <Change value={line.change7} />,
  },
  perceivedHealth: {
    title: 'Perceived',
    width: 88,
    help: 'What the customer success manager thinks',
    draw: (line) => <PerceivedHealth value={line.perceivedHealth} label={labelOf(PERCEIVED_HEALTH, line.perceivedHealth)} />,
  },
  openRisks: {
    title: 'Risks',
    width: 54,
    align: 'end',
    help: 'Open risk signals and issues',
    draw: (line) => <span className={line.openRisks === 0 ? names.quiet : undefined}>{formatNumber(line.openRisks, 0)}</span>,
  },
  lastHeld: {
    title: 'Last touch',
    width: 108,
    align: 'end',
    draw: (line) => (line.lastTouchpoint === undefined ? <span className={names.quiet}>None</span> : formatDate(line.lastTouchpoint)),
  },
  nextRenewal: {
    title: 'Next renewal',
    width: 150,
    align: 'end',
    draw: (line) => <DueIn date={line.renewalDate} days={line.daysToRenewal} />,
  },
  csm: { title: 'Success manager', width: 150, draw: (line) => line.csm ?? <span className={names.quiet}>No one</span> },
};

const TREND: Drawn = {
  title: '6 weeks',
  width: 82,
  help: 'Health at the end of each of the last six weeks',
  draw: (line) => <Sparkline values={line.trend} label="Health of the last weeks" />,
};

// the portfolio's rows bring their figures along; its columns are shown for no others
const lineOf = (line: ListLine): PortfolioLine | undefined => ('line' in line ? (line.line as PortfolioLine) : undefined);

function drawn(column: RecordColumn, { draw, ...look }: Drawn): RecordColumn {
  return {
    ...column,
    ...look,
    align: look.align,
    render: (row) => {
      const line = lineOf(row);
      return line === undefined ? null : draw(line);
    },
  };
}

/** Every column of the portfolio: those of an engagement, some drawn in their own way, and the health of the last weeks. */
export const PORTFOLIO_COLUMNS: readonly RecordColumn[] = recordColumns('engagement').flatMap((column) => {
  const own = Object.hasOwn(DRAWN, column.key) ? DRAWN[column.key] : undefined;
  const shown = own === undefined ? column : drawn(column, own);
  if (column.key !== 'health') return [shown];
  const { help: _help, ...info } = column.info;
  return [shown, drawn({ ...column, key: 'trend', path: 'trend', info, sortable: false, isDrawn: true }, TREND)];
});

/** What is shown until a person chooses otherwise. */
export const PORTFOLIO_DEFAULT: readonly string[] = [
  'title',
  'account',
  'stage',
  'contractValue',
  'health',
  'trend',
  'healthChange',
  'perceivedHealth',
  'openRisks',
  'lastHeld',
  'nextRenewal',
];
