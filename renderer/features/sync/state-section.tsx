import { Button } from '@mantine/core';
import { useCommand } from '../../data/use-command.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useNow } from '../../state/use-now.ts';
import { Facts } from '../../ui/facts.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/section.tsx';
import { FirstLoad } from './first-load.tsx';
import type { SyncStatus } from './sync-types.ts';
import { lookOf, momentWords, skewWords, untilWords, wayOutOf } from './sync-words.ts';
import names from './sync.module.css';

/** What is wrong and what to do; a halt has its way out in the button beside the state, and waits for no next try. */
function Problem({
  problem,
  isHalt,
  timeZone,
}: {
  readonly problem: NonNullable<SyncStatus['problem']>;
  readonly isHalt: boolean;
  readonly timeZone: string;
}) {
  const now = useNow(problem.nextTryAt === undefined ? undefined : 1_000);
  return (
    <div className={names.note}>
      <Icon name="risks" />
      <div>
        <p>{problem.message}</p>
        {!isHalt && <p>{problem.wayOut}</p>}
        {!isHalt && (
          <p className={names.quiet}>
            Since {momentWords(problem.since, now, timeZone)}.
            {problem.nextTryAt !== undefined && ` Next try ${untilWords(problem.nextTryAt, now)}.`}
          </p>
        )}
      </div>
    </div>
  );
}

function Skew({ words }: { readonly words: string }) {
  return (
    <div className={names.note}>
      <Icon name="clock" />
      <div>
        <p>{words}</p>
        <p>Nothing is lost by it, but times beside your changes are wrong. Set the clock in the settings of your computer.</p>
      </div>
    </div>
  );
}

/** The state in a sentence, what is wrong and what to do, and the figures of it. */
export function StateSection({ status }: { readonly status: SyncStatus }) {
  const { icon, tone, short, sentence } = lookOf(status);
  const { run, error } = useCommand('sync.now');
  const timeZone = useWorkspace()?.settings.timeZone ?? 'UTC';
  const now = useNow(60_000);
  const skew = skewWords(status.clockAheadMs);
  const wayOut = wayOutOf(status);
  const moment = (instant: string | undefined) => (instant === undefined ? 'Not yet' : momentWords(instant, now, timeZone));
  return (
    <Section title="State">
      <div className={names.state}>
        <span className={names.sign} data-tone={tone}>
          <Icon name={icon} size={20} />
        </span>
        <div>
          <p className={names.stateTitle}>{short}</p>
          <p className={names.stateText}>{sentence}</p>
        </div>
        <div className={names.stateActions}>
          {wayOut === 'sign-in' && (
            <Button component="a" href="#/sync/connect" variant="filled">
              Sign in
            </Button>
          )}
          {wayOut === 'try-now' && (
            <Button variant={status.problem === undefined ? 'default' : 'filled'} onClick={() => run({})} title="Sync now (Ctrl+Shift+Y)">
              {status.problem === undefined ? 'Sync now' : 'Try now'}
            </Button>
          )}
        </div>
      </div>
      <div className={names.below}>
        {status.state === 'first-load' && <FirstLoad progress={status.progress} />}
        {error && <Failure failure={error} />}
        {status.problem && <Problem problem={status.problem} isHalt={status.problem.code === status.state} timeZone={timeZone} />}
        {skew !== undefined && <Skew words={skew} />}
        <Facts
          facts={[
            { label: 'Last sync', value: moment(status.lastSync) },
            { label: 'Data of others as of', value: moment(status.dataAsOf) },
            { label: 'To be sent', value: status.pending === 0 ? 'Nothing' : formatNumber(status.pending, 0) },
            { label: 'Conflicts', value: <Count of={status.conflicts} href="#/sync/conflicts" /> },
            { label: 'Refused', value: <Count of={status.refused} href="#/sync/refused" /> },
          ]}
        />
      </div>
    </Section>
  );
}

function Count({ of, href }: { readonly of: number; readonly href: string }) {
  if (of === 0) return 'None';
  return <a href={href}>{formatNumber(of, 0)} to decide</a>;
}
