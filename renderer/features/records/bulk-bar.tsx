import { Button } from '@mantine/core';
import { tableOf, type TableName } from '#shared/model/dictionary.ts';
import { formatNumber, plural } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-paths.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { BulkAction } from './bulk-dialog.tsx';
import names from './list.module.css';

/** What of a person's roles counts here. */
export type Can = { readonly [A in 'update' | 'close' | 'cancel' | 'reopen' | 'delete' | 'export']: boolean };

type Props = {
  readonly can: Can;
  readonly table: TableName;
  readonly count: number;
  readonly total: number;
  readonly onAll: () => void;
  readonly onNone: () => void;
  readonly onCopy: () => void;
  readonly onAct: (action: BulkAction) => void;
};

/** What can be done with the chosen rows, all at once. */
export function BulkBar({ table, can, count, total, onAll, onNone, onCopy, onAct }: Props) {
  const { label, plural: many, lifecycle, fields } = tableOf(table);
  const assignee = ['assignedTo', 'csm', 'owner'].find((field) => fields[field]?.kind === 'reference');
  const button = (icon: IconName, words: string, onClick: () => void, keys?: string) => (
    <Button
      key={words}
      size="compact-sm"
      variant="subtle"
      leftSection={<Icon name={icon} size={13} />}
      title={keys === undefined ? words : `${words} (${keys})`}
      onClick={onClick}
    >
      {words}
    </Button>
  );
  return (
    <section className={names.bulkBar} aria-label="Chosen records">
      <strong role="status" className={names.bulkCount}>
        {plural(count, label.toLowerCase(), many.toLowerCase())} chosen
      </strong>
      {count < total && button('check', `All ${formatNumber(total, 0)}`, onAll, 'Ctrl+A')}
      <span className={names.bulkRule} />
      {can.update && button('pencil', 'Change', () => onAct({ kind: 'set' }), 'F2')}
      {can.update && assignee !== undefined && button('person', 'Assign', () => onAct({ kind: 'set', field: assignee }))}
      {lifecycle && can.close && button('check', 'Close', () => onAct({ kind: 'close' }))}
      {lifecycle && can.cancel && button('close', 'Cancel', () => onAct({ kind: 'cancel' }))}
      {lifecycle && can.reopen && button('undo', 'Reopen', () => onAct({ kind: 'reopen' }))}
      {can.delete && button('trash', 'Delete', () => onAct({ kind: 'delete' }))}
      {can.export && button('records', 'Copy', onCopy, 'Ctrl+C')}
      <IconButton icon="close" size={26} label="Choose none" keys="Esc" onClick={onNone} style={{ marginInlineStart: 'auto' }} />
    </section>
  );
}
