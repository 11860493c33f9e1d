import type { Condition } from '#shared/model/condition.ts';
import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { MailLine } from './mail-line.tsx';
import names from './mail.module.css';

const SHOWN = 200;

type Props = { readonly condition?: Condition | undefined; readonly text?: string; readonly empty: string };

/** Mails, the newest first (TCH-05); with `condition` those of a touchpoint or another record. */
export function MailList({ condition, text = '', empty }: Props) {
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const { data, error } = useLive('records.list', {
    table: 'email',
    ...(condition === undefined ? {} : { condition }),
    ...(text === '' ? {} : { search: text }),
    sort: [
      { field: 'sentAt', direction: 'down' },
      { field: 'createdAt', direction: 'down' },
    ],
    window: { offset: 0, limit: SHOWN },
  });
  return (
    <>
      {error && !data && <Failure failure={error} />}
      {!data && !error && <SkeletonLines label="Loading mails" lines={4} />}
      {data?.total === 0 && <EmptyState title={empty} />}
      {data && data.total > 0 && (
        <ul className={names.list} aria-label="Mails">
          {data.rows.map(({ row }) => (
            <MailLine key={row.id} row={row} refs={data.refs} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {data && data.total > SHOWN && (
        <p className={names.quiet}>
          The newest {SHOWN} of {formatNumber(data.total, 0)}. <a href="#/records/email">See all as a list</a>
        </p>
      )}
    </>
  );
}
