import { Button, Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { choicesIn } from '#shared/domain/choices.ts';
import type { AppError } from '#shared/errors/app-error.ts';
import { CADENCES, meeting as meetingTable } from '#shared/model/tables/meeting.ts';
import { useChoices } from '../../data/use-choices.ts';
import { useLookup } from '../../data/use-lookup.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { DateField } from '../../ui/date-field.tsx';
import { SideDrawer } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { EMPTY_DRAFT, hasValues } from '../../ui/record-form/form-draft.ts';
import { ReferencesPicker } from '../../ui/reference-picker.tsx';
import { readDraft, typedInto, withTyped, type MeetingDraft, type Read, type Repeats } from './meeting-draft.ts';
import names from './meetings.module.css';

type Props = {
  readonly opened: boolean;
  readonly title: string;
  readonly verb: string;
  /** Under which name what is typed is kept. */
  readonly draftKey: string;
  readonly start: MeetingDraft;
  readonly today: string;
  /** On whose clock the time is typed. */
  readonly zone: string;
  /** `new`: it may be repeated, or stay a draft; `series`: its rhythm and end can be changed; `one`: neither. */
  readonly of: 'new' | 'series' | 'one';
  readonly busy: boolean;
  readonly failure: AppError | undefined;
  readonly children?: ReactNode;
  readonly onSave: (draft: MeetingDraft, times: Read) => void;
  readonly onClose: () => void;
};

const REPEATS: readonly { readonly value: Repeats; readonly label: string }[] = [
  { value: 'once', label: 'Once' },
  // Object.entries loses the literal type of a constant object's keys
  ...Object.entries(CADENCES).map(([value, label]) => ({ value: value as keyof typeof CADENCES, label })),
];

type Part = {
  readonly draft: MeetingDraft;
  readonly set: (part: Partial<MeetingDraft>) => void;
  readonly problemOf: (field: keyof MeetingDraft) => string | undefined;
};

function When({ draft, set, problemOf, today, zone, of }: Part & Pick<Props, 'today' | 'zone' | 'of'>) {
  const choices = useChoices();
  return (
    <>
      <div className={names.triple}>
        <DateField label="Day" required value={draft.day} today={today} error={problemOf('day')} onChange={(day) => set({ day })} />
        <TextInput
          label="Time"
          required
          value={draft.time}
          error={problemOf('time')}
          onChange={(event) => set({ time: event.currentTarget.value })}
        />
        <TextInput
          label="Minutes"
          required
          value={draft.minutes}
          error={problemOf('minutes')}
          onChange={(event) => set({ minutes: event.currentTarget.value })}
        />
      </div>
      <p className={names.quiet}>On the clock of {zone}</p>
      <div className={names.pair}>
        <NativeSelect
          label="Type"
          value={draft.type}
          onChange={(event) => set({ type: event.currentTarget.value })}
          data={choicesIn(choices, meetingTable.fields.type)
            .filter(({ active }) => active)
            .map(({ value, label }) => ({ value, label }))}
        />
        {of !== 'one' && (
          <NativeSelect
            label="Repeats"
            value={draft.repeats}
            onChange={(event) => set({ repeats: REPEATS.find(({ value }) => value === event.currentTarget.value)?.value ?? 'once' })}
            data={REPEATS.filter(({ value }) => of === 'new' || value !== 'once')}
          />
        )}
      </div>
      {of !== 'one' && draft.repeats !== 'once' && (
        <DateField
          label="Repeat until"
          required
          value={draft.until}
          today={today}
          error={problemOf('until')}
          onChange={(until) => set({ until })}
        />
      )}
    </>
  );
}

function WhoAndWhere({ draft, set }: Omit<Part, 'problemOf'>) {
  const lookup = useLookup();
  const choices = useChoices();
  return (
    <>
      <ReferencesPicker
        table="contact"
        lookup={lookup}
        label="Invited contacts"
        values={draft.contacts}
        onChange={(contacts) => set({ contacts })}
      />
      <ReferencesPicker table="user" lookup={lookup} label="Invited colleagues" values={draft.users} onChange={(users) => set({ users })} />
      <Checkbox
        size="xs"
        label="Virtual meeting"
        checked={draft.virtual}
        onChange={(event) => set({ virtual: event.currentTarget.checked })}
      />
      {draft.virtual && (
        <NativeSelect
          label="Video software"
          value={draft.provider}
          onChange={(event) => set({ provider: event.currentTarget.value })}
          data={[
            { value: '', label: 'Not chosen' },
            ...choicesIn(choices, meetingTable.fields.provider)
              .filter(({ active }) => active)
              .map(({ value, label }) => ({ value, label })),
          ]}
        />
      )}
      <TextInput
        label="Meeting link"
        description={draft.virtual ? 'Left empty, it is your own room, where you have named one' : undefined}
        value={draft.link}
        onChange={(event) => set({ link: event.currentTarget.value })}
      />
      <ReferencesPicker
        table="location"
        lookup={lookup}
        label="Locations"
        values={draft.locations}
        onChange={(locations) => set({ locations })}
      />
    </>
  );
}

function MeetingForm(props: Omit<Props, 'opened' | 'title'>) {
  const { verb, draftKey, start, today, zone, of, busy, failure, children, onSave, onClose } = props;
  const { draft: kept, onDraft, keptSince } = useDraft(draftKey);
  const [tried, setTried] = useState(false);
  const draft = withTyped(start, kept);
  const read = readDraft(draft, today, zone);
  const problemOf = (field: keyof MeetingDraft) => (tried && 'field' in read && read.field === field ? read.problem : undefined);
  const set = (part: Partial<MeetingDraft>) => onDraft(typedInto(kept, part));
  const save = () => {
    setTried(true);
    if (!('field' in read) && !busy) onSave(draft, read);
  };
  return (
    <form
      noValidate
      className={names.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        save();
      }}
    >
      {failure && <Failure failure={failure} />}
      {keptSince !== undefined && <p className={names.quiet}>Kept from before: nothing of it was saved yet.</p>}
      {children}
      <TextInput
        label="Subject"
        required
        data-autofocus
        value={draft.subject}
        error={problemOf('subject')}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <When draft={draft} set={set} problemOf={problemOf} today={today} zone={zone} of={of} />
      <WhoAndWhere draft={draft} set={set} />
      <Textarea
        label="Agenda"
        autosize
        minRows={2}
        maxRows={8}
        value={draft.agenda}
        onChange={(event) => set({ agenda: event.currentTarget.value })}
      />
      {of === 'new' && draft.repeats === 'once' && (
        <>
          <Textarea
            label="Internal notes"
            description="Never sent and never seen by the customer"
            autosize
            minRows={1}
            maxRows={8}
            value={draft.internalNotes}
            onChange={(event) => set({ internalNotes: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            label="Keep it as a draft: nobody is invited yet"
            checked={draft.isDraft}
            onChange={(event) => set({ isDraft: event.currentTarget.checked })}
          />
        </>
      )}
      {!(of === 'new' && draft.isDraft && draft.repeats === 'once') && draft.contacts.length + draft.users.length > 0 && (
        <Checkbox
          size="xs"
          label={of === 'new' ? 'Invite them by mail' : 'Tell them by mail'}
          checked={draft.mail}
          onChange={(event) => set({ mail: event.currentTarget.checked })}
        />
      )}
      <Group justify="flex-end" gap="xs">
        {hasValues(kept) && (
          <Button variant="subtle" onClick={() => setDraft(draftKey, EMPTY_DRAFT)}>
            Discard
          </Button>
        )}
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" variant="filled" loading={busy} title={`${verb} (Ctrl+Enter)`}>
          {verb}
        </Button>
      </Group>
    </form>
  );
}

/**
 * Plans a meeting or changes one (TCH-02, TCH-03); what is typed is kept at every keystroke until it is saved. The dialog is drawn all the
 * time, so that the focus goes back where it came from.
 */
export function MeetingDialog({ opened, title, ...form }: Props) {
  return (
    <SideDrawer opened={opened} title={title} onClose={form.onClose} closeLabel="Close, keeping what was typed">
      <MeetingForm {...form} />
    </SideDrawer>
  );
}
