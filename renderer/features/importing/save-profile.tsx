import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/use-command.ts';
import { Failure } from '../../ui/failure.tsx';
import { toastDone } from '../../ui/toast.ts';
import type { Session } from './session-words.ts';

/** Remembers how the columns were mapped, so that the next file of this kind maps by itself. */
export function SaveProfile({ session, onClose }: { session: Session; onClose: () => void }) {
  const [name, setName] = useState(session.profile ?? '');
  const save = useCommand('import.saveProfile');
  const submit = () => {
    const trimmed = name.trim();
    if (trimmed === '') return;
    save.run({ sessionId: session.sessionId, name: trimmed }, () => {
      toastDone(`Profile “${trimmed}” is remembered`);
      onClose();
    });
  };
  return (
    <Modal opened onClose={onClose} title="Remember this mapping" size="sm" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {save.error && <Failure failure={save.error} />}
        <TextInput
          label="Name"
          description="Files with the same columns are then mapped this way."
          required
          value={name}
          maxLength={100}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={save.busy} disabled={name.trim() === ''}>
            Remember
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
