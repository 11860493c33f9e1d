import { Button, Group, NativeSelect, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { recordPath } from '../../state/addresses.ts';
import { changeDraft, setDraft, useDraft } from '../../state/drafts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { plainText } from '../../ui/record-form/plain-text.ts';
import { Consequences, reachOf, useConsequences } from './consequences.tsx';

type Props = {
  readonly table: TableName;
  readonly row: AnyRow;
  readonly label: string;
  readonly kind: 'close' | 'cancel';
  readonly onDone: () => void;
};

/** BR-02, BR-14, BR-15: ends a record with a closure code and notes, having said what ends with it; cancelling sets its own code. */
export function EndDialog({ table, row, label, kind, onDone }: Props) {
  const lifecycle = tableOf(table).lifecycle;
  const navigate = useNavigate();
  const { toastSaved } = useUndo();
  const found = useConsequences(table, row.id, kind);
  const place = `${kind} ${table} ${row.id}`;
  const { draft } = useDraft(place);
  const code = plainText(draft.values['code']);
  const notes = plainText(draft.values['notes']);
  const put = (values: Readonly<Record<string, string>>) => changeDraft(place, (now) => ({ ...now, values: { ...now.values, ...values } }));
  const [tried, setTried] = useState(false);
  const close = useCommand('records.close');
  const cancel = useCommand('records.cancel');
  const what = tableOf(table).label.toLowerCase();
  const failure = kind === 'close' ? close.error : cancel.error;
  const isRefused = found !== undefined && found.allowed === 0;
  const codeLabel = tableOf(table).fields['closureCode']?.label ?? 'Closure code';
  const submit = () => {
    setTried(true);
    if (isRefused || notes.trim() === '' || (kind === 'close' && code === '')) return;
    const done = ({ changeSetId }: { changeSetId: string }) => {
      setDraft(place, EMPTY_DRAFT);
      toastSaved(`${kind === 'close' ? 'Closed' : 'Cancelled'} ${label}`, changeSetId);
      onDone();
    };
    if (kind === 'close') close.run({ table, id: row.id, closureCode: code, closeNotes: notes.trim() }, done);
    else cancel.run({ table, id: row.id, closeNotes: notes.trim() }, done);
  };
  const codes = Object.entries(lifecycle?.closureCodes ?? {}).filter(([value]) => value !== lifecycle?.cancelledCode);
  return (
    <Dialog onClose={onDone} title={`${kind === 'close' ? 'Close' : 'Cancel'} ${what}: ${label}`} closeLabel="Leave it as it is">
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
        {failure && (
          <Failure
            failure={failure}
            onOpen={(of, id) => {
              onDone();
              if (isTableName(of)) void navigate({ to: recordPath(of, id) });
            }}
          />
        )}
        <Consequences found={found} onLeave={onDone} />
        {kind === 'close' && (
          <NativeSelect
            label={codeLabel}
            required
            withAsterisk
            mt="xs"
            value={code}
            error={tried && code === '' ? 'Choose how it ended.' : undefined}
            onChange={(event) => put({ code: event.currentTarget.value })}
            data-autofocus
          >
            <option value="">Choose…</option>
            {codes.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </NativeSelect>
        )}
        <Textarea
          label="Close notes"
          description={kind === 'close' ? 'What was reached, and what whoever comes next should know.' : 'Why it is not pursued.'}
          required
          withAsterisk
          mt="xs"
          value={notes}
          error={tried && notes.trim() === '' ? 'Close notes must be filled in.' : undefined}
          onChange={(event) => put({ notes: event.currentTarget.value })}
          {...(kind === 'cancel' ? { 'data-autofocus': true } : {})}
        />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button onClick={onDone}>Leave it as it is</Button>
          <Button type="submit" variant="filled" loading={close.busy || cancel.busy} disabled={isRefused}>
            {reachOf(found, kind === 'close' ? 'Close' : 'Cancel', table)}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
