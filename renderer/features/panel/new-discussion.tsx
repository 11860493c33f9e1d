import { Button, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import type { TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { changeDraft, setDraft, useDraft } from '../../state/drafts.ts';
import { Failure } from '../../ui/failure.tsx';
import { MentionArea } from '../../ui/mention-area.tsx';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { plainText, plainTexts } from '../../ui/record-form/plain-text.ts';
import { ReferencesPicker } from '../../ui/reference-picker.tsx';
import names from './discussions.module.css';

type Props = { readonly table: TableName; readonly id: string; readonly label: string; readonly onDone: () => void };

/** Who is asked, about what, and the first message; kept while it is not sent. */
export function NewDiscussion({ table, id, label, onDone }: Props) {
  const place = `discussion of ${table} ${id}`;
  const { draft } = useDraft(place);
  const { lookup, nameOf } = useFormWorld();
  const { run, busy, error } = useCommand('discussions.start');
  const { toastSaved } = useUndo();
  const [tried, setTried] = useState(false);
  const subject = draft.values['subject'] === undefined ? label : plainText(draft.values['subject']);
  const text = plainText(draft.values['text']);
  const people = plainTexts(draft.values['participants']);
  const put = (values: Readonly<Record<string, string | readonly string[]>>, picked: Readonly<Record<string, string>> = {}) =>
    changeDraft(place, (now) => ({ ...now, values: { ...now.values, ...values }, picked: { ...now.picked, ...picked } }));
  const missing = {
    subject: subject.trim() === '' ? 'Say what it is about.' : undefined,
    participants: people.length === 0 ? 'Choose at least one person.' : undefined,
    text: text.trim() === '' ? 'Write the first message.' : undefined,
  };
  const start = () => {
    setTried(true);
    if (busy || Object.values(missing).some((problem) => problem !== undefined)) return;
    run({ table, id, subject: subject.trim(), participants: [...people], text: text.trim() }, ({ changeSetId }) => {
      setDraft(place, EMPTY_DRAFT);
      toastSaved('Discussion started', changeSetId);
      onDone();
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    start();
  };
  return (
    <section className={names.start} aria-label="New discussion" onKeyDown={onKeyDown}>
      {error && <Failure failure={error} />}
      <ReferencesPicker
        table="user"
        lookup={lookup}
        label="Participants"
        ariaLabel="Participants"
        autoFocus
        error={tried ? missing.participants : undefined}
        values={people.map((person) => ({
          table: 'user',
          id: person,
          label: draft.picked[person] ?? nameOf('user', person) ?? 'Unknown person',
        }))}
        onChange={(chosen) =>
          put({ participants: chosen.map((one) => one.id) }, Object.fromEntries(chosen.map((one) => [one.id, one.label])))
        }
      />
      <TextInput
        label="Subject"
        value={subject}
        maxLength={300}
        error={tried ? missing.subject : undefined}
        onChange={(event) => put({ subject: event.currentTarget.value })}
      />
      <MentionArea
        label="First message"
        showLabel
        value={text}
        onChange={(next) => put({ text: next })}
        lookup={lookup}
        placeholder="What is it about?"
        error={tried ? missing.text : undefined}
      />
      <div className={names.foot}>
        <Button onClick={onDone}>Close, keeping what was typed</Button>
        <Button variant="filled" loading={busy} onClick={start} title="Start discussion (Ctrl+Enter)">
          Start discussion
        </Button>
      </div>
    </section>
  );
}
