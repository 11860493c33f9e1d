import type { ReactNode } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import { Exact } from '../../ui/exact.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { MoneySum } from '../../ui/money-sum.tsx';
import names from './figures.module.css';

export type Overview = Output<'portfolio.overview'>;

type FigureProps = { readonly label: string; readonly children: ReactNode; readonly note?: ReactNode; readonly href?: string };

function Figure({ label, children, note, href }: FigureProps) {
  const content = (
    <>
      <span className={names.label}>{label}</span>
      <span className={names.value}>{children}</span>
      <span className={names.note}>{note}</span>
    </>
  );
  return (
    <li className={names.figure}>
      {href === undefined ? (
        <div className={names.inner}>{content}</div>
      ) : (
        <a className={names.inner} href={href}>
          {content}
        </a>
      )}
    </li>
  );
}

const where = (condition: unknown) => encodeURIComponent(JSON.stringify(condition));

/** The figures of the whole portfolio; each leads to what it counts. A figure that is not known is not shown. */
export function Figures({ overview }: { overview: Overview }) {
  const { csat, usageLast30Days } = overview;
  const openP1 = {
    all: [
      { field: 'priority', op: 'is', value: 'p1' },
      { field: 'isOpen', op: 'is', value: true },
    ],
  };
  return (
    <ul className={names.figures} aria-label="Portfolio in figures">
      <Figure
        label="Active engagements"
        note={`of ${formatNumber(overview.total, 0)} at ${plural(overview.accounts, 'account')}`}
        href="#/portfolio"
      >
        {formatNumber(overview.active, 0)}
      </Figure>
      <Figure label="Overall health" note={`mean of ${formatNumber(overview.known, 0)} known`}>
        <BandChip band={overview.overallBand} score={overview.overallHealth} />
      </Figure>
      <Figure
        label="Contract value"
        note={
          <>
            <MoneySum of={overview.monthlyValue} short /> a month, {plural(overview.activeContracts, 'active contract')}
          </>
        }
        href="#/records/contract"
      >
        <MoneySum of={overview.contractValue} short />
      </Figure>
      <Figure
        label="Open risks"
        note={
          overview.valueAtRisk.length === 0 ? (
            'nothing at risk'
          ) : (
            <>
              <MoneySum of={overview.valueAtRisk} short /> at risk
            </>
          )
        }
        href="#/risks"
      >
        {formatNumber(overview.openRisks, 0)}
      </Figure>
      <Figure label="Renewals in 90 days" note="next renewal of an engagement" href="#/portfolio?view=renewalsIn90Days">
        {formatNumber(overview.renewalsIn90Days, 0)}
      </Figure>
      <Figure
        label="Tickets in 30 days"
        note={`${formatNumber(overview.ticketsThisMonth, 0)} this month, ${formatNumber(overview.openP1Tickets, 0)} open P1`}
        href={`#/records/supportTicket?condition=${where(openP1)}`}
      >
        {formatNumber(overview.ticketsLast30Days, 0)}
      </Figure>
      {csat && (
        <Figure label="Satisfaction" note={`mean of ${plural(csat.scored, 'rated ticket')}`} href="#/records/supportTicket">
          {formatNumber(csat.mean, 2)}
        </Figure>
      )}
      {usageLast30Days.map((usage) => (
        <Figure key={usage.sourceId} label={usage.source} note="in the last 30 days" href={`#/records/dataSource/${usage.sourceId}`}>
          <Exact exact={`${formatNumber(usage.total, 2)} ${usage.unit ?? ''}`.trim()}>
            {usage.total >= 100_000
              ? new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 4 }).format(usage.total)
              : formatNumber(usage.total, 1)}
            {usage.unit !== undefined && <span className={names.unit}> {usage.unit}</span>}
          </Exact>
        </Figure>
      ))}
    </ul>
  );
}
