import type { Input, Output } from '#shared/contract/engine-contract.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatChange, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import names from './definitions.module.css';

const score = (value: number | undefined) => (value === undefined ? 'unknown' : formatNumber(value, 1));

/** Engagements whose score comes to be known or unknown: no shift can be said of them, so they are listed apart. */
function Becoming({ what, count, first }: { what: string } & Output<'health.preview'>['becomingKnown']) {
  if (count === 0) return null;
  return (
    <details className={names.becoming}>
      <summary>
        {formatNumber(count, 0)} {count === 1 ? 'engagement' : 'engagements'} {what}
      </summary>
      <ul className={names.affected}>
        {first.map((each) => (
          <li key={each.id}>
            <a href={recordAddress('engagement', each.id)}>{each.label}</a>
          </li>
        ))}
        {count > first.length && <li className={names.quiet}>and {formatNumber(count - first.length, 0)} more</li>}
      </ul>
    </details>
  );
}

/** HLT-08 in outline: whom the draft would score and how the portfolio would shift, before anything is saved. */
export function HealthPreview({ input }: { input: Input<'health.preview'> | undefined }) {
  const { data, error, stale } = useLive('health.preview', input);
  return (
    <Section title="Who is affected" note={stale ? 'Computing…' : undefined}>
      {input === undefined && (
        <p className={names.quiet}>
          Say to whom it applies and add a metric with target and weight: the effect shows here before you save.
        </p>
      )}
      {error && <Failure failure={error} />}
      {input !== undefined && !data && !error && <SkeletonLines label="Computing the effect" />}
      {input !== undefined && data && (
        <div role="status">
          <div className={names.shift}>
            <div>
              <div className={names.figure}>
                {formatNumber(data.matching, 0)} <span className={names.quiet}>of {formatNumber(data.of, 0)}</span>
              </div>
              active engagements use it
            </div>
            <div>
              <div className={names.figure}>
                {score(data.before.mean)} → {score(data.after.mean)}
              </div>
              overall health; known for {formatNumber(data.before.known, 0)} → {formatNumber(data.after.known, 0)}
            </div>
          </div>
          {data.most.length > 0 && (
            <>
              <h3 className={names.groupLabel}>Most affected</h3>
              <ul className={names.affected}>
                {data.most.map((each) => (
                  <li key={each.id}>
                    <a href={recordAddress('engagement', each.id)}>{each.label}</a>
                    <span>
                      {score(each.before)} → {score(each.after)} ({formatChange(each.after - each.before)})
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <Becoming what="would have no score, because too little of the weight has values" {...data.becomingUnknown} />
          <Becoming what="would have a score for the first time" {...data.becomingKnown} />
        </div>
      )}
    </Section>
  );
}
