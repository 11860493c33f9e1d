import { CADENCE_KINDS } from '#shared/domain/cadence/rhythm.ts';
import { account } from '#shared/model/tables/account.ts';
import { useLive } from '../../data/use-live.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatNumber, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { useChoiceNames } from '../common/choice-name.tsx';
import names from './cadence-section.module.css';

const dateOr = (date: string | undefined, otherwise: string) => (date === undefined ? otherwise : formatDate(date));

/** ENG-09, TCH-07: how often each kind of contact is wanted, when it was last held, is planned and is due. */
export function CadenceSection({ engagement }: { engagement: string }) {
  const { data, error } = useLive('planner.cadence', { engagement });
  const named = useChoiceNames();
  return (
    <Section title="Cadence" note={data?.tier === undefined ? undefined : named(account.fields.cadenceTier, data.tier)}>
      {error && <Failure failure={error} />}
      {data?.contacts.length === 0 && (
        <p className={names.quiet}>
          {data.tier === undefined ? 'The account has no cadence tier: set one, and what is due stands here.' : 'Nothing is asked for.'}
        </p>
      )}
      {data !== undefined && data.contacts.length > 0 && (
        <table className={names.table}>
          <thead>
            <tr>
              {['Contact', 'Last', 'Planned', 'Due'].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.contacts.map(({ contact, every, last, planned, due, days, debt, covered }) => (
              <tr key={contact}>
                <th scope="row">
                  {CADENCE_KINDS[contact]}{' '}
                  <span className={names.quiet}>
                    {contact === 'renewal' ? `${plural(every, 'day')} before` : `every ${plural(every, 'day')}`}
                  </span>
                </th>
                <td>{dateOr(last, 'none yet')}</td>
                <td>{dateOr(planned, '—')}</td>
                <td>
                  {formatDate(due)}
                  {days > 0 && (
                    <span className={covered ? names.quiet : names.late} title={`${formatNumber(debt, 1)} of an interval`}>
                      {' '}
                      {formatNumber(days, 0)} d late{covered ? ', planned' : ''}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
