import type { Output } from '#shared/contract/engine-contract.ts';
import { formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { RISK_PARTS, type RiskPart } from './risk-search.ts';
import names from './risks.module.css';

type Overview = Output<'risk.overview'>;
type Slice = Overview['byScope'][number];
type Props = {
  readonly overview: Overview;
  readonly chosen: { readonly part: RiskPart; readonly value: string } | undefined;
  readonly onChoose: (part: RiskPart, value: string | undefined) => void;
};

const slicesOf = (overview: Overview): Readonly<Record<RiskPart, readonly Slice[]>> => ({
  scope: overview.byScope,
  probability: overview.byProbability,
  category: overview.byCategory,
});

/** Open signals by scope, probability and category; each bar narrows the list to what it counts. */
export function RiskParts({ overview, chosen, onChoose }: Props) {
  const parts = slicesOf(overview);
  // Object.keys loses the literal type of a constant object's keys
  const order = Object.keys(RISK_PARTS) as readonly RiskPart[];
  return (
    <div className={names.parts}>
      {order.map((part) => (
        <Section key={part} title={RISK_PARTS[part]}>
          {parts[part].length === 0 ? (
            <p className={names.quiet}>No open signals.</p>
          ) : (
            <ul className={names.slices}>
              {parts[part].map((slice) => {
                const isChosen = chosen?.part === part && chosen.value === slice.key;
                return (
                  <li key={slice.key}>
                    <button
                      type="button"
                      className={names.slice}
                      aria-pressed={isChosen}
                      onClick={() => onChoose(part, isChosen ? undefined : slice.key)}
                    >
                      <span className={names.sliceLabel}>{slice.label}</span>
                      <span className={names.track} aria-hidden="true">
                        <span className={names.fill} style={{ width: `${Math.max(2, slice.share * 100)}%` }} />
                      </span>
                      <span className={names.sliceCount}>
                        {formatNumber(slice.count, 0)} <span className={names.quiet}>{formatNumber(slice.share * 100, 0)} %</span>
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
          )}
        </Section>
      ))}
    </div>
  );
}
