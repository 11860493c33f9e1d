import { useLive } from '../../data/use-live.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useNow } from '../../state/use-now.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { DeedWords } from './deed-words.tsx';
import { momentWords } from './sync-words.ts';
import names from './sync.module.css';

const SHOWN = 50;

/** What was changed here and is not in the central store yet. */
export function PendingSection({ count }: { readonly count: number }) {
  const { data, error } = useLive('sync.pending', count === 0 ? undefined : {});
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const now = useNow(60_000);
  const shown = data?.deeds.slice(0, SHOWN) ?? [];
  const more = (data?.total ?? 0) - shown.length;
  return (
    <Section title="To be sent" {...(count === 0 ? {} : { note: formatNumber(count, 0) })} flush={count > 0}>
      {count === 0 && <p className={names.quiet}>Nothing. Every change of yours is in the central store.</p>}
      {count > 0 && error && <Failure failure={error} />}
      {count > 0 && !data && !error && <SkeletonLines label="Loading what is to be sent" lines={3} />}
      {count > 0 && data && (
        <ol className={names.lines}>
          {shown.map((deed) => (
            <li key={deed.id} className={names.line}>
              <span className={names.lineText}>
                <DeedWords deed={deed} />
              </span>
              <span className={names.time}>{momentWords(deed.at, now, timeZone)}</span>
            </li>
          ))}
          {more > 0 && <li className={names.line}>and {plural(more, 'more change')}</li>}
        </ol>
      )}
    </Section>
  );
}
