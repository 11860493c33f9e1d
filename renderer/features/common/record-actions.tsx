import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { assigneeField } from '#shared/domain/labels/assignee-field.ts';
import { tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import { useCommand } from '../../data/use-command.ts';
import { useUndo } from '../../data/use-undo.ts';
import { useWorkspace } from '../../data/use-workspace.ts';
import { useActions, type Action } from '../../state/actions.ts';
import { recordLink } from '../../state/addresses.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { plainTexts } from '../../ui/record-form/plain-text.ts';
import { toastDone } from '../../ui/toast.ts';
import { StateActions } from './state-actions.tsx';

type Props = { readonly table: TableName; readonly row: AnyRow; readonly label: string };

/** What a person does with any record: take it on, follow it, hand its link on, end or delete it. */
export function RecordActions({ table, row, label }: Props) {
  const me = useWorkspace()?.settings.currentUser ?? undefined;
  const { run, busy, error } = useCommand('records.update');
  const { toastSaved } = useUndo();
  const { id, number } = row;
  const assignee = assigneeField(table);
  const canWatch = tableOf(table).fields['watchList'] !== undefined;
  const watchers = plainTexts(row['watchList']);
  const isMine = assignee !== undefined && row[assignee] === me;
  const isWatched = me !== undefined && watchers.includes(me);
  const watchersKey = watchers.join(' ');

  const actions = useMemo<readonly Action[]>(() => {
    const kind = tableOf(table).label.toLowerCase();
    const address = recordLink(number ?? id);
    const copy: Action = {
      id: 'copy-link',
      label: 'Copy the link to this record',
      group: 'This screen',
      icon: 'link',
      keys: 'y',
      run: () =>
        void navigator.clipboard.writeText(address).then(
          () => toastDone('Link copied'),
          () => undefined,
        ),
    };
    const print: Action = {
      id: 'print',
      label: `Print this ${kind}`,
      group: 'This screen',
      icon: 'print',
      words: 'pdf paper',
      run: () => globalThis.print(),
    };
    if (me === undefined) return [copy, print];
    const known = watchersKey.split(' ').filter((one) => one !== '');
    const next = known.includes(me) ? known.filter((one) => one !== me) : [...known, me];
    const assign: Action = {
      id: 'assign-to-me',
      label: 'Assign to me',
      group: 'This screen',
      icon: 'person',
      keys: 'i',
      run: () =>
        run({ table, id, patch: { [assignee ?? '']: me } }, ({ changeSetId }) => toastSaved(`${label} is assigned to you`, changeSetId)),
    };
    const watch: Action = {
      id: 'watch',
      label: known.includes(me) ? `Stop watching this ${kind}` : `Watch this ${kind}`,
      group: 'This screen',
      icon: 'eye',
      keys: 'f',
      words: 'follow notify',
      run: () =>
        run({ table, id, patch: { watchList: next.length === 0 ? null : next } }, ({ changeSetId }) =>
          toastSaved(known.includes(me) ? `You no longer watch ${label}` : `You watch ${label}`, changeSetId),
        ),
    };
    return [...(assignee === undefined || isMine ? [] : [assign]), ...(canWatch ? [watch] : []), copy, print];
  }, [table, id, number, label, me, assignee, isMine, canWatch, watchersKey, run, toastSaved]);
  useActions(actions);
  const actionOf = (name: string) => actions.find((action) => action.id === name);
  const assign = actionOf('assign-to-me');
  const watch = actionOf('watch');
  return (
    <>
      {error && <Failure failure={error} />}
      {assign && (
        <Button leftSection={<Icon name="person" size={14} />} disabled={busy} title="Assign to me (I)" onClick={assign.run}>
          Assign to me
        </Button>
      )}
      {watch && (
        <IconButton
          icon="eye"
          label={watch.label}
          keys="F"
          variant="default"
          size={30}
          pressed={isWatched}
          disabled={busy}
          onClick={watch.run}
        />
      )}
      <IconButton
        icon="link"
        label="Copy the link to this record"
        keys="Y"
        variant="default"
        size={30}
        onClick={() => actionOf('copy-link')?.run()}
      />
      <StateActions table={table} row={row} label={label} more={actions.filter(({ id: name }) => name === 'print')} />
    </>
  );
}
