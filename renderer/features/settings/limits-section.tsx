import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { Output } from '#shared/contract/engine-contract.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { Section } from '../../ui/section.tsx';
import { readAmounts, readNumbers, readRates, writeAmounts, writeNumbers, writeRates } from './setting-texts.ts';
import names from './settings.module.css';

type Settings = Output<'workspace.settings'>;
type Key = keyof Settings;
type Value = Settings[Key];

type Line = { readonly label: string; readonly description: string; readonly text: string; readonly save: (text: string) => void };

/** A setting that is typed: Enter or leaving it saves what differs. */
function Typed({ label, description, text, save, error }: Line & { readonly error: string | undefined }) {
  return (
    <TextInput
      // what was refused goes back to what it is
      key={`${text} ${error ?? ''}`}
      label={label}
      description={description}
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

/** Limits and rules of the workspace (REC-44). Each change is one step for undo. */
export function LimitsSection() {
  const settings = useLive('workspace.settings', {}).data;
  const { run, error } = useCommand('workspace.set');
  const { toastSaved } = useUndo();
  if (!settings) return null;
  const set = (key: Key, value: Value, what: string) => run({ key, value }, ({ changeSetId }) => toastSaved(`${what} set`, changeSetId));
  const whole = (
    key:
      | 'meetingSeriesDays'
      | 'roadmapYears'
      | 'stagingBackupDays'
      | 'renewalTalkDays'
      | 'workdayMinutes'
      | 'reminderMinutes'
      | 'answerDays',
    label: string,
    description: string,
  ): Line => ({
    label,
    description,
    text: String(settings[key]),
    save: (typed) => set(key, Number(typed), label),
  });
  const named = (
    key: 'cadenceTouchDays' | 'cadenceReviewDays' | 'cadenceExecutiveDays' | 'todayFormula',
    label: string,
    description: string,
  ): Line => ({ label, description, text: writeNumbers(settings[key]), save: (typed) => set(key, readNumbers(typed), label) });
  const lines: readonly Line[] = [
    whole('meetingSeriesDays', 'Longest series of meetings', 'In days'),
    whole('roadmapYears', 'Years of a roadmap', 'How far roadmaps look'),
    whole('stagingBackupDays', 'Age of rows to be backed up', 'In days, of imports on their way'),
    named('cadenceTouchDays', 'Days between touches', 'By tier; 0: none'),
    named('cadenceReviewDays', 'Days between business reviews', 'By tier; 0: none'),
    named('cadenceExecutiveDays', 'Days between executive check-ins', 'By tier; 0: none, or at the renewal where there are reviews'),
    whole('renewalTalkDays', 'Renewal talk before the renewal', 'In days'),
    named('todayFormula', 'Order of Today', 'Points of each kind of line, weights of money, danger, nearness of the renewal and debt'),
    whole('workdayMinutes', 'Working day', 'In minutes: how much fits into Today'),
    {
      label: 'Working hours',
      description: 'When conversations are proposed, on everyone’s own clock, such as 09:00-17:00',
      text: settings.workingHours,
      save: (typed) => set('workingHours', typed, 'Working hours'),
    },
    whole('answerDays', 'Wait for an answer', 'In days: then an unanswered mail is to be followed up'),
    whole('reminderMinutes', 'Reminder before a meeting', 'In minutes, for whoever has not set their own'),
    {
      label: 'Quiet hours',
      description: 'For whoever has set none of their own, such as 20:00-07:00, or none',
      text: settings.quietHours,
      save: (typed) => set('quietHours', typed, 'Quiet hours'),
    },
    {
      label: 'Ranges of contract values',
      description: 'Rising amounts where one range ends and the next begins',
      text: writeAmounts(settings.contractValueRanges),
      save: (typed) => set('contractValueRanges', readAmounts(typed), 'Ranges of contract values'),
    },
    {
      label: 'Exchange rates',
      description: 'What one unit is worth in the workspace’s currency, such as EUR 1.08, GBP 1.27',
      text: writeRates(settings.exchangeRates),
      save: (typed) => set('exchangeRates', readRates(typed), 'Exchange rates'),
    },
  ];
  return (
    <Section title="Limits and rules" note="for everyone who works with these records">
      {error && <Failure failure={error} />}
      <div className={names.fields}>
        {lines.map((line) => (
          <Typed key={line.label} {...line} error={error?.message} />
        ))}
        <NativeSelect
          label="Guests of meetings that change"
          description="Told by mail of a new time or place, of a cancellation, and of the notes"
          value={settings.tellGuests}
          onChange={(event) => set('tellGuests', event.currentTarget.value, 'Telling guests')}
          data={[
            { value: 'ask', label: 'Ask each time' },
            { value: 'always', label: 'Always tell them' },
            { value: 'never', label: 'Never by itself' },
          ]}
        />
        <Checkbox
          label="Engagements name their onboarding case"
          checked={settings.onboardingMandatory}
          onChange={(event) => set('onboardingMandatory', event.currentTarget.checked, 'Onboarding')}
        />
        <Checkbox
          label="Templates of plans are approved before they are published"
          checked={settings.approvalRequired}
          onChange={(event) => set('approvalRequired', event.currentTarget.checked, 'Approval')}
        />
      </div>
    </Section>
  );
}
