import { Select, TextInput } from '@mantine/core';
import type { Input } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { Section } from '../../ui/section.tsx';
import names from './settings.module.css';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

type LineProps = {
  readonly label: string;
  readonly description: string;
  readonly text: string;
  readonly placeholder: string;
  readonly save: (text: string) => void;
};

/** Enter or leaving it saves what differs; emptied, the workspace's holds again. */
function Line({ label, description, text, placeholder, save }: LineProps) {
  return (
    <TextInput
      label={label}
      description={description}
      placeholder={placeholder}
      defaultValue={text}
      onBlur={(event) => {
        const typed = event.currentTarget.value.trim();
        if (typed !== text) save(typed);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

/** TCH-10: how you yourself are reminded; what is empty is as the workspace says. */
export function OwnReminders() {
  const { data } = useLive('reminders.own', {});
  const { run, error } = useCommand('reminders.keep');
  const { toastSaved } = useUndo();
  if (!data) return null;
  const { own, used } = data;
  const keep = (wishes: Input<'reminders.keep'>, what: string) => run(wishes, ({ changeSetId }) => toastSaved(`${what} set`, changeSetId));
  return (
    <Section title="Your reminders" note="for you alone, on all your devices">
      {error && <Failure failure={error} />}
      <div className={names.fields}>
        <Line
          // what was refused goes back to what it is
          key={`quiet ${own.quietHours ?? ''} ${error?.message ?? ''}`}
          label="Your quiet hours"
          description="No reminder is shown between these times, such as 20:00-07:00; what they keep back comes after them. Or none"
          placeholder={used.quietHours}
          text={own.quietHours ?? ''}
          save={(typed) => keep({ quietHours: typed === '' ? null : typed }, 'Your quiet hours')}
        />
        <Select
          size="xs"
          label="Your time zone"
          description="On whose clock your quiet hours are, and reminders name their times"
          placeholder={used.timeZone}
          data={ZONES}
          searchable
          clearable
          value={own.timeZone ?? null}
          onChange={(timeZone) => keep({ timeZone }, 'Your time zone')}
        />
        <Line
          key={`minutes ${own.reminderMinutes ?? ''} ${error?.message ?? ''}`}
          label="Your reminder before a meeting"
          description="In minutes"
          placeholder={String(used.reminderMinutes)}
          text={own.reminderMinutes === undefined ? '' : String(own.reminderMinutes)}
          save={(typed) => keep({ reminderMinutes: typed === '' ? null : Number(typed) }, 'Your reminder')}
        />
      </div>
    </Section>
  );
}
