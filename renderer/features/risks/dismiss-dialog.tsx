import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { riskSignal } from '#shared/model/tables/risk.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { Failure } from '../../ui/failure.tsx';
import { textIn } from './risk-columns.tsx';

const { cancelledCode, closureCodes } = riskSignal.lifecycle;
const REASONS = Object.entries(closureCodes).filter(([code]) => code !== cancelledCode);

/** T5: puts a signal aside with a reason, by keyboard; undo brings it back. */
export function DismissDialog({ row, onClose }: { row: AnyRow; onClose: () => void }) {
  const label = textIn(row, 'shortDescription');
  const [code, setCode] = useState('notARisk');
  const [notes, setNotes] = useState('');
  const [tried, setTried] = useState(false);
  const close = useCommand('records.close');
  const { toastSaved } = useUndo();
  const submit = () => {
    setTried(true);
    if (notes.trim() === '') return;
    close.run({ table: 'riskSignal', id: row.id, closureCode: code, closeNotes: notes.trim() }, ({ changeSetId }) => {
      toastSaved(`Dismissed ${label}`, changeSetId);
      onClose();
    });
  };
  return (
    <Modal opened onClose={onClose} title={`Dismiss: ${label}`} size="md" closeButtonProps={{ 'aria-label': 'Leave it open' }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        }}
      >
        {close.error && <Failure failure={close.error} />}
        <NativeSelect
          label="How it ended"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          data={REASONS.map(([value, text]) => ({ value, label: text }))}
        />
        <Textarea
          label="Reason"
          required
          withAsterisk
          mt="xs"
          data-autofocus
          value={notes}
          error={tried && notes.trim() === '' ? 'Say why, so that the next person need not ask.' : undefined}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button onClick={onClose}>Leave it open</Button>
          <Button type="submit" variant="filled" loading={close.busy}>
            Dismiss
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
