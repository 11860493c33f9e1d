import { Button, Checkbox, Group, Textarea } from '@mantine/core';
import type { Output } from '#shared/contract/engine-contract.ts';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useLive } from '../../data/use-live.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { setDraft, useDraft } from '../../state/drafts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { plural } from '../../ui/format.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { plainText } from '../../ui/record-form/plain-text.ts';
import names from './meetings.module.css';

type Props = {
  readonly opened: boolean;
  readonly row: AnyRow;
  readonly label: string;
  readonly guests: Output<'meetings.page'>['guests'];
  readonly onClose: () => void;
};

/** TCH-02, TCH-04: ends a meeting that was held: its notes, and whether they go to everyone who was invited or came. */
export function CompleteMeeting({ opened, label, onClose, ...form }: Props) {
  return (
    <Dialog opened={opened} title={`Complete: ${label}`} onClose={onClose} size={560} closeLabel="Close, keeping what was typed">
      <CompleteForm label={label} onClose={onClose} {...form} />
    </Dialog>
  );
}

function CompleteForm({ row, label, guests, onClose }: Omit<Props, 'opened'>) {
  const draftKey = `complete meeting ${row.id}`;
  const { draft, onDraft } = useDraft(draftKey);
  const { run, busy, error } = useCommand('meetings.complete');
  const { toastSaved } = useUndo();
  const way = useLive('mails.outbox', {}).data?.way;
  const me = useWorkspace()?.settings.currentUser;
  const typed = draft.values['notes'];
  const notes = typeof typed === 'string' ? typed : plainText(row['notes']);
  const to = guests.filter(
    ({ person, invited, attendance }) => (invited || attendance === 'attended') && !(person.table === 'user' && person.id === me),
  ).length;
  const hasNotes = notes.trim() !== '';
  // by default they go out where there is a way: nobody should have to look for a button
  const wish = draft.values['tell'];
  const tells = hasNotes && to > 0 && (typeof wish === 'boolean' ? wish : way === 'ready');
  const set = (values: Readonly<Record<string, string | boolean>>) => onDraft({ ...draft, values: { ...draft.values, ...values } });
  const complete = () => {
    if (busy) return;
    run({ meeting: row.id, notes, tell: tells }, ({ changeSetId, mail }) => {
      setDraft(draftKey, EMPTY_DRAFT);
      toastSaved(mail === undefined ? `Completed: ${label}` : `Completed, and the notes are in the outbox: ${label}`, changeSetId);
      onClose();
    });
  };
  return (
    <form
      noValidate
      className={names.form}
      onSubmit={(event) => {
        event.preventDefault();
        complete();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        complete();
      }}
    >
      {error && <Failure failure={error} />}
      <Textarea
        data-autofocus
        label="Meeting notes"
        description="For everyone who was invited. What is only for us stands among the internal notes."
        autosize
        minRows={5}
        maxRows={16}
        value={notes}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
      {to > 0 && (
        <Checkbox
          size="xs"
          label={`Send the notes to ${plural(to, 'person', 'people')} who ${to === 1 ? 'was' : 'were'} invited or came`}
          description={
            hasNotes ? (way === 'ready' ? undefined : 'No mail server is set up: the mail waits in the outbox') : 'There are no notes yet'
          }
          disabled={!hasNotes}
          checked={tells}
          onChange={(event) => set({ tell: event.currentTarget.checked })}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" variant="filled" loading={busy} title="Complete (Ctrl+Enter)">
          Complete
        </Button>
      </Group>
    </form>
  );
}
