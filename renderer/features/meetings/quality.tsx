import { Checkbox } from '@mantine/core';
import { QUALITY_MARKS } from '#shared/domain/touchpoints/quality-marks.ts';
import { meetingChecklist } from '#shared/model/tables/meeting.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import { useAtOnce } from '../../state/use-at-once.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import names from './meetings.module.css';

type Page = Output<'meetings.page'>;
type Props = {
  readonly meeting: string;
  readonly engagement: string | undefined;
  readonly isHeld: boolean;
  readonly quality: Page['quality'];
  readonly unjudged: boolean;
  readonly locked: boolean;
};

const DIGITS = 1;

/** ENG-04: what the observations make of the engagement: a figure from 0 to 100 that opens to its parts. */
export function EngagementQuality({ engagement }: { readonly engagement: string }) {
  const { data } = useLive('engagementScore.quality', { engagement });
  if (!data) return null;
  const { score, responses, meetings, from } = data;
  const parts = [
    responses.points === undefined
      ? ''
      : `answers ${formatNumber(responses.points, 0)} (${formatNumber(responses.answered, 0)} of ${formatNumber(responses.asked, 0)} attempts answered)`,
    meetings.points === undefined
      ? ''
      : `conversations ${formatNumber(meetings.points, DIGITS)} (mean of ${formatNumber(meetings.judged.length, 0)} noted)`,
  ].filter(Boolean);
  return (
    <details className={names.quality}>
      <summary>
        Quality of the engagement: <strong>{score === undefined ? 'not known yet' : formatNumber(score, DIGITS)}</strong>
        {parts.length > 0 && <span className={names.quiet}> = {parts.length > 1 ? `mean of ${parts.join(' and ')}` : parts[0]}</span>}
      </summary>
      <p className={names.quiet}>
        Since {formatDate(from)}. A conversation has 20 points each for being on time and taking part, 25 each for an executive present and
        promises kept, 10 for being strategic.
      </p>
      <ul>
        {meetings.judged.map(({ record, day, points }) => (
          <li key={record.id}>
            <a href={recordAddress(record.table, record.id)}>{record.label}</a>{' '}
            <span className={names.quiet}>
              {formatDate(day)}: {formatNumber(points, 0)} points
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** TCH-02: how a meeting was – five observations that make the quality of its engagement (ENG-04). */
export function Quality({ meeting, engagement, isHeld, quality, unjudged, locked }: Props) {
  const { run, error } = useCommand('meetings.judge');
  const [shown, choose] = useAtOnce(quality, error !== undefined);
  return (
    <Section title="How it was" note={unjudged ? 'not noted yet' : undefined}>
      {error && <Failure failure={error} />}
      <fieldset className={names.marks} disabled={locked}>
        <legend className={names.hidden}>How it was</legend>
        {QUALITY_MARKS.map((mark) => (
          <Checkbox
            key={mark}
            size="xs"
            label={meetingChecklist.fields[mark].label}
            description={meetingChecklist.fields[mark].help}
            checked={shown.includes(mark)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              const next = QUALITY_MARKS.filter((one) => (one === mark ? isOn : shown.includes(one)));
              choose(next);
              run({ meeting, quality: next });
            }}
          />
        ))}
      </fieldset>
      {!isHeld && shown.length > 0 && <p className={names.quiet}>It counts once the meeting is completed.</p>}
      {engagement !== undefined && <EngagementQuality engagement={engagement} />}
    </Section>
  );
}
