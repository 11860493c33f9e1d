import type { Input } from '#shared/contract/engine-contract.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './definitions.module.css';

/** Whom the draft would flag as of today, with the figure or record that is the cause. */
export function RiskPreview({ input }: { input: Input<'risk.preview'> | undefined }) {
  const { data, error, stale } = useLive('risk.preview', input);
  return (
    <Section title="Who would be flagged" note={stale ? 'Computing…' : undefined}>
      {input === undefined && (
        <p className={names.quiet}>Say what raises it: the engagements it would flag today show here before you save.</p>
      )}
      {error && <Failure failure={error} />}
      {input !== undefined && !data && !error && <SkeletonLines label="Evaluating" />}
      {input !== undefined && data && (
        <div role="status">
          <p>
            <span className={names.figure}>{formatNumber(data.breaches, 0)}</span> {data.breaches === 1 ? 'cause' : 'causes'} among{' '}
            {formatNumber(data.applicable, 0)} engagements
          </p>
          <ul className={names.affected}>
            {data.first.map((each) => (
              <li key={`${each.id} ${each.words}`}>
                <a href={recordAddress('engagement', each.id)}>{each.label}</a>
                <span className={names.quiet}>{each.words}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
