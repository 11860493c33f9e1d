import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatInstant, plural } from '../../ui/format.ts';
import { useFormWorld } from '../../ui/record-form/form-world.ts';
import { actorName } from '../panel/actor-name.ts';
import names from './player.module.css';
import type { Current } from './use-activity.ts';

/** Cancels a run with everything that is pending in it, for a reason (PLY-09); its record stays open. */
export function CancelRun({ current }: { readonly current: Current }) {
  const [isAsking, setIsAsking] = useState(false);
  const [notes, setNotes] = useState('');
  const cancelling = useCommand('playbooks.cancel');
  const { toastSaved } = useUndo();
  const close = () => setIsAsking(false);
  const cancel = () => {
    if (notes.trim() === '' || cancelling.busy) return;
    cancelling.run({ run: current.id, notes: notes.trim() }, ({ changeSetId }) => {
      toastSaved(`“${current.name}” is cancelled`, changeSetId);
      setNotes('');
      close();
    });
  };
  const pending = current.activities.filter(
    ({ state }) => state === 'pending' || state === 'ready' || state === 'inProgress' || state === 'blocked',
  );
  return (
    <>
      <Button variant="subtle" onClick={() => setIsAsking(true)}>
        Cancel playbook
      </Button>
      <Confirm
        opened={isAsking}
        title={`Cancel “${current.name}”`}
        verb="Cancel playbook"
        danger
        busy={cancelling.busy}
        disabled={notes.trim() === ''}
        onClose={close}
        onConfirm={cancel}
      >
        {cancelling.error && <Failure failure={cancelling.error} />}
        <p>
          {plural(pending.length, 'activity', 'activities')} that {pending.length === 1 ? 'is' : 'are'} pending and the tasks made for them
          are cancelled. What is done stays done, and the record stays open.
        </p>
        <Textarea
          label="Why"
          required
          withAsterisk
          autosize
          minRows={2}
          value={notes}
          data-autofocus
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) cancel();
          }}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
      </Confirm>
    </>
  );
}

type TwinProps = {
  readonly twin: NonNullable<Current['twin']>;
  readonly refs: Parameters<typeof actorName>[1];
  readonly onShow: () => void;
};

/** Says that the same playbook is under way twice here, begun by two people apart from each other; one of them is to be cancelled. */
export function Twin({ twin, refs, onShow }: TwinProps) {
  const { reading } = useFormWorld();
  return (
    <p role="status" className={names.help}>
      This playbook is under way here twice: {actorName(twin.by, refs)} began the other one on{' '}
      {formatInstant(twin.startedAt, reading.timeZone)} ({plural(twin.settled, 'activity', 'activities')} done). Go on with one and cancel
      the other.{' '}
      <Button size="compact-xs" variant="subtle" onClick={onShow}>
        Show the other one
      </Button>
    </p>
  );
}
