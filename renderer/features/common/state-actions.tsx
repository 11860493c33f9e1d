import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useMe } from '../../data/use-me.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import { Consequences, reachOf, useConsequences } from './consequences.tsx';
import { EndDialog } from './end-dialog.tsx';

type Props = {
  readonly table: TableName;
  readonly row: AnyRow;
  readonly label: string;
  /** Further entries of the menu. */
  readonly more?: readonly Action[];
};
type Dialog = 'close' | 'cancel' | 'reopen' | 'delete';

const NONE: readonly Action[] = [];

/** What a record's state allows: close, cancel, reopen; and delete, which can be undone. */
export function StateActions({ table, row, label, more = NONE }: Props) {
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
  const allowed = useMe()?.tables[table];
  const { id } = row;
  const deleting = useConsequences(table, id, dialog === 'delete' ? 'delete' : undefined);
  const reopening = useConsequences(table, id, isEnded ? 'reopen' : undefined);
  const reopensAlone = reopening === undefined || (reopening.changes.length === 0 && reopening.refused.length === 0);
  const doneReopen = useCallback(
    ({ changeSetId }: { changeSetId: string }) => {
      toastSaved(`Reopened ${label}`, changeSetId);
      setDialog(undefined);
    },
    [toastSaved, label, setDialog],
  );

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
      // what is reopened along with it is shown first
      run: () => (reopensAlone ? runReopen({ table, id }, doneReopen) : setDialog('reopen')),
    };
    const del = action('delete', 'Delete', 'trash');
    const all = !ends ? [del] : isEnded ? [again, del] : [action('close', 'Close', 'check'), action('cancel', 'Cancel', 'close'), del];
    // only what the person's roles allow is offered
    return all.filter((one) => allowed === undefined || allowed.some((right) => one.id === `record-${right}`));
  }, [table, id, allowed, isEnded, reopensAlone, runReopen, doneReopen, setDialog]);
  useActions(actions);

  const failure = reopen.error ?? undefined;
  if (actions.length === 0) return null;
  return (
    <>
      {failure && <Failure failure={failure} />}
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <IconButton icon="more" label={`More for this ${what}`} variant="default" size={30} />
        </Menu.Target>
        <Menu.Dropdown>
          {[...more, ...actions].map((action) => (
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
        opened={dialog === 'reopen'}
        title={`Reopen ${what}: ${label}`}
        verb={reachOf(reopening, 'Reopen', table)}
        busy={reopen.busy}
        disabled={reopening?.allowed === 0}
        onClose={() => setDialog(undefined)}
        onConfirm={() => runReopen({ table, id }, doneReopen)}
      >
        <Consequences found={reopening} onLeave={() => setDialog(undefined)} />
      </Confirm>
      <Confirm
        opened={dialog === 'delete'}
        title={`Delete ${what}: ${label}`}
        verb={reachOf(deleting, 'Delete', table)}
        disabled={deleting?.allowed === 0}
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
        <p>Undo (Ctrl+Z) brings everything back.</p>
        <Consequences found={deleting} onLeave={() => setDialog(undefined)} />
        {remove.error && <Failure failure={remove.error} />}
      </Confirm>
    </>
  );
}
