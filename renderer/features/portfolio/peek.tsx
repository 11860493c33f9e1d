import { Button } from '@mantine/core';
import { PRIORITIES } from '#shared/model/mixins.ts';
import { ENGAGEMENT_STAGES, PERCEIVED_HEALTH } from '#shared/model/tables/engagement.ts';
import { useLive } from '../../data/use-live.ts';
import { useShowsEngagement } from '../../state/current-engagement.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useLayout } from '../../state/layout.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatDate } from '../../ui/format.ts';
import { MoneySum } from '../../ui/money-sum.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { Change, DueIn, PerceivedHealth } from '../common/cells.tsx';
import type { PortfolioLine } from './portfolio-columns.tsx';
import names from './portfolio.module.css';

type Item = { readonly id: string; readonly label: string; readonly note: string };

function Items({
  title,
  table,
  items,
  none,
}: {
  title: string;
  table: 'riskSignal' | 'touchpoint' | 'contract';
  items: readonly Item[];
  none: string;
}) {
  return (
    <section>
      <h3 className={names.peekHead}>{title}</h3>
      {items.length === 0 ? (
        <p className={names.quiet}>{none}</p>
      ) : (
        <ul className={names.peekList}>
          {items.map((item) => (
            <li key={item.id}>
              <a href={recordAddress(table, item.id)}>{item.label}</a>
              <span className={names.quiet}>{item.note}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const dated = (date: string | undefined) => (date === undefined ? '' : formatDate(date));

/** What moved in an engagement and why, without leaving the list. */
export function Peek({ line, onClose }: { line: PortfolioLine; onClose: () => void }) {
  const { data, error } = useLive('portfolio.peek', { id: line.id });
  const { peekWidth, setPeekWidth } = useLayout();
  useShowsEngagement(line.id, line.title);
  const shown = data?.line.id === line.id ? data : undefined;
  const now = shown?.line ?? line;
  return (
    <SidePanel
      label="Engagement at a glance"
      title={<a href={recordAddress('engagement', line.id)}>{line.title}</a>}
      width={peekWidth}
      onWidth={setPeekWidth}
      onClose={onClose}
      actions={
        <Button component="a" href={recordAddress('engagement', line.id)}>
          Open
        </Button>
      }
    >
      <div className={names.peekHealth}>
        <BandChip band={now.band} score={now.health} size="large" absent={now.healthStatus === 'notScored' ? 'Not scored' : 'Unknown'} />
        <Sparkline values={now.trend} label="Health of the last weeks" width={110} height={30} />
        <Change value={now.change7} />
      </div>
      {error && <Failure failure={error} />}
      {shown === undefined && !error && <SkeletonLines label="Loading the engagement" lines={5} />}
      {shown && (
        <>
          <section>
            <h3 className={names.peekHead}>What moved</h3>
            <p className={names.cause}>{shown.cause}</p>
          </section>
          <Facts
            layout="column"
            facts={[
              { label: 'Account', value: <a href={recordAddress('account', now.accountId)}>{now.account}</a> },
              { label: 'Stage', value: Object.entries(ENGAGEMENT_STAGES).find(([stage]) => stage === now.stage)?.[1] ?? now.stage },
              { label: 'Contract value', value: <MoneySum of={now.contractValue} /> },
              {
                label: 'Perceived',
                value: (
                  <PerceivedHealth
                    value={now.perceivedHealth}
                    label={Object.entries(PERCEIVED_HEALTH).find(([key]) => key === now.perceivedHealth)?.[1] ?? ''}
                  />
                ),
              },
              {
                label: 'Next renewal',
                value: (
                  <span className={names.inline}>
                    <DueIn date={now.renewalDate} days={now.daysToRenewal} />
                  </span>
                ),
              },
              { label: 'Success manager', value: now.csm ?? 'No one' },
            ]}
          />
          <Items
            title="Open risks"
            table="riskSignal"
            none="No open risks."
            items={shown.risks.map((risk) => ({
              id: risk.id,
              label: risk.label,
              note: [
                Object.entries(PRIORITIES).find(([key]) => key === risk.priority)?.[1],
                risk.dueDate && `due ${formatDate(risk.dueDate)}`,
              ]
                .filter(Boolean)
                .join(', '),
            }))}
          />
          <Items
            title="Touchpoints"
            table="touchpoint"
            none="None yet. Ctrl+L logs one."
            items={shown.touchpoints.map((touchpoint) => ({ id: touchpoint.id, label: touchpoint.label, note: dated(touchpoint.heldOn) }))}
          />
          <Items
            title="Contracts"
            table="contract"
            none="No contracts are linked."
            items={shown.contracts.map((contract) => ({
              id: contract.id,
              label: contract.label,
              note:
                contract.renewalDate !== undefined
                  ? `renews ${formatDate(contract.renewalDate)}`
                  : contract.endDate !== undefined
                    ? `ends ${formatDate(contract.endDate)}`
                    : '',
            }))}
          />
        </>
      )}
    </SidePanel>
  );
}
