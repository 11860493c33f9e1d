import { Button, Group, Menu, NativeSelect, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordPath } from '../../state/addresses.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';

type Props = { readonly table: TableName; readonly row: AnyRow; readonly label: string };
type Dialog = 'close' | 'cancel' | 'delete';

/** BR-02: ends a record with a closure code and notes; cancelling sets its own code. */
function EndDialog({ table, row, label, kind, onDone }: Props & { kind: 'close' | 'cancel'; onDone: () => void }) {
  const lifecycle = tableOf(table).lifecycle;
  const navigate = useNavigate();
  const { toastSaved } = useUndo();
  const [code, setCode] = useState('');
  const [notes, setNotes] = useState('');
  const [tried, setTried] = useState(false);
  const close = useCommand('records.close');
  const cancel = useCommand('records.cancel');
  const what = tableOf(table).label.toLowerCase();
  const failure = kind === 'close' ? close.error : cancel.error;
  const submit = () => {
    setTried(true);
    if (notes.trim() === '' || (kind === 'close' && code === '')) return;
    const done = ({ changeSetId }: { changeSetId: string }) => {
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
        {kind === 'close' && (
          <NativeSelect
            label="Closure code"
            required
            withAsterisk
            mt="xs"
            value={code}
            error={tried && code === '' ? 'Choose how it ended.' : undefined}
            onChange={(event) => setCode(event.currentTarget.value)}
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
          onChange={(event) => setNotes(event.currentTarget.value)}
          {...(kind === 'cancel' ? { 'data-autofocus': true } : {})}
        />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button onClick={onDone}>Leave it as it is</Button>
          <Button type="submit" variant="filled" loading={close.busy || cancel.busy}>
            {kind === 'close' ? `Close ${what}` : `Cancel ${what}`}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/** What a record's state allows: close, cancel, reopen; and delete, which can be undone. */
export function StateActions({ table, row, label }: Props) {
  const { lifecycle, label: kind } = tableOf(table);
  const [dialog, setDialog] = useState<Dialog>();
  const navigate = useNavigate();
  const { toastSaved } = useUndo();
  const reopen = useCommand('records.reopen');
  const remove = useCommand('records.delete');
  const state = lifecycle ? row[lifecycle.field] : undefined;
  const isEnded = lifecycle !== undefined && (state === lifecycle.closed || state === lifecycle.cancelled);
  const what = kind.toLowerCase();
  const { run: runReopen } = reopen;
  const { id } = row;

  const actions = useMemo<readonly Action[]>(() => {
    const { lifecycle: ends, label: name } = tableOf(table);
    const noun = name.toLowerCase();
    const action = (dialogKind: Dialog, verb: string, icon: IconName): Action => ({
      id: `record-${dialogKind}`,
      label: `${verb} this ${noun}`,
      group: 'This screen',
      icon,
      run: () => setDialog(dialogKind),
    });
    const again: Action = {
      id: 'record-reopen',
      label: `Reopen this ${noun}`,
      group: 'This screen',
      icon: 'undo',
      run: () => runReopen({ table, id }, ({ changeSetId }) => toastSaved(`Reopened ${label}`, changeSetId)),
    };
    const del = action('delete', 'Delete', 'trash');
    if (!ends) return [del];
    return isEnded ? [again, del] : [action('close', 'Close', 'check'), action('cancel', 'Cancel', 'close'), del];
  }, [table, id, label, isEnded, runReopen, toastSaved, setDialog]);
  useActions(actions);

  const failure = reopen.error ?? undefined;
  return (
    <>
      {failure && <Failure failure={failure} />}
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <IconButton icon="more" label={`More for this ${what}`} variant="default" size={30} />
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map((action) => (
            <Menu.Item
              key={action.id}
              leftSection={<Icon name={action.icon ?? 'chevronRight'} />}
              {...(action.id === 'record-delete' ? { c: 'var(--danger)' } : {})}
              onClick={action.run}
            >
              {action.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {(dialog === 'close' || dialog === 'cancel') && (
        <EndDialog table={table} row={row} label={label} kind={dialog} onDone={() => setDialog(undefined)} />
      )}
      <Confirm
        opened={dialog === 'delete'}
        title={`Delete ${what}: ${label}`}
        verb={`Delete ${what}`}
        danger
        busy={remove.busy}
        onClose={() => {
          remove.clearError();
          setDialog(undefined);
        }}
        onConfirm={() =>
          remove.run({ table, id: row.id }, ({ changeSetId }) => {
            toastSaved(`Deleted ${label}`, changeSetId);
            setDialog(undefined);
            void navigate({ to: table === 'engagement' ? '/portfolio' : `/records/${table}` });
          })
        }
      >
        <p>What belongs only to it is deleted too. Undo (Ctrl+Z) brings everything back.</p>
        {remove.error && <Failure failure={remove.error} />}
      </Confirm>
    </>
  );
}
