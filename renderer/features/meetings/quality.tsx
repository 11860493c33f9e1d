import { Checkbox } from '@mantine/core';
import { QUALITY_MARKS } from '#shared/domain/touchpoints/quality-marks.ts';
import { meetingChecklist } from '#shared/model/tables/meeting.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useAtOnce } from '../../state/use-at-once.ts';
import { Failure } from '../../ui/failure.tsx';
import { Section } from '../../ui/section.tsx';
import names from './meetings.module.css';

type Page = Output<'meetings.page'>;
type Props = { readonly meeting: string; readonly quality: Page['quality']; readonly unjudged: boolean; readonly locked: boolean };

/** TCH-02: how a meeting was – five observations that the engagement score reads. */
export function Quality({ meeting, quality, unjudged, locked }: Props) {
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
    </Section>
  );
}
