import { Button, Checkbox, Group, NativeSelect, Textarea } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { choicesIn } from '#shared/domain/choices.ts';
import type { Output } from '#shared/contract/engine-contract.ts';
import { parseDate } from '#shared/util/typed-date.ts';
import { meetingChecklist } from '#shared/model/tables/meeting.ts';
import { touchpoint } from '#shared/model/tables/touchpoint.ts';
import { QUALITY_MARKS } from '#shared/domain/touchpoints/quality-marks.ts';
import { useChoices } from '../../data/use-choices.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useLookup } from '../../data/use-lookup.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useCurrentEngagement } from '../../state/current-engagement.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { DateField } from '../../ui/date-field.tsx';
import { SideDrawer } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import type { RawValue } from '../../ui/record-form/raw-values.ts';
import { ReferencePicker } from '../../ui/reference-picker.tsx';
import { toastDone } from '../../ui/toast.ts';
import { readCallDraft, type Mark } from './call-draft.ts';
import names from './calls.module.css';

const KEY = 'log call';

type Task = Output<'calls.read'>['tasks'][number];

function Tasks({ tasks }: { tasks: readonly Task[] }) {
  if (tasks.length === 0)
    return (
      <p className={names.quiet}>
        A line such as <code>[] send the deck @maria fri</code> becomes a task.
      </p>
    );
  return (
    <section aria-label="Tasks from this call">
      <h3 className={names.head}>{plural(tasks.length, 'task')}</h3>
      <ul className={names.tasks}>
        {tasks.map((task, at) => (
          // lines may be alike
          // oxlint-disable-next-line react/no-array-index-key -- the list is drawn anew from the text
          <li key={`${at} ${task.subject}`}>
            <span>{task.subject}</span>
            <span className={names.quiet}>
              {[
                task.assignedTo?.label,
                task.contact && `with ${task.contact.label}`,
                task.unknown !== undefined && `@${task.unknown} is nobody, or several: it stays in the text`,
                task.due !== undefined && formatDate(task.due),
              ]
                .filter((part) => typeof part === 'string')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why the call cannot be logged yet, by field; empty where it can. */
function faultsOf({ text, engagement, day, today }: { text: string; engagement: unknown; day: string | undefined; today: string }) {
  return {
    ...(engagement === undefined ? { engagement: 'Choose whom it was with.' } : {}),
    ...(text.trim() === '' ? { text: 'Write a word of what was said.' } : {}),
    ...(day === undefined
      ? { heldOn: 'Not a date. Type one such as 2026-03-31, fri or -2.' }
      : day > today
        ? { heldOn: 'This day is still to come: plan it in the planner.' }
        : {}),
  };
}

/** T3, Ctrl+L: a call with its follow-ups from anywhere. What is typed is kept at every keystroke until it is saved. */
export function LogCall({ onClose }: { onClose: () => void }) {
  // what the screen behind shows may change while one types
  const [atHand] = useState(() => useCurrentEngagement.getState().engagement);
  const now = useLive('calls.now', {}).data;
  const today = useWorkspace()?.today ?? '';
  const lookup = useLookup();
  const choices = useChoices();
  const { draft, onDraft, keptSince } = useDraft(KEY);
  const log = useCommand('calls.log');
  const { toastSaved } = useUndo();
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const given = atHand ? { id: atHand.id, label: atHand.title } : now?.engagement;
  const { text, engagement, channel, category, heldOn, quality } = readCallDraft(draft, {
    today,
    engagement: given,
    contact: atHand?.contact,
  });
  const read = useLive('calls.read', { text, ...(engagement && { engagement: engagement.id }) }).data;

  const set = (name: string, value: RawValue, label?: string) => {
    // what was begun about one engagement stays about it, wherever it is gone on with
    const values = { ...(engagement && { engagement: engagement.id }), category, ...draft.values, [name]: value };
    const picked = { ...(engagement && { [engagement.id]: engagement.label }), ...draft.picked };
    onDraft({ ...draft, values, picked: typeof value === 'string' && label !== undefined ? { ...picked, [value]: label } : picked });
  };
  const toggle = (mark: Mark) => set('quality', quality.includes(mark) ? quality.filter((one) => one !== mark) : [...quality, mark]);
  const day = parseDate(heldOn, today);
  const faults: Readonly<Partial<Record<'engagement' | 'text' | 'heldOn', string>>> = faultsOf({ text, engagement, day, today });
  const shownFaults = isTried ? faults : {};
  const focusPart = (part: string) => form.current?.querySelector<HTMLElement>(`[data-part="${part}"] :is(input, textarea)`)?.focus();
  const save = () => {
    if (log.busy) return;
    if (engagement === undefined || day === undefined || Object.keys(faults).length > 0) {
      setTried(true);
      const [first = ''] = Object.keys(faults);
      focusPart(first);
      return;
    }
    log.run(
      { engagement: engagement.id, text, channel, category, heldOn: day, quality: [...quality] },
      ({ changeSetId, tasks, number }) => {
        setDraft(KEY, EMPTY_DRAFT);
        toastSaved(`Logged ${number ?? 'the call'}${tasks === 0 ? '' : ` with ${plural(tasks, 'task')}`}`, changeSetId);
        onClose();
      },
    );
  };
  const discard = () => {
    setDraft(KEY, EMPTY_DRAFT);
    toastDone('Discarded what was typed of the call', () => setDraft(KEY, draft));
    // its button is gone
    focusPart('text');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const mark =
      event.altKey && !event.ctrlKey && !event.metaKey ? QUALITY_MARKS[Number(/^Digit(\d)$/.exec(event.code)?.[1]) - 1] : undefined;
    const isSave = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (mark === undefined && !isSave) return;
    event.preventDefault();
    if (mark === undefined) save();
    else toggle(mark);
  };
  return (
    <SideDrawer onClose={onClose} title="Log a call" closeLabel="Close, keeping what was typed">
      <form
        ref={form}
        noValidate
        className={names.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={onKeyDown}
      >
        {log.error && <Failure failure={log.error} />}
        {keptSince !== undefined && (
          <p className={names.quiet}>
            Kept from before: nothing of it was logged yet.
            {engagement && atHand && engagement.id !== atHand.id && ` It is about ${engagement.label}, not ${atHand.title}.`}
          </p>
        )}
        <div data-part="engagement">
          <ReferencePicker
            table="engagement"
            lookup={lookup}
            label="Engagement"
            required
            clearable={false}
            error={shownFaults.engagement}
            value={engagement && { table: 'engagement', ...engagement }}
            onChange={(choice) => {
              if (choice) set('engagement', choice.id, choice.label);
            }}
          />
        </div>
        <Textarea
          wrapperProps={{ 'data-part': 'text' }}
          label="What was said"
          error={shownFaults.text}
          description="The first line is its subject"
          data-autofocus
          autosize
          minRows={7}
          maxRows={18}
          value={text}
          onChange={(event) => set('text', event.currentTarget.value)}
        />
        <Tasks tasks={read?.tasks ?? []} />
        <div className={names.pair}>
          <NativeSelect
            label="Channel"
            size="xs"
            value={channel}
            onChange={(event) => set('channel', event.currentTarget.value)}
            data={choicesIn(choices, touchpoint.fields.channel)
              .filter((choice) => choice.active)
              .map(({ value, label }) => ({ value, label }))}
          />
          <NativeSelect
            label="Category"
            size="xs"
            value={category}
            onChange={(event) => set('category', event.currentTarget.value)}
            data={choicesIn(choices, touchpoint.fields.category)
              .filter((choice) => choice.active)
              .map(({ value, label }) => ({ value, label }))}
          />
          <div data-part="heldOn">
            <DateField label="Held on" value={heldOn} today={today} error={shownFaults.heldOn} onChange={(typed) => set('heldOn', typed)} />
          </div>
        </div>
        <fieldset className={names.marks}>
          <legend>How it was</legend>
          {QUALITY_MARKS.map((mark, at) => (
            <Checkbox
              key={mark}
              size="xs"
              label={
                <>
                  {meetingChecklist.fields[mark].label}
                  <span className={names.key} aria-hidden="true">
                    Alt {at + 1}
                  </span>
                </>
              }
              aria-keyshortcuts={`Alt+${at + 1}`}
              checked={quality.includes(mark)}
              onChange={() => toggle(mark)}
            />
          ))}
        </fieldset>
        <Group justify="flex-end" gap="xs">
          {text !== '' && (
            <Button onClick={discard} variant="subtle">
              Discard
            </Button>
          )}
          <Button type="submit" variant="filled" loading={log.busy} title="Log (Ctrl+Enter)">
            Log
          </Button>
        </Group>
      </form>
    </SideDrawer>
  );
}
